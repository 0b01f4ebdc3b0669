"""The photos of a device: small pictures in a row, one large on Enter, taken off with Delete."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from posapp.domain.repairs.photos import Photo
from posapp.ui.alive import while_alive
from posapp.ui.file_dialogs import FileDialog
from posapp.ui.layout import at, rows
from posapp.ui.theme import theme
from posapp.ui.tickets.intake.photos import Tile, middle_of
from posapp.ui.tickets.presenter import TicketPresenter
from posapp.ui.tickets.ticket_steps import TicketSteps
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.flow import FlowLayout
from posapp.ui.widgets.paint import box

SIDE = 64


class PhotoButton(Tile):
    """One small picture. Enter or a click shows it large, Delete takes it off."""

    def __init__(self, name: str) -> None:
        super().__init__(name, SIDE)
        self.picture = QPixmap()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The middle of the picture, cut to the square; a sunken square until it is here."""
        painter, rect = QPainter(self), QRectF(self.rect())
        radius = theme().px(8)
        box(painter, rect, radius, theme().tokens.sunken, theme().tokens.border)
        if not self.picture.isNull():
            path = QPainterPath()
            path.addRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
            painter.setClipPath(path)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(rect, self.picture, middle_of(self.picture))
        painter.end()


class PhotoStrip(QWidget):
    """The photos of the device at `position`; files can be dropped on it."""

    def __init__(self, presenter: TicketPresenter, steps: TicketSteps, position: int) -> None:
        super().__init__()
        self._presenter, self._steps, self._position = presenter, steps, position
        self._photos: tuple[Photo, ...] = ()
        self._buttons: dict[int, PhotoButton] = {}
        self.setAcceptDrops(True)
        self._flow = FlowLayout(gap=8)
        self.setLayout(self._flow)
        self.add = button(self.tr("Add photo"), size="s", icon="plus", run=self._choose)
        self._flow.addWidget(self.add)

    def show_photos(self, photos: Sequence[Photo]) -> None:
        """Replace them; those that are shown already are not read again."""
        if tuple(photos) == self._photos:
            return
        self._photos = tuple(photos)
        gone = [key for key in self._buttons if key not in {one.id for one in photos}]
        had_focus = any(self._buttons[key].hasFocus() for key in gone)
        for key in gone:
            old = self._buttons.pop(key)
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._flow.removeWidget(self.add)
        for place, photo in enumerate(photos, start=1):
            if photo.id not in self._buttons:
                self._make(photo, place)
        self._flow.addWidget(self.add)
        if had_focus:
            self.add.setFocus()
        self.updateGeometry()

    def _make(self, photo: Photo, place: int) -> None:
        when = self._presenter.wording.moment(photo.created_at)
        made = PhotoButton(self.tr("Photo {n}, {when}. Delete takes it off.").format(n=place, when=when))
        made.clicked.connect(partial(self._open, photo, place))
        made.deleted.connect(partial(self._steps.remove_photo, photo))
        self._buttons[photo.id] = made
        self._flow.addWidget(made)
        made.show()
        self._pixels(photo, while_alive(made, partial(self._arrived, made)))

    def _arrived(self, made: PhotoButton, pixels: bytes) -> None:
        picture = QPixmap()
        picture.loadFromData(pixels)
        wide = Qt.TransformationMode.SmoothTransformation
        side = 3 * theme().px(SIDE)
        made.picture = picture.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, wide)
        made.update()

    def _pixels(self, photo: Photo, done: Callable[[bytes], None]) -> None:
        self._presenter.do(
            lambda shop, actor: shop.photos.jpeg(actor, photo.id),
            done=done,
            failed=while_alive(self, self._steps.failed.emit),
        )

    def _open(self, photo: Photo, place: int, _checked: bool = False) -> None:
        self._pixels(photo, while_alive(self, lambda pixels: self._show_large(pixels, place)))

    def _show_large(self, pixels: bytes, place: int) -> None:
        window, picture = self.window(), QPixmap()
        picture.loadFromData(pixels)
        dialog = QDialog(window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.setWindowTitle(self.tr("Photo {n} of {number}").format(n=place, number=self._presenter.number))
        shown = QLabel()
        room = window.size() * 0.8
        if picture.width() > room.width() or picture.height() > room.height():
            picture = picture.scaled(
                room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        shown.setPixmap(picture)
        shown.setAccessibleName(dialog.windowTitle())
        close = button(self.tr("Close"), size="s", key="Esc", run=dialog.accept)
        rows(shown, at(Qt.AlignmentFlag.AlignTrailing, close), pad=12, host=dialog)
        close.setFocus()
        dialog.open()

    # -- adding --------------------
    def _choose(self) -> None:
        names, _ = FileDialog.getOpenFileNames(
            self,
            self.tr("Add photos"),
            "",
            self.tr("Pictures (*.jpg *.jpeg *.png *.webp *.bmp *.tif *.tiff)"),
        )
        self.add_files(names)

    def add_files(self, names: Sequence[str]) -> None:
        """Keep these picture files."""
        for name in names:
            self._presenter.add_photo(
                self._position,
                name,
                done=while_alive(self, lambda _photo: self._steps.stale.emit()),
                failed=while_alive(self, self._steps.failed.emit),
            )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files only."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Keep what was dropped."""
        self.add_files([url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()

"""The photos of a device: small pictures in a row that open large; taken off there, as a second step."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from posapp.domain.repairs.photos import Photo
from posapp.ui.alive import while_alive
from posapp.ui.file_dialogs import FileDialog
from posapp.ui.layout import STRETCH, columns, rows
from posapp.ui.theme import theme
from posapp.ui.ticket.steps import TicketSteps
from posapp.ui.tickets.intake.photos import Tile
from posapp.ui.tickets.presenter import TicketPresenter
from posapp.ui.widgets.buttons import button, icon_button
from posapp.ui.widgets.flow import FlowLayout
from posapp.ui.widgets.paint import box

WIDTH, HEIGHT = 56, 52


class PhotoButton(Tile):
    """One small picture. Enter or a click shows it large; Delete too, ready to be taken off."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.picture = QPixmap()

    def sizeHint(self) -> QSize:
        """A little wider than high."""
        return QSize(theme().px(WIDTH), theme().px(HEIGHT))

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
            painter.drawPixmap(rect, self.picture, _cut_out(self.picture))
        painter.end()


def _cut_out(picture: QPixmap) -> QRectF:
    """The middle of a picture, in the shape of its button."""
    wide, high = float(picture.width()), float(picture.height())
    if wide * HEIGHT > high * WIDTH:
        return QRectF((wide - high * WIDTH / HEIGHT) / 2, 0, high * WIDTH / HEIGHT, high)
    return QRectF(0, (high - wide * HEIGHT / WIDTH) / 2, wide, wide * HEIGHT / WIDTH)


class PhotoStrip(QWidget):
    """The photos of the device at `position`; files can be dropped on it."""

    def __init__(self, presenter: TicketPresenter, steps: TicketSteps, position: int) -> None:
        super().__init__()
        self._presenter, self._steps, self._position = presenter, steps, position
        self._photos: tuple[Photo, ...] = ()
        self._buttons: dict[int, PhotoButton] = {}
        self._flow = FlowLayout(gap=8)
        self.setLayout(self._flow)
        self.may_change = True
        self.add = icon_button("camera", self.tr("Add photo"), kind="")
        self.add.clicked.connect(lambda _on=False: self._choose())
        self._flow.addWidget(self.add)

    def show_photos(self, photos: Sequence[Photo], *, may_change: bool = True) -> None:
        """Replace them; those that are shown already are not read again."""
        self.may_change = may_change
        self.setAcceptDrops(may_change)
        self.add.setVisible(may_change)
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
        made = PhotoButton(self.tr("Photo {n}, {when}").format(n=place, when=when))
        made.clicked.connect(partial(self._open, photo, place))
        made.deleted.connect(partial(self._open, photo, place, is_leaving=True))
        self._buttons[photo.id] = made
        self._flow.addWidget(made)
        made.show()
        self._pixels(photo, while_alive(made, partial(self._arrived, made)))

    def _arrived(self, made: PhotoButton, pixels: bytes) -> None:
        picture = QPixmap()
        picture.loadFromData(pixels)
        wide = Qt.TransformationMode.SmoothTransformation
        side = 3 * theme().px(WIDTH)
        made.picture = picture.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, wide)
        made.update()

    def _pixels(self, photo: Photo, done: Callable[[bytes], None]) -> None:
        self._presenter.do(
            lambda shop, actor: shop.photos.jpeg(actor, photo.id),
            done=done,
            failed=while_alive(self, self._steps.failed.emit),
        )

    def _open(self, photo: Photo, place: int, _checked: bool = False, *, is_leaving: bool = False) -> None:
        shown = while_alive(self, lambda pixels: self._show_large(photo, pixels, place, is_leaving))
        self._pixels(photo, shown)

    def _show_large(self, photo: Photo, pixels: bytes, place: int, is_leaving: bool) -> None:
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

        def take_off() -> None:
            dialog.accept()
            self._steps.remove_photo(photo)

        off = button(self.tr("Take it off"), kind="danger", size="s", icon="trash-2", run=take_off)
        off.setVisible(self.may_change)
        close = button(self.tr("Close"), size="s", key="Esc", run=dialog.accept)
        rows(shown, columns(off, STRETCH, close), gap=10, pad=12, host=dialog)
        (off if is_leaving and self.may_change else close).setFocus()
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

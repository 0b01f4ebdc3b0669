"""Photos of the device at the counter: chosen, dropped or pasted; shown small, removed with undo."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QImageReader,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from posapp.ui.file_dialogs import FileDialog
from posapp.ui.icons import paint_icon
from posapp.ui.layout import columns
from posapp.ui.theme import theme

_SIDE, _SMALL = 48, 144
_MOST_PIXELS = 300_000_000


def small_picture(data: bytes) -> QImage | None:
    """The picture at the size of a tile (sharp on any screen), None if the bytes are none. For any thread."""
    held = QByteArray(data)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > _MOST_PIXELS:
        return None
    reader.setScaledSize(size.scaled(QSize(_SMALL, _SMALL), Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    image = reader.read()
    return None if image.isNull() else image


def pictures_in(mime: QMimeData) -> list[Path | bytes]:
    """Files, or else the picture itself, of what is dropped or pasted."""
    files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    if files:
        return list(files)
    image = mime.imageData() if mime.hasImage() else None
    if not isinstance(image, QImage) or image.isNull():
        return []
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return [bytes(buffer.data().data())]


def middle_of(picture: QPixmap) -> QRectF:
    """The square in the middle of a picture."""
    side = min(picture.width(), picture.height())
    return QRectF((picture.width() - side) / 2, (picture.height() - side) / 2, side, side)


class Tile(QAbstractButton):
    """Base of the tiles: square, Enter presses; Delete tells `deleted`."""

    deleted = Signal()

    def __init__(self, name: str, side: int = _SIDE) -> None:
        super().__init__()
        self._side = side
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(theme().px(self._side), theme().px(self._side))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses, as on every button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.deleted.emit()
        else:
            super().keyPressEvent(event)


class PhotoTile(Tile):
    """A photo; pressing it, or Delete, removes it."""

    def __init__(self, file: str, image: QImage, name: str) -> None:
        super().__init__(name)
        self.file = file
        self._pixmap = QPixmap.fromImage(image)
        self.deleted.connect(self.click)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The middle of the picture; a cross while the mouse or the focus is on it."""
        look, tokens = theme(), theme().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        frame = QPainterPath()
        frame.addRoundedRect(rect, look.px(8), look.px(8))
        painter.setClipPath(frame)
        painter.drawPixmap(rect, self._pixmap, middle_of(self._pixmap))
        painter.setClipping(False)
        painter.setPen(QPen(tokens.border, 1))
        painter.drawPath(frame)
        if self.underMouse() or self.hasFocus():
            round_side = look.px(20)
            corner = QRectF(rect.right() - round_side - 2, rect.top() + 3, round_side, round_side)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.surface)
            painter.drawEllipse(corner)
            paint_icon(
                painter, "x", corner.x() + look.px(3), corner.y() + look.px(3), look.px(14), tokens.text
            )
        painter.end()


class AddTile(Tile):
    """The dashed one that asks for files."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dashed, with a camera."""
        look, tokens = theme(), theme().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(tokens.control, 1)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.setBrush(tokens.sunken if self.underMouse() else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), look.px(8), look.px(8))
        side = look.px(20)
        paint_icon(
            painter, "camera", (self.width() - side) / 2, (self.height() - side) / 2, side, tokens.text2
        )
        painter.end()


class PhotoStrip(QWidget):
    """The photos of one device. It reads no file: `brought` asks for that, and the answer comes to `add`."""

    brought = Signal(object)  # Path or bytes
    removed = Signal(str, object)  # the file, and a callable that puts it back
    changed = Signal()
    rearranged = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._tiles: list[PhotoTile] = []
        self.adder = AddTile(self.tr("Add photos"))
        self.adder.clicked.connect(self.ask)
        self._row = columns(self.adder, gap=6, host=self)
        self.choose_files: Callable[[], list[str]] = self._choose_files

    def files(self) -> list[str]:
        """The kept copies, in their order."""
        return [tile.file for tile in self._tiles]

    def stops(self) -> list[QWidget]:
        """Its tiles, for the order of Tab."""
        return [*self._tiles, self.adder]

    def ask(self) -> None:
        """Ask for files."""
        for name in self.choose_files():
            self.brought.emit(Path(name))

    def _choose_files(self) -> list[str]:
        kinds = self.tr("Pictures (*.jpg *.jpeg *.png *.webp *.bmp *.gif *.tif *.tiff)")
        names, _ = FileDialog.getOpenFileNames(self, self.tr("Add photos"), "", kinds)
        return names

    def take(self, mime: QMimeData) -> bool:
        """What was dropped or pasted; False if there is no picture in it."""
        found = pictures_in(mime)
        for one in found:
            self.brought.emit(one)
        return bool(found)

    def add(self, file: str, image: QImage) -> None:
        """Show a photo that was kept; the same one twice is one."""
        if file not in self.files():
            self._put(len(self._tiles), file, image)
            self.changed.emit()

    def clear(self) -> None:
        """No photos: another device is shown."""
        for tile in self._tiles:
            self._drop(tile)
        self._tiles = []
        self.rearranged.emit()

    def _put(self, place: int, file: str, image: QImage) -> None:
        tile = PhotoTile(file, image, self.tr("Photo {n}, remove").format(n=place + 1))
        tile.clicked.connect(partial(self._remove, tile, image))
        self._tiles.insert(place, tile)
        self._row.insertWidget(place, tile)
        tile.show()
        self.rearranged.emit()

    def _remove(self, tile: PhotoTile, image: QImage, _checked: bool = False) -> None:
        place = self._tiles.index(tile)
        self._tiles.remove(tile)
        after = self._tiles[place] if place < len(self._tiles) else self.adder
        after.setFocus(Qt.FocusReason.TabFocusReason)
        self._drop(tile)
        self.changed.emit()
        self.rearranged.emit()
        self.removed.emit(tile.file, partial(self._put_back, place, tile.file, image))

    def _put_back(self, place: int, file: str, image: QImage) -> None:
        if file not in self.files():
            self._put(min(place, len(self._tiles)), file, image)
            self.changed.emit()

    def _drop(self, tile: PhotoTile) -> None:
        self._row.removeWidget(tile)
        tile.hide()
        tile.deleteLater()

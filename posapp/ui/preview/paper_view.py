"""Shows the pages of a PDF as they will leave the printer: white paper on a grey table, at any zoom.

The view knows pixels only. It says at which resolution it wants the pages (`wanted`), and scales what it
has until they arrive.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea

from posapp.ui.theme import theme

ZOOMS = (25, 33, 50, 63, 75, 100, 125, 150, 200, 300, 400)
POINTS_PER_INCH = 72
FULL_SIZE_DPI = 144
"""What 100 % means: the paper at about its true size on a till's screen read from 80 cm."""

SETTLE_MS = 120
MOST_DOTS = 24_000_000
"""Of one page's picture (96 MB): beyond that it is scaled, and no till's screen shows the difference."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page: its picture and its true size in points (1/72 inch)."""

    image: QImage
    width: float
    height: float


def page_images(pages: Iterable[tuple[int, int, bytes]], dpi: int) -> list[PageImage]:
    """The pictures of pages that came as width and height in dots, and RGBA bytes."""
    made = []
    for width, height, data in pages:
        image = QImage(data, width, height, width * 4, QImage.Format.Format_RGBA8888).copy()
        made.append(PageImage(image, width / dpi * POINTS_PER_INCH, height / dpi * POINTS_PER_INCH))
    return made


class PaperView(QAbstractScrollArea):
    """The pages below one another, centred; `wanted` asks for them in so many dots per inch."""

    wanted = Signal(int)
    zoom_changed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._pages: list[PageImage] = []
        self._zoom: int | None = None  # None: as large as fits
        self._asked_dpi = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Preview of the paper"))
        self.setProperty("role", "table")
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._ask)

    # -- pages and zoom --------------------------------------------------------------------------------
    def show_pages(self, pages: list[PageImage]) -> None:
        """Replace the pages; the place on the paper is kept where it can be."""
        self._pages = pages
        self._measure()
        self._ask()

    def forget(self) -> None:
        """Another paper comes: show none until it is there."""
        self._pages = []
        self._asked_dpi = 0
        self._measure()

    @property
    def zoom(self) -> int:
        """Per cent of the full size."""
        return self._zoom if self._zoom is not None else self._fitting()

    def zoom_by(self, step: int) -> None:
        """The next larger (1) or smaller (-1) zoom."""
        now = self.zoom
        larger = [zoom for zoom in ZOOMS if zoom > now]
        smaller = [zoom for zoom in ZOOMS if zoom < now]
        choice = (larger[:1] if step > 0 else smaller[-1:]) or [now]
        self._set_zoom(choice[0])

    def fit(self) -> None:
        """As large as fits into the width."""
        self._set_zoom(None)

    def _set_zoom(self, zoom: int | None) -> None:
        self._zoom = zoom
        self._measure()
        self._settle.start()

    def dpi(self) -> int:
        """The resolution that is sharp at this zoom on this screen."""
        wanted = max(36, round(FULL_SIZE_DPI * self.zoom / 100 * self.devicePixelRatioF()))
        largest = max((page.width * page.height for page in self._pages), default=0)
        if not largest:
            return wanted
        return min(wanted, int(POINTS_PER_INCH * (MOST_DOTS / largest) ** 0.5))

    def _ask(self) -> None:
        dpi = self.dpi()
        if self._pages and dpi != self._asked_dpi:
            self._asked_dpi = dpi
            self.wanted.emit(dpi)

    def _fitting(self) -> int:
        if not self._pages:
            return 100
        room = self.viewport().width() - 2 * theme().px(32)
        widest = max(page.width for page in self._pages) * FULL_SIZE_DPI / POINTS_PER_INCH
        return max(25, min(100, int(100 * room / widest)))

    # -- where things are --------------------------------------------------------------------------------
    def _size(self, page: PageImage) -> tuple[float, float]:
        scale = FULL_SIZE_DPI / POINTS_PER_INCH * self.zoom / 100
        return page.width * scale, page.height * scale

    def _measure(self) -> None:
        gap = theme().px(18)
        sizes = [self._size(page) for page in self._pages]
        height = sum(height for _, height in sizes) + gap * (len(sizes) + 1)
        width = max((width for width, _ in sizes), default=0) + 2 * gap
        area = self.viewport().size()
        self.verticalScrollBar().setRange(0, max(0, round(height) - area.height()))
        self.verticalScrollBar().setPageStep(area.height())
        self.verticalScrollBar().setSingleStep(theme().px(40))
        self.horizontalScrollBar().setRange(0, max(0, round(width) - area.width()))
        self.horizontalScrollBar().setPageStep(area.width())
        self.horizontalScrollBar().setSingleStep(theme().px(40))
        self.zoom_changed.emit(self.zoom)
        self.viewport().update()

    def event(self, event: QEvent) -> bool:
        """On a sharper screen the paper is drawn anew."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._settle.start()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A fitting paper grows and shrinks with the window."""
        super().resizeEvent(event)
        self._measure()
        self._settle.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        """White paper on the table, one page below the other."""
        look, tokens = theme(), theme().tokens
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), tokens.neutral_soft)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        gap = look.px(18)
        top = gap - self.verticalScrollBar().value()
        for page in self._pages:
            width, height = self._size(page)
            left = max(gap, (self.viewport().width() - width) / 2) - self.horizontalScrollBar().value()
            rect = QRectF(round(left), round(top), *self._sharp(page, width, height))
            if rect.intersects(QRectF(event.rect())):
                painter.fillRect(rect, Qt.GlobalColor.white)
                painter.drawImage(rect, page.image)
                painter.setPen(tokens.border)
                painter.drawRect(rect.adjusted(-0.5, -0.5, 0.5, 0.5))
            top += round(height) + gap
        painter.end()

    def _sharp(self, page: PageImage, width: float, height: float) -> tuple[float, float]:
        """A picture made for this zoom is painted dot by dot, not stretched by half a pixel."""
        ratio = self.devicePixelRatioF()
        own = (page.image.width() / ratio, page.image.height() / ratio)
        is_made_for_it = abs(own[0] - width) <= 2 and abs(own[1] - height) <= 2
        return own if is_made_for_it else (round(width), round(height))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and page keys move the paper, Home and End go to its ends."""
        upright, across = self.verticalScrollBar(), self.horizontalScrollBar()
        steps = {
            Qt.Key.Key_Down: (upright, upright.singleStep()),
            Qt.Key.Key_Up: (upright, -upright.singleStep()),
            Qt.Key.Key_PageDown: (upright, upright.pageStep()),
            Qt.Key.Key_PageUp: (upright, -upright.pageStep()),
            Qt.Key.Key_Home: (upright, -upright.maximum()),
            Qt.Key.Key_End: (upright, upright.maximum()),
            Qt.Key.Key_Right: (across, across.singleStep()),
            Qt.Key.Key_Left: (across, -across.singleStep()),
        }
        if event.key() not in steps or event.modifiers():
            event.ignore()  # Esc goes back: the window's key
            return
        bar, step = steps[Qt.Key(event.key())]
        bar.setValue(bar.value() + step)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls; with Ctrl it zooms."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            return
        super().wheelEvent(event)

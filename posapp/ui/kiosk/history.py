"""The own history: bookings, repairs, purchases and payments, the newest first."""

from functools import partial

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from posapp.services.counter.own_views import OwnEvent, OwnHistory, OwnKind
from posapp.ui.icons import paint_icon
from posapp.ui.kiosk.frame import KioskPage, heading
from posapp.ui.kiosk.parts import BigButton, Tile
from posapp.ui.kiosk.presenter import KioskPresenter
from posapp.ui.layout import STRETCH, held, put, refill, rows, wide
from posapp.ui.theme import theme
from posapp.ui.widgets.labels import label
from posapp.ui.widgets.paint import box, cut, draw_text
from posapp.ui.wording import Wording

ROW, SHOWN = 64, 6
_ICONS = {
    OwnKind.BOOKING: "calendar",
    OwnKind.REPAIR: "wrench",
    OwnKind.PURCHASE: "shopping-cart",
    OwnKind.PAYMENT: "wallet",
}


class EventRow(QWidget):
    """One entry: when, what, how it stands, how much."""

    def __init__(self, event: OwnEvent, wording: Wording) -> None:
        super().__init__()
        self.event_shown, self._wording = event, wording
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(", ".join(filter(None, self._words())))

    def _words(self) -> tuple[str, str, str, str]:
        one = self.event_shown
        price = self._wording.price(one.amount_minor) if one.amount_minor is not None else ""
        title = f"{one.title} · {one.number}" if one.title else one.number
        return self._wording.day(one.at.date()), title, one.said, price

    def sizeHint(self) -> QSize:
        """64 high."""
        return QSize(theme().px(400), theme().px(ROW))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A white row in three columns."""
        look, tokens, px = theme(), theme().tokens, theme().px
        day, title, said, price = self._words()
        painter = QPainter(self)
        box(painter, QRectF(self.rect()).adjusted(0, 0, 0, -px(6)), px(10), tokens.surface, tokens.border)
        middle = (self.height() - px(6)) / 2
        paint_icon(
            painter,
            _ICONS[self.event_shown.kind],
            self._x(px(24), px(24)),
            middle - px(12),
            px(24),
            tokens.text2,
        )
        columns = (
            (64, 0.18, day, 400, tokens.text2),
            (64 + self._share(0.19), 0.42, title, 600, tokens.text),
            (64 + self._share(0.63), 0.2, said, 400, tokens.text2),
        )
        for start, share, text, weight, ink in columns:
            shown = cut(text, look.font("strong", weight), self.width() * share)
            width = look.metrics("strong", weight).horizontalAdvance(shown)
            draw_text(painter, self._x(px(start), width), middle, shown, look.font("strong", weight), ink)
        width = look.metrics("strong", 700).horizontalAdvance(price)
        at = self._x(self.width() - px(24) - width, width)
        draw_text(painter, at, middle, price, look.font("strong", 700), tokens.text)
        painter.end()

    def _share(self, part: float) -> float:
        return self.width() * part * 100 / theme().scale

    def _x(self, at: float, width: float) -> float:
        return self.width() - at - width if self.isRightToLeft() else at


class HistoryPage(KioskPage):
    """A page of it at a time."""

    def __init__(self, presenter: KioskPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._events: list[OwnEvent] = []
        self._mark: tuple[int, int, int] | None = None
        self._first = 0
        self.newer = Tile(self.tr("Newer"), width=140, height=56)
        self.older = Tile(self.tr("Older"), width=140, height=56)
        self.newer.clicked.connect(lambda: self._turn(-SHOWN))
        self.older.clicked.connect(lambda: self._turn(SHOWN))
        self.list = rows(gap=0)
        self.empty = label(self.tr("Nothing yet."), "title", tone="text2", weight=400)
        self.back = BigButton(self.tr("Back"), icon="arrow-left", run=lambda: self.wanted.emit("me"))
        body = rows(held(self.list), self.empty, STRETCH, gap=8)
        head = heading(self.tr("My history"), self.newer, self.older)
        self.arrange(head, wide(body), (self.back,))

    def opened(self) -> None:
        """From the newest on."""
        self.forget()
        self._presenter.history(None, self._show_page, self.failed)

    def forget(self) -> None:
        """Nobody's."""
        super().forget()
        self._events, self._mark, self._first = [], None, 0
        self._show()

    def _show_page(self, page: OwnHistory) -> None:
        self._events += page.events
        self._mark = page.next_mark
        self._show()

    def _turn(self, by: int) -> None:
        self._first = max(0, self._first + by)
        if self._first + SHOWN > len(self._events) and self._mark is not None:
            mark, self._mark = self._mark, None  # asked for once, however often it is touched
            self._presenter.history(mark, self._show_page, partial(self._not_read, mark))
        self._show()

    def _not_read(self, mark: tuple[int, int, int], error: Exception) -> None:
        self._mark = mark
        self._show()
        self.failed(error)

    def _show(self) -> None:
        wording = self._presenter.wording
        shown = self._events[self._first : self._first + SHOWN]
        refill(self.list, [EventRow(one, wording) for one in shown])
        put(self.list)
        self.empty.setVisible(not shown)
        for tile in (self.newer, self.older):
            tile.setChecked(False)
        self.newer.setEnabled(self._first > 0)
        self.older.setEnabled(self._first + SHOWN < len(self._events) or self._mark is not None)

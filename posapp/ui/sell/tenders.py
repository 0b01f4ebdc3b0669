"""The ways to pay as tiles: icon and word, and the key below; the numbers stay when one is hidden."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLayout, QSizePolicy, QWidget

from posapp.domain.selling.payments import CHOSEN, Tender
from posapp.ui.icons import paint_icon
from posapp.ui.theme import theme
from posapp.ui.widgets.choices import Choice, ChoiceButton, ChoiceGroup
from posapp.ui.widgets.paint import box, cut, draw_key_cap, draw_text, key_cap_width
from posapp.ui.wording import translator

_tr = translator("Sell")
IN_ROW = 4
HIGH, LOW = 60, 38
ICONS = {
    Tender.CASH: "banknote",
    Tender.CARD: "credit-card",
    Tender.TRANSFER: "landmark",
    Tender.ACCOUNT: "receipt-text",
    Tender.QR: "qr-code",
    Tender.GIFT_CARD: "gift",
    Tender.CREDIT: "wallet",
    Tender.DEPOSIT: "history",
}


def tender_words(tender: Tender) -> str:
    """What it is called."""
    return {
        Tender.CASH: _tr("Cash"),
        Tender.CARD: _tr("Card"),
        Tender.TRANSFER: _tr("Transfer"),
        Tender.ACCOUNT: _tr("Account"),
        Tender.QR: _tr("QR code"),
        Tender.GIFT_CARD: _tr("Gift card"),
        Tender.CREDIT: _tr("Credit"),
        Tender.DEPOSIT: _tr("Deposit"),
    }[tender]


def key_of(tender: Tender) -> str:
    """Alt+1 to Alt+7."""
    return f"Alt+{CHOSEN.index(tender) + 1}"


class TenderTile(ChoiceButton):
    """60 high with its key below; one that is low has key and icon only where there is room."""

    def __init__(self, choice: Choice, parent: QWidget) -> None:
        super().__init__(choice, "chip", ticks=False, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.height_now = HIGH

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(theme().px(72), theme().tool_height(self.height_now))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame, icon, word and key in the colours of now."""
        look, tokens = theme(), theme().tokens
        painter = QPainter(self)
        chosen = self.isChecked()
        fill = tokens.primary_soft if chosen else tokens.sunken if self.underMouse() else tokens.surface
        line, width = (tokens.primary, 2) if chosen else (tokens.control, 1)
        box(painter, QRectF(self.rect()), look.px(8), fill, line, width)
        key = key_of(Tender(self.choice.key))
        cap, gap = key_cap_width(key), look.px(6)
        if self.height_now == HIGH:
            self._paint_words(painter, self.height() * 0.34, 0, chosen=chosen)
            draw_key_cap(painter, (self.width() - cap) / 2, self.height() * 0.71, key)
        else:
            words = look.metrics("body", 600).horizontalAdvance(self.text())
            has_key = words + look.px(18 + 12) + gap * 2 + cap <= self.width()
            end = self._paint_words(painter, self.height() / 2, cap + gap if has_key else 0, chosen=chosen)
            if has_key:
                draw_key_cap(painter, self._at(end + gap, cap), self.height() / 2, key)
        painter.end()

    def _paint_words(self, painter: QPainter, middle: float, beside: float, *, chosen: bool) -> float:
        """Icon and word with so much room kept beside them; returns where they end."""
        look, tokens = theme(), theme().tokens
        ink = tokens.primary if chosen else tokens.text
        font, side = look.font("body", 600), look.px(18)
        words = look.metrics("body", 600).horizontalAdvance(self.text())
        icon = side + look.px(6) if words + side + look.px(14) <= self.width() else 0
        shown = cut(self.text(), font, self.width() - look.px(8) - icon - beside)
        words = look.metrics("body", 600).horizontalAdvance(shown)
        x = (self.width() - icon - words - beside) / 2
        if icon:
            paint_icon(painter, self.choice.icon, self._at(x, side), middle - side / 2, side, ink)
        draw_text(painter, self._at(x + icon, words), middle, shown, font, ink)
        return x + icon + words

    def _at(self, x: float, width: float) -> float:
        return self.width() - x - width if self.isRightToLeft() else x


class _Rows(QGridLayout):
    """Four beside each other."""

    def addWidget(self, widget: QWidget) -> None:  # type: ignore[override]
        place = self.count()
        super().addWidget(widget, place // IN_ROW, place % IN_ROW)


class TenderTiles(ChoiceGroup):
    """Those that can be used now; `chosen` tells the tender."""

    def __init__(self) -> None:
        self._is_low = False
        super().__init__(name=_tr("Ways to pay"))

    def _make_layout(self) -> QLayout:
        made = _Rows()
        made.setContentsMargins(0, 0, 0, 0)
        made.setSpacing(theme().px(8))
        return made

    def _shape_of(self, place: int, total: int) -> str:
        return "chip"

    def _make_button(self, choice: Choice, shape: str) -> TenderTile:
        return TenderTile(choice, self)

    def show_tenders(self, tenders: Sequence[Tender]) -> None:
        """Offer these."""
        self.set_choices([Choice(one.value, tender_words(one), ICONS[one]) for one in tenders])
        self.set_low(self._is_low)

    def set_low(self, is_low: bool) -> None:
        """The first row is 60 high unless the window is low; whatever comes below it is lower."""
        self._is_low = is_low
        for place, tile in enumerate(self._buttons):
            if isinstance(tile, TenderTile):
                tile.height_now = LOW if is_low or place >= IN_ROW else HIGH
                tile.setAccessibleDescription(key_of(Tender(tile.choice.key)))
                tile.updateGeometry()

    @property
    def tender(self) -> Tender:
        """The chosen one; cash while none is."""
        return Tender(self.current() or Tender.CASH)

    def choose_number(self, number: int) -> bool:
        """Alt+1 to Alt+7 mean the same tender whichever are hidden."""
        wanted = CHOSEN[number - 1].value if 1 <= number <= len(CHOSEN) else ""
        places = [at for at, tile in enumerate(self._buttons) if tile.choice.key == wanted]
        return bool(places) and super().choose_number(places[0] + 1)

"""Parts of a whole as lying bars: icon, name, bar, amount and share; Enter opens what is behind one."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from posapp.ui.front_desk.parts import LineDelegate
from posapp.ui.icons import paint_icon
from posapp.ui.tables import OpenList
from posapp.ui.theme import theme
from posapp.ui.widgets.paint import box, cut, draw_text


@dataclass(frozen=True, slots=True)
class Share:
    """A part: `share` is in thousandths of the whole."""

    key: str
    name: str
    amount: str
    share: int
    percent: str
    icon: str = ""

    def spoken(self) -> str:
        """All of it in one line."""
        return ", ".join((self.name, self.amount, self.percent))


class ShareDelegate(LineDelegate):
    """The bar has what names and figures leave."""

    height = 32

    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, row: Share) -> None:
        """The row in one line."""
        look, tokens, rect, px = theme(), theme().tokens, option.rect, theme().px
        middle, font, strong = rect.center().y() + 0.5, look.font("small", 500), look.font("small", 600)
        left, right = float(rect.x() + px(16)), float(rect.right() + 1 - px(16))
        if row.icon:
            paint_icon(painter, row.icon, left, middle - px(8), px(16), tokens.text2)
            left += px(30)
        names = max(px(80), min(px(170), rect.width() * 0.26))
        draw_text(painter, left, middle, cut(row.name, font, names - px(8)), font, tokens.text)
        left += names
        small, metrics = look.font("small"), look.metrics("small")
        draw_text(
            painter, right - metrics.horizontalAdvance(row.percent), middle, row.percent, small, tokens.text2
        )
        right -= px(58)
        wide = look.metrics("small", 600).horizontalAdvance(row.amount)
        draw_text(painter, right - wide, middle, row.amount, strong, tokens.text)
        right -= max(wide, px(80)) + px(12)
        if right - left > px(30):
            self._paint_bar(painter, QRectF(left, middle - px(6), right - left, px(12)), row.share)

    def _paint_bar(self, painter: QPainter, whole: QRectF, share: int) -> None:
        tokens, radius = theme().tokens, theme().px(3)
        box(painter, whole, radius, tokens.neutral_soft)
        if share > 0:
            part = QRectF(whole.left(), whole.top(), max(whole.width() * share / 1000, 2), whole.height())
            box(painter, part, radius, tokens.fill)


class ShareList(OpenList):
    """Keeps its cursor when the figures are read anew."""

    def __init__(self, name: str) -> None:
        super().__init__(name, ShareDelegate())
        self.setMinimumSize(theme().px(200), theme().px(80))

    def show_shares(self, shares: list[Share]) -> None:
        """Other figures."""
        now = self.current_row()
        self.rows.show_rows(shares)
        keys = [one.key for one in shares]
        if now is not None and now.key in keys:
            self.choose_at(keys.index(now.key))


def shares_of(parts: list[tuple[str, str, int]]) -> list[tuple[str, str, int, int]]:
    """Key, name, value and thousandths of all that is above zero."""
    whole = sum(value for *_, value in parts if value > 0)
    return [
        (key, name, value, (2000 * max(value, 0) + whole) // (2 * whole) if whole else 0)
        for key, name, value in parts
    ]

"""The sales that wait, and the last ones that were completed: each opens with Enter or a press."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.selling.orders import HeldSale, Order
from posapp.ui.layout import rows, wide
from posapp.ui.tables import OpenList, TwoLineDelegate, TwoLineRow
from posapp.ui.widgets.labels import label
from posapp.ui.wording import Wording, shown_count, translator

_tr = translator("HeldSales")


class _Delegate(TwoLineDelegate):
    height, lead_room = 56, 56

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording

    def row_of(self, value: HeldSale | Order) -> TwoLineRow:
        """Its number, whose it is, what is in it, since when."""
        wording = self._wording
        who = value.customer_name or value.pl_id or _tr("Walk-in")
        at = wording.moment(value.at)
        if isinstance(value, Order):
            what = ", ".join(line.text for line in value.lines)
            return TwoLineRow(
                who,
                what,
                lead=value.number,
                right=wording.price(value.total_minor),
                right_second=at,
                right_tone="text",
            )
        what = ", ".join(line.text for line in value.cart.lines)
        count = shown_count(value.cart.pieces, _tr("item"), _tr("items"))
        origin = _tr("from the kiosk") if value.is_from_kiosk else ""
        words = " · ".join(filter(None, (origin, value.note, what)))
        place = _tr("in hand at {till}").format(till=value.till) if value.till else count
        return TwoLineRow(who, words, lead=value.reference, right=place, right_second=at)

    def words_of(self, value: HeldSale | Order) -> str:
        """In one line, for screen readers."""
        row = self.row_of(value)
        return ", ".join(filter(None, (row.lead, row.name, row.second, row.right, row.right_second)))


class SalesSheet(QWidget):
    """A list in a side sheet; `opened` gives the sale."""

    opened = Signal(object)  # HeldSale or Order

    def __init__(self, wording: Wording, name: str, nothing: str) -> None:
        super().__init__()
        delegate = _Delegate(wording)
        self.list = OpenList(name, delegate, delegate.words_of)
        self.list.opened.connect(self.opened)
        self._nothing = label(nothing, "body", tone="text2", wrap=True)
        self._nothing.setContentsMargins(16, 8, 16, 8)
        self._nothing.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        body = rows(self._nothing, wide(self.list), gap=0, host=self)
        body.setAlignment(self._nothing, Qt.AlignmentFlag.AlignTop)
        self.setFocusProxy(self.list)

    def show_rows(self, found: Sequence[HeldSale | Order]) -> None:
        """These."""
        self.list.rows.show_rows(found)
        self._nothing.setVisible(not found)
        if found:
            self.list.show()
            self.list.choose_at(0)
            self.list.setFocus()
        else:
            # Before the list goes with the focus: Qt would hand it to a neighbour, which Enter would press.
            self._nothing.setFocus()
            self.list.hide()

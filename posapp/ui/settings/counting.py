"""A count by scanning: what was counted beside the stock of that moment, shown before it is booked."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from posapp.domain.base.errors import DomainError
from posapp.domain.catalogue.counts import Count, CountLine, Scanned, StockCount
from posapp.ui.actions import Action
from posapp.ui.fields import SearchField
from posapp.ui.layout import STRETCH, columns, held, put, rows, wide
from posapp.ui.presenter import sentence_of
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.settings.section import Section
from posapp.ui.tables import Column
from posapp.ui.tables.edit_table import EditTable
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import line, remark
from posapp.ui.window.shell import Shell
from posapp.ui.wording import shown_count, translator

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.services.desks import Shop

_tr = translator("Settings")
_MOST_CODES = 12


class CountingSection(Section):
    """One count goes on at a time, at any till; each scan is kept at once."""

    def __init__(self, presenter: SettingsPresenter, shell: Shell) -> None:
        super().__init__(_tr("Count"), presenter, shell)
        self._going: StockCount | None = None
        self._is_turning = False  # the focus goes where the count goes on, or begins
        self.scanned = self.first = SearchField(
            _tr("Scan or type a code"), _tr("Scan, or type a code; 12 x code for twelve")
        )
        self.scanned.opened.connect(self._scan)
        self.table = EditTable(_tr("Counted"), self._columns())
        self.said, self.unknown = remark(""), remark("")
        self.begin = button(_tr("Begin a count"), kind="primary", size="s", run=self._begin)
        self.book = button(
            _tr("Book the difference"), kind="primary", size="s", run=lambda: self._close(book=True)
        )
        self.drop = button(_tr("Drop the count"), size="s", run=lambda: self._close(book=False))
        self._rest = held(rows(STRETCH))
        head = columns(wide(self.said), self.begin, self.drop, self.book, gap=8, pad=(16, 10))
        put(
            self.body,
            head,
            columns(wide(self.scanned), pad=(16, 0, 16, 10)),
            line(),
            wide(self.table),
            columns(wide(self.unknown), pad=(16, 10)),
            self._rest,
        )
        self._show(None)

    def _columns(self) -> Sequence[Column]:
        def cost(row: CountLine) -> str:
            return "" if row.cost_minor is None else self.presenter.wording.price(row.cost_minor)

        return (
            Column(_tr("Item"), lambda row: row.item.name),
            Column(_tr("SKU"), lambda row: row.item.sku),
            Column(_tr("Stock then"), lambda row: str(row.item.stock), is_figure=True),
            Column(_tr("Counted"), lambda row: str(row.counted), is_figure=True),
            Column(_tr("Difference"), lambda row: _signed(row.pieces), is_figure=True),
            Column(_tr("Cost"), cost, is_figure=True),
        )

    def own_actions(self) -> Sequence[Action]:
        """Nothing but what its buttons do."""
        return ()

    # -- shown -----------------------------------------------------------------------------------------
    def refresh(self) -> None:
        """Read the count that goes on, as other tills have left it."""
        self.presenter.read(lambda shop, actor: shop.counts.current(actor), self._show, topic="count")

    def _show(self, found: tuple[StockCount, Count] | None) -> None:
        self._going, count = found if found is not None else (None, Count((), ()))
        is_going = self._going is not None
        self.begin.setVisible(not is_going)
        self._rest.setVisible(not is_going)  # else the head would take the room of the table
        for part in (self.book, self.drop, self.scanned, self.table):
            part.setVisible(is_going)
        self.book.setEnabled(bool(count.lines))
        if self._is_turning:
            self._is_turning = False
            (self.scanned if is_going else self.begin).setFocus()
        self.table.show_rows(count.lines)
        self.said.setText(self._words(count))
        codes = ", ".join(f"{code} ({times})" for code, times in count.unknown[:_MOST_CODES])
        self.unknown.setText(_tr("Unknown: {codes}").format(codes=codes) if codes else "")

    def _words(self, count: Count) -> str:
        if self._going is None:
            return _tr(
                "Scan what lies on the shelves, at any till, while the shop sells. Nothing is booked yet."
            )
        wording, begun = self.presenter.wording, self._going
        words = _tr("Since {when}, by {who}: {items}, {pieces} pieces, {cost}.")
        return words.format(
            when=wording.moment(begun.opened_at),
            who=begun.opened_by,
            items=shown_count(len(count.lines), _tr("item"), _tr("items")),
            pieces=_signed(sum(one.pieces for one in count.lines)),
            cost=wording.price(sum(one.cost_minor or 0 for one in count.lines)),
        )

    def take_scan(self, code: str) -> bool:
        """A scanned code is a piece more while a count goes on."""
        if self._going is None:
            return False
        self._count_code(code, 1)
        return True

    # -- done ------------------------------------------------------------------------------------------
    def _begin(self) -> None:
        self._do(lambda shop, actor: shop.counts.open(actor))

    def _scan(self) -> None:
        typed = self.scanned.text().strip()
        if not typed:
            return
        try:
            pieces, code = _read(typed)
        except DomainError as error:
            self._failed(error)
            return
        self.scanned.clear()
        self._count_code(code, pieces)

    def _count_code(self, code: str, pieces: int) -> None:
        self.presenter.do(
            lambda shop, actor: shop.counts.scan(actor, code, pieces), self._heard, self._failed
        )

    def _heard(self, found: Scanned) -> None:
        name = found.item.name if found.item is not None else ""
        words = _tr("{name}: {count} counted") if name else _tr("Unknown code {code}")
        said = words.format(name=name, count=found.counted, code=found.code)
        self.shell.notices.status(said, "success" if name else "danger")
        self.refresh()

    def _close(self, *, book: bool) -> None:
        said = _tr("The count is booked") if book else _tr("The count is dropped")
        self._do(lambda shop, actor: shop.counts.close(actor, book=book), said)

    def _do(self, work: Callable[["Shop", "Actor"], object], said: str = "") -> None:
        def done(_made: object) -> None:
            if said:
                self.shell.notices.toast(said)
            self._is_turning = True
            self.refresh()

        self.presenter.do(work, done, self._failed)

    def _failed(self, error: Exception) -> None:
        self.shell.notices.status(sentence_of(error), "danger", seconds=8.0)


def _signed(pieces: int) -> str:
    return f"{pieces:+d}".replace("-", "−") if pieces else "0"


def _read(typed: str) -> tuple[int, str]:
    """`12 x code` for twelve; one for a code alone."""
    first, cross, code = typed.partition(" x ")
    if not cross:
        return 1, typed
    digits = first.strip().removeprefix("-").removeprefix("−")
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 9 and code.strip()):
        raise DomainError("count_unclear", _tr("Type 12 x code for twelve pieces."), field="code")
    return (-int(digits) if first.strip()[0] in "-−" else int(digits)), code.strip()

"""Merging: the pairs on the left, both customers in the middle, what moves and the way on the right.

`show_page("merging")` lists the duplicates, `show_page("merging", (24, 117))` compares two customers, and
one key asks who the other one may be.
"""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from posapp.domain.base.actor import Permission
from posapp.domain.old_data.merging import Merge, Merged, MergeField, Side, Unmerged
from posapp.ui.actions import Action, hint
from posapp.ui.alive import while_alive
from posapp.ui.layout import held, rows, sides, wide
from posapp.ui.merging.fields_panel import FieldsPanel
from posapp.ui.merging.other_sheet import OtherSheet
from posapp.ui.merging.pair_list import PairPanel
from posapp.ui.merging.presenter import Listed, MergePresenter, Seen
from posapp.ui.merging.side_panel import SidePanel
from posapp.ui.merging.sums_panel import SumsPanel
from posapp.ui.presenter import code_of, sentence_of, why_not_saved
from posapp.ui.session import Session
from posapp.ui.settings.place import child_place
from posapp.ui.tab_order import chain
from posapp.ui.theme import theme
from posapp.ui.widgets.cards import Card, EmptyState
from posapp.ui.widgets.stack import Stack
from posapp.ui.window.notice_bar import NoticeBar
from posapp.ui.window.notices import Message
from posapp.ui.window.page import Page
from posapp.ui.window.shell import Shell
from posapp.ui.window.undo import Turn

if TYPE_CHECKING:
    from posapp.domain.base.journal import Change
    from posapp.domain.customers.customers import CustomerCard
    from posapp.domain.old_data.duplicates import DuplicatePair

_LEFT, _RIGHT = (292, 204), (284, 208)
"""Widths beside the fields, in a wide and in a narrow window."""
_SUBJECTS = frozenset({"customer", "ticket", "booking", "order", "payment", "gift_card"})


class MergingPage(Page):
    """Managers only: two customers become one, or are told apart."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell)
        self._session = session
        self._presenter = MergePresenter(session)
        self._pair: tuple[int, int] | None = None  # who stays, who goes
        self._alone: int | None = None  # one customer, of whom the other one is not chosen yet
        self._seen: Seen | None = None
        self._choices: dict[MergeField, Side] = {}
        self._is_merging = False
        self._make_actions()
        self.notice = NoticeBar()
        self.pairs = PairPanel(self._look)
        self.fields = FieldsPanel(self._swap, session.wording)
        self.sums = SumsPanel(session.wording)
        self.side = SidePanel(self._merge, self._apart)
        self._lay_out()
        self._bind()

    def _make_actions(self) -> None:
        tr, has = self.tr, self._has_pair
        needs = Permission.CUSTOMER_MERGE
        self._look = Action(
            "merging_look",
            tr("Look again"),
            "Alt+R",
            self.look_again,
            "refresh-cw",
            in_bar=False,
            needs=needs,
        )
        self._swap = Action("merging_swap", tr("Swap"), "Alt+X", self.swap, when=has)
        self._apart = Action(
            "merging_apart", tr("Not a duplicate"), "Alt+N", self.tell_apart, when=has, needs=needs
        )
        self._merge = Action(
            "merging_merge", tr("Merge"), "Ctrl+Return", self.merge, when=self._can_merge, needs=needs
        )
        self._other = Action(
            "merging_other", tr("Choose another customer"), "Ctrl+F", self.ask_other, when=self._has_one,
            word=tr("Other customer"),
        )  # fmt: skip

    def _lay_out(self) -> None:
        self.empty = EmptyState(
            self.tr("Nobody is compared. Choose a pair on the left, or look for duplicates."),
        )
        self.alone = EmptyState("", action=self.tr("Choose the other one"), key="Ctrl+F", run=self.ask_other)
        self._blank = Card()
        self._blank.body.addWidget(self.empty)
        self._half = Card()
        self._half.body.addWidget(self.alone)
        both = held(rows(wide(self.fields), self.sums, gap=12))
        self._whole = held(sides(wide(both), self.side, gap=12))
        self._stack = Stack()
        for part in (self._blank, self._half, self._whole):
            self._stack.addWidget(part)
        body = sides(self.pairs, wide(self._stack), gap=12)
        rows(self.notice, wide(body), gap=12, pad=16, host=self)
        self.compact_changed(False)

    def _bind(self) -> None:
        self.pairs.chosen.connect(self._chosen)
        self.pairs.job.busy_changed.connect(lambda _is_busy: self.keys_changed.emit())
        self.fields.chosen.connect(self._choose)
        self._session.feed.changed.connect(self._changed)
        self.shell.read_only_changed.connect(self._lock)
        self.shell.closing.connect(self.pairs.job.cancel.click)

    # -- the window's questions ------------------------------------------------------------------------
    def title(self) -> str:
        """What the top bar says."""
        return self.tr("Merge customers")

    def own_actions(self) -> tuple[Action, ...]:
        """What can be done."""
        has = self._has_pair
        return (
            hint("↑↓", self.tr("Pair")),
            hint("Tab", self.tr("Next field"), has),
            hint("← →", self.tr("Choose side"), has),
            self._swap,
            self._apart,
            self._merge,
            self._other,
            self._look,
            hint("Esc", self.tr("Back")),
        )

    def first_field(self) -> QWidget | None:
        """The pairs; of two who were brought along the first field."""
        stops = self.fields.stops() if self._seen is not None and self.pairs.current() is None else []
        if stops:
            return stops[-1] if len(stops) < 2 else stops[1]
        return self.pairs.list if self.pairs.list.isVisibleTo(self) else self.pairs.look

    def activated(self, payload: object = None) -> None:
        """Read the pairs; a payload says who is to be compared."""
        if isinstance(payload, int):
            self._show_half(payload)
        elif isinstance(payload, tuple):
            self.pairs.choose_none()
            self._compare((int(payload[0]), int(payload[1])))
        self._read()

    def compact_changed(self, is_compact: bool) -> None:
        """Narrow windows leave the fields their room."""
        self.pairs.setFixedWidth(theme().px(_LEFT[is_compact]))
        self.side.setFixedWidth(theme().px(_RIGHT[is_compact]))
        for part in (self.pairs, self.fields, self.sums):
            part.set_narrow(is_compact)
        self.side.is_narrow = is_compact
        if self._seen is not None:
            self._show_preview(self._seen)

    def take_scan(self, code: str) -> bool:
        """While the other customer is to be chosen, a scanned one is it."""
        if self._alone is None:
            return False
        self._presenter.resolve(code, while_alive(self, self._scanned), while_alive(self, self._not_read))
        return True

    def _scanned(self, card: "CustomerCard") -> None:
        self._take_other(card.customer.id)

    def _has_pair(self) -> bool:
        return self._seen is not None

    def _has_one(self) -> bool:
        return self._pair is not None or self._alone is not None

    def _can_merge(self) -> bool:
        return self._seen is not None and not self.side.merge.isHidden() and not self._is_merging

    # -- reading ---------------------------------------------------------------------------------------
    def _read(self) -> None:
        self._presenter.listed(while_alive(self, self._show_listed), while_alive(self, self._not_listed))

    def _show_listed(self, listed: Listed) -> None:
        self.notice.hide()
        is_alone = self._alone is not None or (self._pair is not None and self.pairs.current() is None)
        was_blocked = self.pairs.blockSignals(is_alone)  # whoever is compared already stays so
        self.pairs.show_listed(listed)
        if is_alone:
            self.pairs.choose_none()
        self.pairs.blockSignals(was_blocked)

    def _not_listed(self, error: Exception) -> None:
        self.notice.offer_again(sentence_of(error, self.tr("The pairs cannot be read.")), self._read)

    def _changed(self, changes: "list[Change]") -> None:
        """Another till, or this one, wrote something: what is shown is read anew."""
        if self.isVisible() and not self._is_merging and {one.subject for one in changes} & _SUBJECTS:
            self._read()
            if self._pair is not None:
                self._read_preview()

    # -- who is compared -------------------------------------------------------------------------------
    def _chosen(self, pair: "DuplicatePair | None") -> None:
        if pair is None:
            self._show_nobody()
        elif {pair.a.id, pair.b.id} != set(self._pair or ()):
            self._compare((pair.a.id, pair.b.id))

    def _show_nobody(self) -> None:
        self._pair = self._seen = self._alone = None
        self._stack.setCurrentWidget(self._blank)
        self.keys_changed.emit()

    def _show_half(self, key: int) -> None:
        self.pairs.choose_none()
        self._pair, self._seen, self._alone = None, None, key
        self._presenter.card(key, while_alive(self, self._name_half), while_alive(self, self._not_read))
        self._stack.setCurrentWidget(self._half)
        self.keys_changed.emit()

    def _name_half(self, card: "CustomerCard") -> None:
        customer = card.customer
        name = customer.shown_name(self._session.wording.region)
        words = self.tr("Who is the same person as {pl} {name}? Choose or scan the other one.")
        self.alone.sentence.setText(words.format(pl=customer.pl_id, name=name))
        self.alone.action.setFocus()

    def ask_other(self) -> None:
        """Find the other one over the edge."""
        sheet = OtherSheet(self._presenter)
        sheet.chosen.connect(self._take_other)
        self.shell.open_sheet(self.tr("The other customer"), sheet)
        sheet.setFocus()

    def _take_other(self, key: int) -> None:
        self.shell.close_sheet()
        first = self._alone if self._alone is not None else (self._pair or (key,))[0]
        self.pairs.choose_none()
        self._compare((first, key))

    def _compare(self, pair: tuple[int, int]) -> None:
        self._pair, self._alone, self._seen, self._choices = pair, None, None, {}
        self._read_preview()

    def _read_preview(self) -> None:
        assert self._pair is not None
        self._presenter.preview(
            *self._pair, while_alive(self, self._show_preview), while_alive(self, self._not_read)
        )

    def _show_preview(self, seen: Seen) -> None:
        if self._pair != (seen.preview.survivor.id, seen.preview.loser.id):
            return
        is_new = self._seen is None or self._seen.preview != seen.preview
        self._seen = seen
        if is_new:
            self._choices = {}
            self.fields.show_preview(seen.preview)
        self.sums.show_preview(seen.preview)
        self.side.show_seen(seen, is_whole=self.sums.is_whole, is_apart=self.pairs.shows_dismissed)
        self._stack.setCurrentWidget(self._whole)
        self._lock(self.shell.is_read_only)
        self._arrange()
        self.keys_changed.emit()

    def _not_read(self, error: Exception) -> None:
        """One of them is a part of another one by now, or the database is away."""
        self._show_nobody()
        self.notice.offer_again(sentence_of(error, self.tr("This pair cannot be read.")), self._read)

    def _arrange(self) -> None:
        stops = [self.pairs.list, *self.fields.stops(), self.side.merge, self.side.apart, self.pairs.look]
        chain(stops)

    def _lock(self, is_read_only: bool) -> None:
        for one in (self.side.merge, self.side.apart, self.pairs.look):
            one.setEnabled(not is_read_only)

    # -- deciding --------------------------------------------------------------------------------------
    def _choose(self, field: MergeField, side: Side) -> None:
        self._choices[field] = side
        self._arrange()

    def swap(self) -> None:
        """The other one stays."""
        if self._pair is not None:
            self._compare((self._pair[1], self._pair[0]))

    def merge(self) -> None:
        """Ctrl+Enter."""
        if not self._can_merge() or self._seen is None or self.shell.is_read_only:
            return
        preview = self._seen.preview
        command = Merge(
            survivor_id=preview.survivor.id,
            loser_id=preview.loser.id,
            choices=dict(self._choices),
            seen=preview.versions,
        )
        self._is_merging = True
        self.side.merge.setEnabled(False)
        self._presenter.merge(
            command, while_alive(self, partial(self._merged, command)), while_alive(self, self._not_merged)
        )

    def _merged(self, command: Merge, done: Merged) -> None:
        self._is_merging = False
        presenter, last = self._presenter, [done.id]
        again = Merge(survivor_id=command.survivor_id, loser_id=command.loser_id, choices=command.choices)

        def undo(turn: Turn) -> None:  # the page may be gone by then
            presenter.unmerge(last[0], lambda back: self._undone(back, turn), turn.failed)

        def redo(turn: Turn) -> None:
            def merged(made: Merged) -> None:
                last[0] = made.id
                turn.done()

            presenter.merge(again, merged, turn.failed)

        words = self.tr("{loser} is merged into {survivor}").format(loser=done.loser, survivor=done.survivor)
        self.shell.notices.toast(words, undo=undo, redo=redo, about=done.survivor_id)
        self._pair = self._seen = None
        self._read()
        self.pairs.setFocus()
        if self.pairs.current() is None:
            self._show_nobody()

    def _undone(self, back: Unmerged, turn: Turn) -> None:
        turn.done()
        if back.left:
            words = self.tr("Left where they are by now: {what}").format(what=", ".join(back.left[:5]))
            self.shell.notices.status(words, "warning", seconds=8.0)

    def _not_merged(self, error: Exception) -> None:
        self._is_merging = False
        self._lock(self.shell.is_read_only)
        self.notice.show_message(Message(why_not_saved(error), "danger"))
        if code_of(error) in ("changed_elsewhere", "merged_already"):
            self._read_preview()

    def tell_apart(self) -> None:
        """Alt+N: two people, or (of a dismissed pair) perhaps one after all."""
        if self._pair is None or self.shell.is_read_only:
            return
        a, b = self._pair
        is_back, presenter = self.pairs.shows_dismissed, self._presenter
        there, back = (presenter.take_back, presenter.dismiss) if is_back else (
            presenter.dismiss,
            presenter.take_back,
        )  # fmt: skip
        said = self.tr("Suggested again") if is_back else self.tr("Not a duplicate: suggested no more")

        def told(_nothing: Any) -> None:
            self.shell.notices.toast(
                said,
                undo=lambda turn: back(a, b, turn.done, turn.failed),
                redo=lambda turn: there(a, b, turn.done, turn.failed),
            )
            self._pair = self._seen = None
            self._read()
            self.pairs.setFocus()

        there(a, b, while_alive(self, told), while_alive(self, self._not_merged))

    # -- looking ---------------------------------------------------------------------------------------
    def look_again(self) -> None:
        """Alt+R: compare all customers, in a process of its own."""
        if not self.pairs.job.is_running and not self.shell.is_read_only:
            self._presenter.give_pass(while_alive(self, self._begin), while_alive(self, self._not_merged))

    def _begin(self, token: str) -> None:
        shop, name = self._session.shop, self._session.catalogue.business.name
        arguments = ["customer", "duplicates", "--business", name, "--till", self._session.actor.till]
        self.pairs.job.start(
            self.tr("Comparing"),
            arguments,
            self.tr("All customers are compared."),
            lambda _went_well: self._read(),
            database=child_place(shop),
            token=token,
        )

"""The middle of a ticket: what is done and which parts it takes, what that comes to, and what is to pay.

What is added, changed or taken off is written until it is saved: then it is one new version of the estimate.
Parts are taken and put back at once.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal

from posapp.domain.base.names import same_name
from posapp.domain.base.numbers import may_be_number
from posapp.domain.catalogue.items import Item
from posapp.domain.repairs.estimates import Estimate
from posapp.domain.repairs.parts import PartState
from posapp.domain.repairs.tickets import Job
from posapp.domain.repairs.waiting import FOR_OWNERS
from posapp.services.base.drafts import mark_of
from posapp.services.repairs.line_choices import LineChoice
from posapp.services.repairs.whole_ticket import WholeTicket
from posapp.ui.alive import while_alive
from posapp.ui.layout import columns, held, put, wide
from posapp.ui.presenter import Asked, code_of, sentence_of
from posapp.ui.record.drafts import DraftKeeper, KeptForms
from posapp.ui.sell.item_field import ItemField
from posapp.ui.sell.take_payment import TakePayment
from posapp.ui.session import Session
from posapp.ui.ticket.lines_choices import LineChoiceDelegate
from posapp.ui.ticket.lines_edit import RowForm
from posapp.ui.ticket.lines_foot import LinesFoot
from posapp.ui.ticket.lines_keys import LineKeys
from posapp.ui.ticket.lines_presenter import LinesPresenter, LinesRead
from posapp.ui.ticket.lines_rows import LineRow, line_of, none_words, rows_of
from posapp.ui.ticket.lines_table import LinesTable
from posapp.ui.tickets.estimate.lines import take_off
from posapp.ui.tickets.estimate.presenter import DraftLine, EstimateDraft, put_line
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.labels import line
from posapp.ui.window.ask_bar import AskBar
from posapp.ui.window.shell import Shell

_SAID_S = 6.0


class LinesPanel(Card):
    """`show_ticket` says what it is about; `changed` when something is written or saved."""

    changed = Signal()
    stepped = Signal()  # a part was taken or a version made: the ticket is another one
    estimate_asked = Signal()  # versions, and what the customer says to them
    hand_over_asked = Signal()
    refused = Signal()  # what was written could not be saved
    shown = Signal()  # it was read: other buttons may be there

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__()
        self._shell, self._session, self._wording = shell, session, session.wording
        self.presenter = LinesPresenter(session)
        self.draft = EstimateDraft()
        self._taking = TakePayment(shell, session, self)
        self._keeper = DraftKeeper(KeptForms(session, "estimates"), self._mark, self._written, self)
        self._whole: WholeTicket | None = None
        self._job: Job | None = None
        self._read: LinesRead | None = None
        self._items: dict[int, Item] = {}
        self._form: RowForm | None = None
        self._is_saving = False
        self.field = ItemField(
            LineChoiceDelegate(self._wording),
            key="Ctrl+L",
            name=self.tr("Part, service or price"),
            placeholder=self.tr("Scan or type a part, a service or a price"),
        )
        self.table, self.foot, self.bar = LinesTable(self._wording), LinesFoot(self._wording), AskBar(self)
        self.keys = LineKeys()
        self._lay_out()
        self._bind()

    def _lay_out(self) -> None:
        top = held(columns(wide(self.field), pad=(12, 10)))
        put(self.body, top, line(), wide(self.table), self.keys, line(), self.foot)

    def _bind(self) -> None:
        field, table, foot = self.field, self.table, self.foot
        field.typed.connect(self._look)
        field.entered.connect(self._enter)
        field.chosen.connect(self._take)
        field.left_for_lines.connect(self._to_lines)
        table.opened.connect(self._edit)
        table.removed.connect(lambda _place: self._remove())
        table.used.connect(lambda _place: self._use())
        table.put_back.connect(lambda _place: self._put_back())
        table.left.connect(self.field.setFocus)
        table.chosen.connect(self._show_keys)
        keys = self.keys
        keys.used.connect(self._use)
        keys.reserved.connect(self._reserve)
        keys.put_back.connect(self._put_back)
        keys.removed.connect(self._remove)
        keys.broken.connect(self._ask_scrap)
        foot.ask.connect(self.save)
        foot.answer.connect(self.estimate_asked)
        foot.pay.connect(self.take_payment)
        foot.deposit.connect(lambda: self._taking.take_deposit(self.presenter.number))
        foot.give_back.connect(lambda: self._taking.give_back(self.presenter.number))
        foot.hand_over.connect(self.hand_over_asked)

    # -- what it is about ----------------------------------------------------------------------------
    def show_ticket(self, whole: WholeTicket, job: Job) -> None:
        """The ticket as it is now, and the device that is shown: new lines are for that one."""
        is_other = self.presenter.number != whole.ticket.number
        if is_other:
            self._keeper.keep()
            self._keeper.begin()
            self._close_form()
            self.field.clear()
            self._read, self.draft = None, EstimateDraft()
        self._whole, self._job, self.presenter.number = whole, job, whole.ticket.number
        if is_other:
            found = self._keeper.found()
            self.draft = EstimateDraft.restored(found.values if found is not None else {})
        self.field.setEnabled(job.is_here)
        self.reload()

    def reload(self) -> None:
        """Read the lines again."""
        if self.presenter.number:
            self.presenter.load(
                while_alive(self, self._show), while_alive(self, self._say), is_done=self._is_done()
            )

    def _is_done(self) -> bool:
        jobs = self._whole.ticket.jobs if self._whole is not None else ()
        return any(job.state.group in FOR_OWNERS for job in jobs)

    def _show(self, read: LinesRead) -> None:
        if self._whole is None:
            return
        self._read = read
        self._items.update(read.lines.items)
        if not self.draft.follow(read.lines.versions, self._names()):
            who = read.lines.versions[0].created_by if read.lines.versions else ""
            words = self.tr("{who} made another version. What you wrote is kept; saving replaces theirs.")
            self._shell.notices.status(words.format(who=who), "warning", seconds=_SAID_S)
        self.draft.know_items(self._items)
        if self._form is None:  # else what is typed in the row would be lost
            self._refresh()
        self.shown.emit()

    def _names(self) -> dict[int, str]:
        jobs = self._whole.ticket.jobs if self._whole is not None else ()
        return {job.position: job.device.name for job in jobs}

    def _refresh(self) -> None:
        read, whole = self._read, self._whole
        if read is None or whole is None:
            return
        shown = self._job.position if self._job is not None else 0
        rows = rows_of(self.draft.lines, read.lines.parts, self._items, shown)
        self.table.show_rows(rows, none_words(is_here=self.is_here()))
        total, is_changed = self.draft.total_minor, self.draft.is_changed
        if not self.draft.lines and read.paying is not None:
            total = read.paying.price_minor or 0
        self.foot.show_limit(read.lines, total, is_changed=is_changed)
        self.foot.show_money(read.paying, total, is_changed=is_changed)
        self.foot.show_leaving(read.leaving_minor, is_done=self._is_done())
        self._show_keys()
        self.changed.emit()

    def _show_keys(self) -> None:
        self.keys.show_row(self.table.row(), is_open=self.is_here())

    def can_use(self) -> bool:
        """Whether the part of the line with the focus can be used now."""
        row = self.table.row() if self.table.hasFocus() and self.is_here() else None
        return row is not None and row.can_be_used

    def is_here(self) -> bool:
        """Whether lines can be written: the device is in the shop."""
        return self._job is not None and self._job.is_here

    # -- what is written -----------------------------------------------------------------------------
    def changes(self) -> int:
        """How many lines are other than the version says."""
        return self.draft.count_changes()

    def _mark(self) -> str | None:
        return mark_of(self._whole.ticket, self._whole.ticket.number) if self._whole is not None else None

    def _written(self) -> dict[str, Any]:
        return dict(self.draft.kept())

    def keep(self) -> bool:
        """Keep what is written as a draft; False if there is nothing."""
        return self._keeper.keep()

    def discard(self) -> None:
        """Back to the version as it is."""
        self._close_form()
        self.draft.discard()
        self._keeper.forget()
        self._refresh()

    def _edited(self) -> None:
        self._keeper.soon()
        self._refresh()

    def go_to_field(self) -> None:
        """Ctrl+L."""
        self.field.edit.setFocus()
        self.field.edit.selectAll()

    def take_scan(self, code: str) -> bool:
        """A code that is scanned while the cursor is here is a part; what is none is looked up elsewhere."""
        if not self.is_here() or not self._has_cursor() or may_be_number(code):
            return False
        self._enter(code, 1)
        return True

    def _has_cursor(self) -> bool:
        return any(one.hasFocus() for one in (self.field.edit, self.table))

    def escape(self) -> bool:
        """Close what is open; False if nothing was."""
        if self.bar.close_bar() or self._close_form():
            return True
        return self.field.edit.hasFocus() and self.field.escape()

    # -- a new line ----------------------------------------------------------------------------------
    def _look(self, words: str) -> None:
        if not words or self._job is None:
            return

        def show(found: list[LineChoice]) -> None:
            self.field.show_choices(words, found)

        self.presenter.choices(words, self._job.position, while_alive(self, show))

    def _enter(self, words: str, times: int) -> None:
        if self._job is None:
            return

        def take(found: list[LineChoice]) -> None:
            if not found:
                nothing = self.tr(
                    "Nothing is found by “{words}”. For a price, say what it is for: 12.50 strap."
                )
                self.field.show_problem(nothing.format(words=words[:40]))
            elif len(found) == 1 or found[0].is_exact:
                self._take(found[0], times)
            else:
                self.field.show_choices(words, found)

        refused = while_alive(self, lambda error: self.field.show_problem(sentence_of(error)))
        self.presenter.meant(words, self._job.position, while_alive(self, take), refused)

    def _take(self, choice: LineChoice, times: int) -> None:
        job = self._job
        if job is None:
            return
        if choice.unit_minor is None:
            words = self.tr("Enter a price, or 0 for free, and what it is for: 12.50 {words}.")
            self.field.show_problem(words.format(words=choice.text[:40]))
            return
        if choice.item is not None:
            self._items[choice.item.id] = choice.item
        made = line_of(choice, choice.unit_minor, job.position, job.device.name, times)
        place = self._same(made)
        if place is not None:
            old = self.draft.lines[place]
            self.draft.lines[place] = old.more(times)
        else:
            place = put_line(self.draft.lines, None, made)
        self.field.clear()
        self._edited()
        self.table.choose(place)

    def _same(self, made: DraftLine) -> int | None:
        """The place of a line for the same: once more of it is one line."""
        for place, one in enumerate(self.draft.lines):
            is_same = (one.position, one.item_id, one.unit_minor) == (
                made.position,
                made.item_id,
                made.unit_minor,
            )
            if is_same and same_name(one.text, made.text):
                return place
        return None

    def _to_lines(self, down: bool) -> None:
        if down and self.table.rows():
            self.table.choose(0)
            self.table.setFocus()

    # -- a line that is there ------------------------------------------------------------------------
    def _edit(self, place: int) -> None:
        if place >= len(self.draft.lines) or not self.is_here():
            return
        form = RowForm(self.draft.lines[place], self._wording)
        form.made.connect(lambda made: self._made(place, made))
        form.left.connect(self._close_form)
        self.table.begin_edit(place, form)
        self._form = form
        form.begin()

    def _made(self, place: int, made: DraftLine) -> None:
        put_line(self.draft.lines, place, made)
        self._close_form()
        self._edited()
        self.table.choose(place)

    def _close_form(self) -> bool:
        if self._form is None:
            return False
        self._form = None
        self._refresh()
        self.table.setFocus()
        return True

    def _remove(self) -> None:
        row, place = self.table.row(), self.table.place()
        if row is None or row.sight is None or not self.is_here():
            return
        if row.taken(PartState.USED) is not None:
            self._say_words(self.tr("{part} was used. Put it back first.").format(part=row.text))
            return
        take_off(lambda: self.draft.lines, place, self._shell.notices, self._edited)
        self.table.setFocus()

    # -- parts ---------------------------------------------------------------------------------------
    def _use(self) -> None:
        self._step(self.presenter.use, self.tr("{part} used"))

    def _reserve(self) -> None:
        self._step(self.presenter.reserve, self.tr("{part} reserved"))

    def _put_back(self) -> None:
        self._step(self.presenter.put_back, self.tr("{part} put back"))

    def _ask_scrap(self) -> None:
        row = self.table.row()
        if row is None or not row.parts:
            return
        words, done = self.tr("{part} leaves the stock. Why?"), self.tr("{part} written off")
        self.bar.say(
            words.format(part=row.text),
            tone="info",
            answer=lambda reason: self._step(lambda one: self.presenter.scrap(one, reason), done),
            word=self.tr("Write it off"),
        )

    def _step(self, ask: Callable[[LineRow], Asked | None], words: str) -> None:
        row = self.table.row()
        work = ask(row) if row is not None and self.is_here() else None
        if row is None or work is None:
            return

        def done(_made: object) -> None:
            self._shell.notices.toast(words.format(part=row.text))
            self.reload()
            self.stepped.emit()

        self.presenter.do(work, while_alive(self, done), while_alive(self, self._say))

    # -- saving --------------------------------------------------------------------------------------
    def save(self) -> bool:
        """Make what is written a new version; False if nothing is to be saved, or cannot be."""
        if self._form is not None and not self._form.submit():
            return False
        if self._is_saving or not self.draft.is_changed:
            return False
        self._is_saving = True
        self.presenter.ask(self.draft, while_alive(self, self._saved), while_alive(self, self._refused))
        return True

    def _saved(self, made: Estimate) -> None:
        self._is_saving = False
        words = self.tr("{number}: the customer is asked for {total}")
        if made.status == "approved":
            words = self.tr("{number}: {total} is within what was approved")
        total = self._wording.price(made.total_minor)
        self._shell.notices.toast(words.format(number=self.presenter.number, total=total))
        self.draft = EstimateDraft()
        self._keeper.forget()
        self.reload()
        self.stepped.emit()

    def _refused(self, error: Exception) -> None:
        self._is_saving = False
        self._say(error)
        self.refused.emit()
        if code_of(error) == "changed_elsewhere":
            self.reload()

    def take_payment(self) -> None:
        """F9: the sale with what is owed; when all is done the foot hands over, too."""
        if self.presenter.number:
            self._taking.take(self.presenter.number)

    def _say(self, error: Exception) -> None:
        self._say_words(sentence_of(error))

    def _say_words(self, words: str) -> None:
        self._shell.notices.status(words, "danger", seconds=_SAID_S)

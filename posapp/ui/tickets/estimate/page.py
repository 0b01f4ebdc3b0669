"""The estimate of a ticket: lines, versions, the customer's answer. `show_page("estimate", "T12")`."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from posapp.domain.base.actor import Permission
from posapp.domain.base.errors import PosappError
from posapp.domain.base.journal import Change
from posapp.domain.papers.documents import PaperKind
from posapp.domain.repairs.estimates import Estimate
from posapp.services.base.drafts import mark_of, number_of
from posapp.services.papers.content import PaperOf
from posapp.services.repairs.estimates import ApproveEstimate, AskEstimate, DeclineEstimate
from posapp.services.repairs.whole_ticket import WholeTicket
from posapp.ui.actions import Action, hint
from posapp.ui.focus_filter import focused
from posapp.ui.layout import STRETCH, columns, rows, sides, wide
from posapp.ui.presenter import Asked, code_of, sentence_of
from posapp.ui.record.drafts import DraftKeeper, KeptForms
from posapp.ui.sell.take_payment import TakePayment, deposit_for
from posapp.ui.session import Session
from posapp.ui.tickets.estimate.lines import LinesCard
from posapp.ui.tickets.estimate.presenter import EstimateDraft
from posapp.ui.tickets.estimate.price_offers import KEY
from posapp.ui.tickets.estimate.versions import AnswerForm, VersionsCard
from posapp.ui.tickets.ticket_page import TicketPage
from posapp.ui.widgets.buttons import button
from posapp.ui.window.notices import Message, Step
from posapp.ui.window.shell import Shell

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.services.counter.paying import Paying
    from posapp.services.desks import Shop

EVERY_MS = 400
"""How long after a change it is kept."""


class EstimatePage(TicketPage):
    """Ctrl+L adds a line, Alt+L a price of the list, Ctrl+Enter asks the customer, Alt+Y and Alt+N answer."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell, session)
        self.lines = LinesCard(session.wording, shell.notices)
        self.answer = AnswerForm(session.wording)
        self._versions = VersionsCard(self.answer, session.wording)
        forms = KeptForms(session, "estimates")
        self._keeper = DraftKeeper(forms, self._mark, self._written, self, every_ms=EVERY_MS)
        self.ask = button(
            self.tr("Ask the customer"), kind="primary", size="l", icon="message-square", key="Ctrl+Return"
        )
        self.paper = button(self.tr("Print"), size="l", icon="printer", key="Ctrl+P", run=self._print)
        self._taking = TakePayment(shell, session, self)
        self._lay_out()
        self._bind()

    def _lay_out(self) -> None:
        back = button(self.tr("Back"), kind="quiet", size="l", key="Esc", run=self.leave)
        foot = columns(self.ask, self.paper, back, STRETCH, gap=10)
        left = rows(self.head(), self.notice, wide(self.lines), foot, gap=12)
        sides(wide(left), self._versions, gap=16, pad=16, host=self)

    def _bind(self) -> None:
        self.ask.clicked.connect(self._ask)
        self.notice.discarded.connect(self._discard)
        self.lines.changed.connect(self._weigh)
        self.lines.edited.connect(self._keeper.soon)
        self.lines.offers.changed.connect(self.keys_changed)
        self.answer.approved.connect(self._approve)
        self.answer.declined.connect(self._decline)

    # -- the window's questions --------------------
    def title(self) -> str:
        """What the top bar says."""
        return self.tr("Estimate")

    def own_actions(self) -> tuple[Action, ...]:
        """Lines, the question, the answer while one is waited for, the paper."""
        tr, answer = self.tr, self.answer
        return (
            Action("estimate_line", tr("Add a line"), "Ctrl+L", self.lines.add_line),
            Action(
                "estimate_price",
                tr("Take a price of the list"),
                KEY,
                self.lines.offers.enter,
                word=tr("Price list"),
                when=self.lines.offers.has_any,
            ),
            hint("Return", tr("Change it")),
            hint("Delete", tr("Take it off")),
            Action("estimate_ask", tr("Ask the customer"), "Ctrl+Return", self._save),
            Action("estimate_yes", tr("Approved"), "Alt+Y", answer.submit, when=self._waits),
            Action("estimate_no", tr("Declined"), "Alt+N", answer.decline, when=self._waits),
            Action("estimate_pay", tr("Take payment"), "F9", self._take_payment, "banknote"),
            Action("estimate_print", tr("Print the estimate"), "Ctrl+P", self._print, word=tr("Print")),
        )

    def _waits(self) -> bool:
        return self.lines.draft.waits

    def first_field(self) -> QWidget | None:
        """The line that is being written, else the lines."""
        form = self.lines.form
        return form.text_of.editor if form.isVisible() else self.lines.table

    def activated(self, payload: object = None) -> None:
        """The parts are read, too."""
        super().activated(payload)
        self._read_items()

    def compact_changed(self, is_compact: bool) -> None:
        """A narrow window leaves the lines more room."""
        self._versions.set_narrow(is_compact)

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page, or the end: nothing is lost."""
        super().hideEvent(event)
        self._keeper.keep()

    def escape(self) -> bool:
        """Close the line form."""
        return self.lines.close_form()

    # -- reading --------------------
    def begin_another(self) -> None:
        """What was written for the one before is kept."""
        self._keeper.keep()
        self._keeper.begin()
        self.lines.begin(EstimateDraft())
        self.lines.offers.show_offers(())

    def _read_items(self) -> None:
        self.presenter.items(self.lines.know_items)

    def changed(self, changes: list[Change]) -> None:
        """The ticket or a part is another."""
        super().changed(changes)
        subjects = {change.subject for change in changes}
        if self.isVisible() and "item" in subjects:
            self._read_items()
        if self.isVisible() and subjects & {"item", "repair_price"}:
            self._read_prices()

    def _read_prices(self) -> None:
        number = self.presenter.number
        self.presenter.read(
            lambda shop, actor: shop.repair_prices.of_ticket(actor, number),
            self.lines.show_prices,
            topic="offers",
        )

    def show_whole(self, whole: WholeTicket, *, is_first: bool) -> None:
        """Its versions; lines that are written stay."""
        ticket = whole.ticket
        found = self._keeper.found() if is_first else None
        if is_first:
            self.lines.begin(EstimateDraft.restored(found.values if found else {}))
        before = self.lines.draft.latest
        self._follow(whole)
        here = {job.position: job.device.name for job in ticket.jobs if job.is_here}
        self.lines.set_devices(here, has_several=len(ticket.jobs) > 1)
        self._read_prices()
        self._versions.show_versions(whole.estimates)
        draft = self.lines.draft
        if draft.waits and draft.latest is not None and (before != draft.latest or is_first):
            self.answer.begin(draft.latest, ticket.contact_name or ticket.customer_name)
        self.lines.show_lines()
        if is_first:
            self._begin(found.values if found else {}, can_add=bool(here))

    def _follow(self, whole: WholeTicket) -> None:
        names = {job.position: job.device.name for job in whole.ticket.jobs}
        if self.lines.draft.follow(whole.estimates, names):
            return
        who = whole.estimates[0].created_by if whole.estimates else ""
        words = self.tr("{who} made another version. What you wrote is kept; ask to replace it.")
        step = Step(self.tr("Take theirs"), self._discard)
        self.notice.show_message(Message(words.format(who=who), "warning", (step,)))

    # -- what is written --------------------
    def _mark(self) -> str | None:
        return mark_of(self.whole.ticket, self.whole.ticket.number) if self.whole else None

    def _written(self) -> dict[str, Any]:
        return self.lines.written() if self.whole is not None else {}

    def _begin(self, values: dict[str, Any], *, can_add: bool) -> None:
        """With what was written before; else with a line that is to be written."""
        has_half, draft = self.lines.restore_half(values), self._keeper.found()
        if draft is not None and (has_half or self.lines.draft.is_changed):
            if not self.notice.isVisibleTo(self):
                self.notice.show_draft(draft, self.session.wording)
        elif not self._offered() and not self.lines.draft.lines and can_add:
            self.lines.add_line()

    def _offered(self) -> bool:
        """Lines that were written for a ticket which had this number before: say so, and whose they are."""
        mark = self._mark()
        before = self._keeper.forms.namesake(mark) if mark else None
        if before is None:
            return False
        words = self.tr("Lines were written for another {number}. Take them over if they are for this one.")
        steps = (
            Step(self.tr("Take them over"), partial(self._take_over, before)),
            Step(self.tr("Discard"), partial(self._give_up, before)),
        )
        self.notice.show_message(Message(words.format(number=number_of(before)), "warning", steps))
        return True

    def _take_over(self, before: str) -> None:
        self._keeper.forms.hand_over(before, self._mark() or "")
        self.whole = None
        self.notice.hide()
        self.read()

    def _give_up(self, before: str) -> None:
        self._keeper.forms.drop(before)
        self.notice.hide()

    def _discard(self) -> None:
        """Back to the newest version, or to nothing."""
        self.notice.hide()
        self.lines.discard()
        self._keeper.forget()

    def _weigh(self) -> None:
        draft = self.lines.draft
        self._versions.set_waiting(draft.waits and not draft.is_changed)
        self.ask.setEnabled(bool(draft.lines) and draft.is_changed)
        self.paper.setEnabled(draft.latest is not None and not draft.is_changed)
        self._keeper.soon()
        self.keys_changed.emit()

    # -- asking and answering --------------------
    def _save(self) -> None:
        """Ctrl+Enter: the form that is open, else the question."""
        now = focused()
        if self.lines.form.isVisible():
            self.lines.form.submit()
        elif now is not None and self.answer.isAncestorOf(now):
            self.answer.submit()
        elif self.ask.isEnabled():
            self._ask()

    def _ask(self) -> None:
        draft = self.lines.draft
        command = AskEstimate(
            number=self.presenter.number,
            lines=tuple(draft.lines),
            seen_version=draft.seen_version,
        )
        self.ask.set_saving(True)
        self.presenter.do(lambda shop, actor: shop.estimates.ask(actor, command), self._asked, self._refused)

    def _asked(self, made: Estimate) -> None:
        self.ask.set_saving(False)
        words = self.tr("{number}: estimate {n} asks for {total}")
        if made.status == "approved":
            words = self.tr("{number}: estimate {n}, {total}, is within what was approved")
        total = self.session.wording.price(made.total_minor)
        number = self.presenter.number
        self.shell.notices.toast(words.format(number=number, n=made.version, total=total))
        self.lines.begin(EstimateDraft())
        self.lines.draft.seen_version = made.version  # an answer may be noted before it is read again
        self._keeper.forget()
        self.notice.hide()
        self.read()
        self.lines.table.setFocus()

    def _refused(self, error: Exception) -> None:
        self.ask.set_saving(False)
        self.answer.set_saving(False)
        field = self.answer.field(error.field or "") if isinstance(error, PosappError) else None
        if field is not None and self.answer.isVisible() and isinstance(error, PosappError):
            self.answer.show_error(error)
        else:
            self.notice.show_message(Message(sentence_of(error), "danger"))
        self._weigh()
        if code_of(error) == "changed_elsewhere":
            self.read()

    def _approve(self) -> None:
        form, limit = self.answer, self.answer.limit.value()
        command = ApproveEstimate(
            number=self.presenter.number,
            by=form.by.value(),
            how=form.how.value(),
            limit_minor=limit.minor if limit else None,
            seen_version=self.lines.draft.seen_version,
        )
        number = command.number

        def work(shop: "Shop", actor: "Actor") -> "tuple[Estimate, Paying | None]":
            tells_money = actor.may(Permission.ORDER_READ) and actor.may(Permission.BOOKING_READ)
            made = shop.estimates.approve(actor, command)
            return made, shop.counter.paying(actor, number) if tells_money else None

        def done(answer: "tuple[Estimate, Paying | None]") -> None:
            self._said_answer(answer[0], self.tr("approved"), self._deposit_step(answer[1]))

        self._send_answer(work, done)

    def _deposit_step(self, paying: "Paying | None") -> Step | None:
        """The shop asks for a deposit with the yes."""
        if paying is None or not paying.deposit_minor:
            return None
        words = self.tr("Take a deposit of {price}")
        price = self.session.wording.price(paying.deposit_minor)
        wanted = deposit_for(paying)
        return Step(words.format(price=price), partial(self.shell.leave_for, "sell", wanted))

    def _take_payment(self) -> None:
        if self.presenter.number:
            self._taking.take(self.presenter.number)

    def _decline(self) -> None:
        form = self.answer
        command = DeclineEstimate(
            number=self.presenter.number,
            by=form.by.value(),
            how=form.how.value(),
            reason=form.reason.value(),
            seen_version=self.lines.draft.seen_version,
        )
        declined = self.tr("declined")
        self._send_answer(
            lambda shop, actor: shop.estimates.decline(actor, command),
            lambda made: self._said_answer(made, declined),
        )

    def _send_answer(self, work: Asked, done: Callable[[Any], None]) -> None:
        self.answer.set_saving(True)
        self.presenter.do(work, done, self._refused)

    def _said_answer(self, made: Estimate, word: str, step: Step | None = None) -> None:
        self.answer.set_saving(False)
        words = self.tr("{number}: estimate {n} {answer}")
        number = self.presenter.number
        self.shell.notices.toast(words.format(number=number, n=made.version, answer=word), step=step)
        self.read()
        self.lines.table.setFocus()

    def _print(self) -> None:
        if self.paper.isEnabled():
            wanted = PaperOf(number=self.presenter.number, kind=PaperKind.ESTIMATE)
            self.shell.show_page("preview", wanted)

"""The hand-back: the last page of a repair. `show_page("hand_back", "T12")`."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget

from posapp.domain.papers.documents import PaperKind
from posapp.domain.repairs.loaners import Loan
from posapp.domain.repairs.tickets import Outcome, Ticket
from posapp.services.papers.content import PaperOf
from posapp.services.repairs.tickets import HandBack
from posapp.services.repairs.whole_ticket import WholeTicket
from posapp.ui.actions import Action, hint
from posapp.ui.fields import Form, TextField
from posapp.ui.focus_filter import focused
from posapp.ui.layout import STRETCH, at, columns, held, rows, sides, wide
from posapp.ui.presenter import code_of, sentence_of
from posapp.ui.preview.print_watch import paper_order, print_watch
from posapp.ui.sell.money_panel import MoneyPanel
from posapp.ui.session import Session
from posapp.ui.tab_order import chain, stops_in
from posapp.ui.theme import theme
from posapp.ui.tickets.hand_back.devices import DeviceTicks
from posapp.ui.tickets.loaner_panel import LoanerPanel
from posapp.ui.tickets.signature import SignaturePad
from posapp.ui.tickets.ticket_page import TicketPage
from posapp.ui.tickets.words import outcome_words
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.choices import ChipGroup, Choice, Segmented
from posapp.ui.widgets.labels import label
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.window.ask_bar import AskBar
from posapp.ui.window.notices import Step
from posapp.ui.window.shell import Shell


class HandBackForm(Form):
    """Everything that is asked when devices leave."""

    def __init__(self) -> None:
        super().__init__()
        self.devices = DeviceTicks()
        self.outcome = Segmented([Choice(one.value, outcome_words(one)) for one in Outcome], name="")
        self.outcome.setAccessibleName(self.tr("How it ended"))
        self.outcome.set_current(Outcome.REPAIRED.value)
        self.people = ChipGroup(name=self.tr("People of this customer"))
        taker = TextField("to", self.tr("Who takes it"), missing=self.tr("Say who takes the device."))
        self.to = self.add_field(taker)
        self.reason = self.add_field(TextField("reason", self.tr("Note"), placeholder=self.tr("Optional")))
        self.pad = SignaturePad()
        self.wipe = button(self.tr("Clear"), kind="quiet", size="s", run=self.pad.clear)
        self.wipe.setEnabled(False)
        rows(
            self._group(self.tr("Devices"), self.devices),
            self._group(self.tr("How it ended"), self.outcome),
            rows(self.to, self.people, gap=6),
            self.reason,
            self._group(self.tr("Signature"), self.pad),
            at(Qt.AlignmentFlag.AlignLeading, self.wipe),
            gap=14,
            pad=(16, 14, 16, 16),
            host=self,
        )
        self.outcome.chosen.connect(lambda key: self.devices.show_usual(Outcome(key)))
        self.people.chosen.connect(self.to.set_text)
        self.to.edited.connect(lambda: self.people.set_current(self.to.text()))
        self.pad.changed.connect(lambda: self.wipe.setEnabled(not self.pad.is_empty))

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in reading order."""
        parts = (self.outcome, self.to, self.people, self.reason, self.pad, self.wipe)
        return [*self.devices.stops(), *parts]

    def _group(self, title: str, part: QWidget) -> QLayout:
        return rows(label(title, "small", tone="text2", weight=500), part, gap=6)

    def show_people(self, people: list[str], *, is_first: bool) -> None:
        """Who may take it, the likeliest first; proposed for a ticket that is shown `is_first`."""
        self.people.set_choices([Choice(name, name) for name in people])
        self.people.setVisible(len(people) > 1)
        if is_first:
            self.unsettle_save()
            if self.to.is_empty() and people:
                self.to.set_text(people[0])
            if self.devices.is_cancelled():
                self._all_ended(Outcome.NOT_REPAIRED)
            self.to.editor.selectAll()  # type: ignore[union-attr]  # a line, not a note
        self.people.set_current(self.to.text())

    def empty(self) -> None:
        """For another ticket."""
        self.to.set_text("")
        self.reason.set_text("")
        self.pad.clear()
        self._all_ended(Outcome.REPAIRED)
        self.clear_problems()

    def _all_ended(self, outcome: Outcome) -> None:
        self.outcome.set_current(outcome.value)
        self.devices.show_usual(outcome)


class HandBackPage(TicketPage):
    """Ctrl+Enter hands over. A loaner that is still out is said first, with *Take it back*.

    What is still owed is refused; *Hand over unpaid* then asks why, and a manager if that is not one's own.
    """

    subjects = frozenset({"ticket", "customer", "loaner", "order", "payment"})

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell, session)
        self.form = HandBackForm()
        self._about = label("", "body", tone="text2")
        self.loaners = LoanerPanel(session.wording)
        self.loaners.hide()
        self._unpaid = self._owed = ""
        self.save = button(
            self.tr("Hand over"), kind="primary", size="l", icon="check-check", key="Ctrl+Return"
        )
        self.form.set_save_button(self.save)
        self.money = MoneyPanel(shell, session, takes_deposits=False, hands_back=True)
        self._cancel = button(self.tr("Cancel"), kind="quiet", size="l", key="Esc", run=self.leave)
        self.unpaid = button(self.tr("Hand over unpaid"), size="l", key="Alt+U", run=self._ask_unpaid)
        self.unpaid.hide()
        self._lay_out()
        self.ask = AskBar(self)
        self.setMinimumWidth(theme().px(480))
        self.form.accepted.connect(self._hand_over)
        self.form.devices.changed.connect(self._weigh)
        self.loaners.back_asked.connect(self._take_back)

    def _lay_out(self) -> None:
        card = Card()
        card.body.addWidget(Scroller(held(rows(self.form, STRETCH))))
        does = held(columns(self.save, self.unpaid, self._cancel, gap=10))
        foot = sides(wide(self.money), at(Qt.AlignmentFlag.AlignBottom, does), gap=12)
        above = (self.head(self._about), self.notice, self.loaners)
        parts = (*above, wide(card), self.form.summary, foot)
        host = held(rows(*parts, gap=12))
        host.setMaximumWidth(theme().px(760))
        columns(STRETCH, wide(host, 20), STRETCH, pad=16, host=self)

    # -- the window's questions --------------------
    def title(self) -> str:
        """What the top bar says."""
        return self.tr("Hand over")

    def own_actions(self) -> tuple[Action, ...]:
        """Ctrl+Enter from everywhere on the page."""
        return (
            Action("hand_back_save", self.tr("Hand over"), "Ctrl+Return", self.form.submit),
            Action("hand_back_pay", self.tr("Take payment"), "F9", self._take_payment),
            Action(
                "hand_back_unpaid",
                self.tr("Hand over unpaid"),
                "Alt+U",
                self._ask_unpaid,
                when=lambda: not self.unpaid.isHidden(),
            ),
            hint("Space", self.tr("Tick a device")),
            hint("Alt+1…3", self.tr("How it ended")),
            hint("Esc", self.tr("Back")),
        )

    def first_field(self) -> QWidget | None:
        """Who takes it: the rest is usually right."""
        return self.form.to.editor

    def activated(self, payload: object = None) -> None:
        """Whoever takes it is proposed anew each time it is asked for."""
        if payload:
            self.whole = None
        super().activated(payload)

    # -- reading --------------------
    def begin_another(self) -> None:
        """The form is emptied."""
        self.ask.dismiss()
        self.unpaid.hide()
        self.form.empty()

    def read_failed(self, error: Exception) -> None:
        """Why, before everything else."""
        super().read_failed(error)
        self._order_tabs()

    def show_whole(self, whole: WholeTicket, *, is_first: bool) -> None:
        """Its devices, and who may take them."""
        ticket, wording = whole.ticket, self.session.wording
        self._about.setText(wording.phone(ticket.phone) if ticket.phone else "")
        self.form.devices.show_ticket(whole, wording)
        names = [ticket.contact_name, ticket.customer_name, *(one.name for one in whole.contacts)]
        self.form.show_people(list(dict.fromkeys(filter(None, names))), is_first=is_first)
        self._weigh()

    def _order_tabs(self) -> None:
        """As it is read; devices, people and notices come and go."""
        above = (*stops_in(self.notice), *stops_in(self.loaners))
        chain([*above, *self.form.stops(), *stops_in(self.money), self.save, self.unpaid, self._cancel])

    def _weigh(self) -> None:
        """What keeps the devices here is said before the button is pressed."""
        whole = self.whole
        if whole is None:
            return
        blocks = bool(whole.out) and self.form.devices.leaves_all()
        self.loaners.setVisible(bool(whole.out))
        self.loaners.show_loans(whole.out, (), may_lend=False)
        if blocks:
            self.notice.say(self.tr("The loaner must be back before the last device leaves."), "warning")
        elif not self.form.devices.positions():
            self.notice.say(self.tr("Nothing is chosen. Only devices that are ready can leave."), "info")
        else:
            self.notice.hide()
        leaving = self.form.devices.positions()
        self.money.show_number(whole.ticket.number, self._order_tabs, leaving=leaving)
        self._order_tabs()

    # -- doing --------------------
    def _take_back(self, loan: Loan) -> None:

        def done(_loan: object) -> None:
            self.shell.notices.toast(self.tr("{name} is back").format(name=loan.name))
            self.read()
            self.form.to.editor.setFocus()

        self.presenter.do(lambda shop, actor: shop.loaners.back(actor, loan.id), done, self.read_failed)

    def _take_payment(self) -> None:
        """To the sale, with what the ticket still asks for; what is typed here stays."""
        self.money.take()

    def choose(self, number: int) -> bool:
        """Alt+1 to Alt+3: how the device that the cursor is at ended, else all of them."""
        now = focused()
        mine = [self.form.people, *(row.outcome for row in self.form.devices.rows.values())]
        held_by = (one for one in mine if now is not None and one.isAncestorOf(now))
        return next(held_by, self.form.outcome).choose_number(number)

    def escape(self) -> bool:
        """Close the question."""
        return self.ask.close_bar()

    def _ask_unpaid(self) -> None:
        """Why the devices leave though money is owed; offered once that was refused."""
        words = self.tr("{sentence} Why do the devices leave unpaid?").format(sentence=self._owed)
        self.ask.say(words, answer=self._leave_unpaid, word=self.tr("Hand over unpaid"))

    def _leave_unpaid(self, why: str) -> None:
        self._unpaid = why
        self.form.to.editor.setFocus()  # the question is gone: what is asked next gives the focus back here
        self.form.submit()

    def _hand_over(self) -> None:
        unpaid, self._unpaid = self._unpaid, ""
        if self.whole is None:
            return
        positions = self.form.devices.positions()
        if not positions:
            self.form.summary.say(self.tr("Choose a device that is ready."), "danger")
            return
        command = HandBack(
            number=self.presenter.number,
            outcome=Outcome(self.form.outcome.current()),
            to=self.form.to.value(),
            positions=positions,
            apart=self.form.devices.apart(),
            signature=self.form.pad.png(),
            reason=self.form.reason.value(),
            output=paper_order(self.session),
        )
        self.form.set_saving(True)
        self.presenter.do(
            lambda shop, actor: shop.counter.hand_back(actor, command, unpaid=unpaid).ticket,
            self._done,
            self._refused,
        )

    def _refused(self, error: Exception) -> None:
        self.form.refuse(error)
        if code_of(error) == "money_owed":
            self._owed = sentence_of(error)
            self.unpaid.show()
            self.keys_changed.emit()
        self.read()

    def _done(self, ticket: Ticket) -> None:
        self.form.set_saving(False)
        self.form.settle_save()
        paper = PaperOf(number=ticket.number, kind=PaperKind.HAND_BACK)
        shell = self.shell
        if self.session.till.slip_output != "none":
            print_watch(shell).give_out(ticket.number)
        words = self.tr("{number}: handed over to {who}")
        shell.notices.toast(
            words.format(number=ticket.number, who=self.form.to.text()),
            step=Step(self.tr("Show the paper"), lambda: shell.show_page("preview", paper)),
        )
        self.begin_another()
        self.presenter.number, self.whole = "", None
        self.leave()

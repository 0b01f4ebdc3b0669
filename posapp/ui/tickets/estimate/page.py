"""The estimate of a ticket: lines, versions, the customer's answer. `show_page("estimate", "T12")`."""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from posapp.domain.base.errors import PosappError
from posapp.domain.repairs.tickets import StateGroup
from posapp.services.base.drafts import mark_of, number_of
from posapp.services.whole_ticket import WholeTicket
from posapp.ui.actions import KeyWord
from posapp.ui.focus_filter import focused
from posapp.ui.session import Session
from posapp.ui.theme import theme
from posapp.ui.tickets.estimate.answer import AnswerForm
from posapp.ui.tickets.estimate.keeper import EstimateKeeper, Written
from posapp.ui.tickets.estimate.line_form import LineForm
from posapp.ui.tickets.estimate.lines import LinesTable
from posapp.ui.tickets.estimate.presenter import Draft, DraftLine, put_line
from posapp.ui.tickets.estimate.versions import VersionsCard
from posapp.ui.tickets.sheet_presenter import TicketPresenter
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.labels import Elided, PlBadge, label, line
from posapp.ui.window.notice_bar import NoticeBar
from posapp.ui.window.notices import Message, Step
from posapp.ui.window.page import Page
from posapp.ui.window.shell import Shell
from posapp.ui.window.undo import at_once
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable

    from posapp.domain.base.actor import Actor
    from posapp.domain.base.journal import Change
    from posapp.domain.repairs.estimates import Estimate
    from posapp.domain.repairs.parts import Item
    from posapp.services.desks import Shop


class EstimatePage(Page):
    """Ctrl+L adds a line, Ctrl+Enter asks the customer, Alt+Y and Alt+N note the answer."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell)
        self._session = session
        self._presenter: TicketPresenter | None = None
        self.whole: WholeTicket | None = None
        self.draft = Draft()
        self._edited: int | None = None
        self._items: dict[int, Item] = {}
        self._keeper = EstimateKeeper(session, self._written, self)
        self.table = LinesTable(self._wording)
        self.table.pressed_key.connect(self._pressed)
        self.notice = NoticeBar()
        self.form = LineForm(self._wording)
        self.form.hide()
        self.form.made.connect(self._made)
        self.form.closed.connect(self.close_form)
        self.form.edited.connect(self._keeper.soon)
        self.answer = AnswerForm(self._wording)
        self.answer.approved.connect(self._approve)
        self.answer.declined.connect(self._decline)
        self._versions = VersionsCard(self.answer, self._wording)
        self._person, self._badge = Elided("", "title"), PlBadge("")
        self._total = label("", "figure", weight=700)
        self._limit = label("", "small", tone="text2")
        self.add = button(self.tr("Add a line"), size="s", icon="plus", key="Ctrl+L", run=self.add_line)
        self.ask = button(
            self.tr("Ask the customer"), kind="primary", size="l", icon="message-square", key="Ctrl+Return"
        )
        self.ask.clicked.connect(lambda _checked=False: self._ask())
        self.paper = button(self.tr("Print"), size="l", icon="printer", key="Ctrl+P", run=self._print)
        self._lay_out()
        session.feed.changed.connect(self._changed)
        self._bind_keys()

    @property
    def _wording(self) -> Wording:
        return Wording.of(self._session.catalogue.business)

    def _lay_out(self) -> None:
        px = theme().px
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(self._badge)
        head.addWidget(self._person, 1)
        lines = Card(self.tr("Lines"))
        lines.head.addWidget(self.add)
        lines.body.addWidget(self.table, 1)
        lines.body.addWidget(self.form)
        sums = QHBoxLayout()
        sums.setContentsMargins(px(16), px(10), px(16), px(10))
        sums.addWidget(self._limit, 1)
        sums.addWidget(label(self.tr("Total"), "field", weight=600))
        sums.addSpacing(px(12))
        sums.addWidget(self._total)
        lines.body.addWidget(line())
        lines.body.addLayout(sums)
        foot = QHBoxLayout()
        foot.setSpacing(px(10))
        foot.addWidget(self.ask)
        foot.addWidget(self.paper)
        foot.addWidget(button(self.tr("Back"), kind="quiet", size="l", key="Esc", run=self._leave))
        foot.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(px(12))
        left.addLayout(head)
        left.addWidget(self.notice)
        left.addWidget(lines, 1)
        left.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(16), px(16), px(16))
        row.setSpacing(px(16))
        row.addLayout(left, 1)
        row.addWidget(self._versions)

    # -- the window's questions --------------------
    def title(self) -> str:
        """What the top bar says."""
        return self.tr("Estimate")

    def subtitle(self) -> str:
        """Which ticket."""
        return self._presenter.number if self._presenter else ""

    def keys(self) -> list[KeyWord]:
        """What works here."""
        words = [
            KeyWord("Ctrl+L", self.tr("Add a line")),
            KeyWord("Return", self.tr("Change it")),
            KeyWord("Delete", self.tr("Take it off")),
            KeyWord("Ctrl+Return", self.tr("Ask the customer")),
            KeyWord("Ctrl+P", self.tr("Print")),
        ]
        if self.draft.waits:
            words[4:4] = [KeyWord("Alt+Y", self.tr("Approved")), KeyWord("Alt+N", self.tr("Declined"))]
        return words

    def _bind_keys(self) -> None:
        add = self.shell.shortcuts.add
        add("estimate_line", self.tr("Add a line"), "Ctrl+L", self.add_line, page="estimate")
        add("estimate_ask", self.tr("Ask the customer"), "Ctrl+Return", self._save, page="estimate")
        add("estimate_print", self.tr("Print the estimate"), "Ctrl+P", self._print, page="estimate")
        add("estimate_yes", self.tr("Approved"), "Alt+Y", self.answer.submit, page="estimate")
        add("estimate_no", self.tr("Declined"), "Alt+N", self.answer.decline, page="estimate")

    def first_field(self) -> QWidget | None:
        """The line that is being written, else the lines."""
        return self.form.text_of.editor if self.form.isVisible() else self.table

    def activated(self, payload: object = None) -> None:
        """Another ticket begins anew; the same one goes on with what was written."""
        if isinstance(payload, str) and payload:
            if self._presenter is None or self._presenter.number != payload:
                self._keeper.keep()
                self.draft, self.whole = Draft(), None
                self.form.hide()
            self._presenter = TicketPresenter(self._session, payload)
            self.notice.hide()
            self.title_changed.emit()
        self._read()
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
        return self.close_form()

    # -- reading --------------------
    def _read(self) -> None:
        if self._presenter is not None:
            self._presenter.whole(self._show, self._read_failed)

    def _read_items(self) -> None:
        if self._presenter is not None:
            self._presenter.do(
                lambda shop, actor: shop.parts.items(actor, limit=500),
                done=self._items_read,
                failed=lambda _error: None,
            )

    def _items_read(self, items: "list[Item]") -> None:
        self._items = {one.id: one for one in items}
        self.form.set_items(items)
        self.draft.know_items(self._items)

    def _changed(self, changes: "list[Change]") -> None:
        about = {change.subject for change in changes}
        if self.isVisible() and about & {"ticket", "customer"}:
            self._read()
        if self.isVisible() and "item" in about:
            self._read_items()

    def _read_failed(self, error: Exception) -> None:
        sentence = error.sentence if isinstance(error, PosappError) else self.tr("The ticket cannot be read.")
        self.notice.show_message(Message(sentence, "danger", (Step(self.tr("Try again"), self._read),)))

    def _show(self, whole: WholeTicket) -> None:
        if self._presenter is None or whole.ticket.number != self._presenter.number:
            return
        is_first, self.whole = self.whole is None, whole
        if is_first:
            self.draft = Draft.restored(self._keeper.of(self._mark))
        here = {
            job.position: job.device.name for job in whole.ticket.jobs if job.state.group != StateGroup.CLOSED
        }
        version_before = self.draft.latest
        if not self.draft.follow(
            whole.estimates, {job.position: job.device.name for job in whole.ticket.jobs}
        ):
            who = whole.estimates[0].created_by if whole.estimates else ""
            words = self.tr("{who} made another version. What you wrote is kept; ask to replace it.")
            step = Step(self.tr("Take theirs"), self._discard)
            self.notice.show_message(Message(words.format(who=who), "warning", (step,)))
        self.draft.know_items(self._items)
        self._badge.set_text(str(whole.ticket.pl_id))
        self._person.setText(whole.ticket.customer_name or str(whole.ticket.pl_id))
        self.form.set_devices(here)
        self._versions.show_versions(whole.estimates)
        latest = self.draft.latest
        if self.draft.waits and latest is not None and (version_before != latest or is_first):
            self.answer.begin(latest, whole.ticket.contact_name or whole.ticket.customer_name)
        self._show_lines()
        if is_first and not self._restored() and not self._offered() and not self.draft.lines and here:
            self.add_line()

    @property
    def _mark(self) -> str:
        return mark_of(self.whole.ticket, self.whole.ticket.number) if self.whole else ""

    def _offered(self) -> bool:
        """Lines that were written for a ticket which had this number before: say so, and whose they are."""
        before = self._keeper.of_another(self._mark)
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
        self._keeper.hand_over(before, self._mark)
        self.whole = None
        self.notice.hide()
        self._read()

    def _give_up(self, before: str) -> None:
        self._keeper.forget(before)
        self.notice.hide()

    def _written(self) -> Written | None:
        """What a crash must not take."""
        if self._presenter is None or self.whole is None:
            return None
        values: dict[str, Any] = dict(self.draft.kept())
        if self.form.isVisibleTo(self) and not self.form.text_of.is_empty():
            values |= {"line": self.form.snapshot(), "place": self._edited}
        return self._mark, values

    def _restored(self) -> bool:
        """Say that what was written before is here again; False if nothing was."""
        half = self._keeper.of(self._mark).get("line")
        if isinstance(half, dict):
            place = self._keeper.of(self._mark).get("place")
            if isinstance(place, int) and place < len(self.draft.lines):
                self._open_form(place, self.draft.lines[place])
            else:
                self.add_line()
            self.form.restore(half)
        if not half and not self.draft.is_changed:
            return False
        if not self.notice.isVisibleTo(self):
            step = Step(self.tr("Discard"), self._discard)
            self.notice.show_message(Message(self.tr("Draft restored"), "info", (step,)))
        return True

    def _discard(self) -> None:
        """Back to the newest version, or to nothing."""
        self.form.hide()
        self.draft.discard()
        self.notice.hide()
        self._show_lines()
        self.table.setFocus()

    def _show_lines(self) -> None:
        several = self.whole is not None and len(self.whole.ticket.jobs) > 1
        self.table.show_lines(self.draft.lines, with_device=several)
        self._total.setText(self._wording.price(self.draft.total_minor))
        self._weigh()
        self._keeper.soon()
        self.keys_changed.emit()

    def _weigh(self) -> None:
        draft, limit = self.draft, self.draft.limit_minor()
        self._versions.set_waiting(draft.waits and not draft.is_changed)
        self.ask.setEnabled(bool(draft.lines) and draft.is_changed)
        self.paper.setEnabled(draft.latest is not None and not draft.is_changed)
        words = ""
        if limit is not None and draft.is_changed:
            shown = self._wording.price(limit)
            within = draft.total_minor <= limit
            words = self.tr("Within the {limit} that were approved") if within else ""
            words = words or self.tr("Above the {limit} that were approved: this asks again")
            words = words.format(limit=shown)
        self._limit.setText(words)

    # -- lines --------------------
    def add_line(self) -> None:
        """Open the form for a new line."""
        self._open_form(None, None)

    def _open_form(self, place: int | None, line_shown: DraftLine | None) -> None:
        self._edited = place
        self.form.show()
        self.form.begin(line_shown)

    def close_form(self) -> bool:
        """Close the form; False if it was not open."""
        if self.form.isHidden():
            return False
        self.form.hide()
        self._keeper.soon()
        self.table.setFocus()
        return True

    def _pressed(self, what: str) -> None:
        place = self.table.currentIndex().row()
        if not 0 <= place < len(self.draft.lines):
            return
        taken = self.draft.lines[place]
        if what == "edit":
            self._open_form(place, taken)
            return
        self.draft.lines.pop(place)
        self._show_lines()
        draft = self.draft

        def back() -> None:
            draft.lines.insert(place, taken)
            self._show_lines()

        def forth() -> None:
            if taken in draft.lines:
                draft.lines.remove(taken)
            self._show_lines()

        words = self.tr("{text} taken off").format(text=taken.text)
        self.shell.notices.toast(words, undo=at_once(back), redo=at_once(forth))

    def _made(self, made: DraftLine) -> None:
        at = put_line(self.draft.lines, self._edited, made)
        self.close_form()
        self._show_lines()
        self.table.choose(at)

    # -- asking and answering --------------------
    def _save(self) -> None:
        """Ctrl+Enter: the form that is open, else the question."""
        now = focused()
        if self.form.isVisible():
            self.form.submit()
        elif now is not None and self.answer.isAncestorOf(now):
            self.answer.submit()
        elif self.ask.isEnabled():
            self._ask()

    def _ask(self) -> None:
        from posapp.services.repairs.estimates import AskEstimate

        if self._presenter is None:
            return
        command = AskEstimate(
            number=self._presenter.number,
            lines=tuple(one.asked() for one in self.draft.lines),
            seen_version=self.draft.seen_version,
        )
        self.ask.set_saving(True)
        self._presenter.do(
            lambda shop, actor: shop.estimates.ask(actor, command), done=self._asked, failed=self._refused
        )

    def _asked(self, made: "Estimate") -> None:
        self.ask.set_saving(False)
        number = self._presenter.number if self._presenter else ""
        words = self.tr("{number}: estimate {n} asks for {total}")
        if made.status == "approved":
            words = self.tr("{number}: estimate {n}, {total}, is within what was approved")
        total = self._wording.price(made.total_minor)
        self.shell.notices.toast(words.format(number=number, n=made.version, total=total))
        self.draft = Draft()
        self.draft.seen_version = made.version  # an answer may be noted before it is read again
        self._keeper.keep()
        self.notice.hide()
        self._read()
        self.table.setFocus()

    def _refused(self, error: Exception) -> None:
        self.ask.set_saving(False)
        self.answer.set_saving(False)
        sentence = error.sentence if isinstance(error, PosappError) else self.tr("That did not work.")
        if (
            isinstance(error, PosappError)
            and self.answer.isVisible()
            and self.answer.field(error.field or "")
        ):
            self.answer.show_error(error)
        else:
            self.notice.show_message(Message(sentence, "danger"))
        self._weigh()
        if isinstance(error, PosappError) and error.code == "changed_elsewhere":
            self._read()

    def _approve(self) -> None:
        if self._presenter is not None:
            command = self.answer.yes_command(self._presenter.number, self.draft.seen_version)
            self._answered(lambda shop, actor: shop.estimates.approve(actor, command), self.tr("approved"))

    def _decline(self) -> None:
        if self._presenter is not None:
            command = self.answer.no_command(self._presenter.number, self.draft.seen_version)
            self._answered(lambda shop, actor: shop.estimates.decline(actor, command), self.tr("declined"))

    def _answered(self, work: "Callable[[Shop, Actor], Estimate]", word: str) -> None:
        presenter = self._presenter
        assert presenter is not None  # there is a question
        self.answer.set_saving(True)

        def done(made: "Estimate") -> None:
            self.answer.set_saving(False)
            words = self.tr("{number}: estimate {n} {answer}")
            self.shell.notices.toast(words.format(number=presenter.number, n=made.version, answer=word))
            self._read()
            self.table.setFocus()

        presenter.do(work, done=done, failed=self._refused)

    def _print(self) -> None:
        from posapp.domain.papers.documents import PaperKind
        from posapp.services.papers.paper_content import PaperOf

        if self._presenter is not None and self.paper.isEnabled():
            wanted = PaperOf(number=self._presenter.number, kind=PaperKind.ESTIMATE)
            self.shell.show_page("preview", wanted)

    def _leave(self) -> None:
        if not self.shell.back():
            self.shell.show_page("tickets")

"""X and Z in the side sheet: an open drawer as it is now, or a closed one with what was verified since."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from posapp.domain.papers.documents import PaperSize
from posapp.services.papers.content import PaperOf
from posapp.services.selling.shifts import Reading
from posapp.ui.actions import Action, Keys, hint
from posapp.ui.alive import while_alive
from posapp.ui.fields import Form, MoneyField
from posapp.ui.layout import STRETCH, held, refill, rows, wide
from posapp.ui.presenter import Presenter, sentence_of
from posapp.ui.preview.print_watch import paper_output
from posapp.ui.session import Session
from posapp.ui.shift.facts import (
    FactLine,
    FactRows,
    OutcomeBand,
    drawer_lines,
    outcome_of,
    takings_lines,
    tender_lines,
)
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import label, line
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.window.notice_bar import NoticeBar
from posapp.ui.window.notices import Message, Step
from posapp.ui.window.shell import Shell
from posapp.ui.wording import Wording

SHOWN = 3
"""So many of those who verified it are named, the latest ones."""


class ReadingSheet(QWidget):
    """Base of both: the notice on top, the facts, which scroll, and the buttons at the foot."""

    left = Signal()
    """The sheet went out of sight."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__()
        self.shell, self.session = shell, session
        self.presenter = Presenter(session)
        self.notice = NoticeBar()
        self.about, self.facts, self.tenders, self.takings = FactRows(), FactRows(), FactRows(), FactRows()
        self.body: QVBoxLayout = rows(self.about, line(), self.facts, gap=8, pad=(16, 4, 16, 12))
        self.foot: QVBoxLayout = rows(gap=8, pad=(16, 12, 16, 16))
        inner = Scroller(held(rows(self.body, STRETCH, gap=0)))
        rows(held(rows(self.notice, pad=(16, 0))), wide(inner), line(), self.foot, gap=0, host=self)

    @property
    def wording(self) -> Wording:
        """How the shop writes."""
        return self.session.wording

    def read_failed(self, error: Exception) -> None:
        """Why there is nothing to see, and the way to try again."""
        self.notice.offer_again(sentence_of(error, self.tr("This cannot be read.")), self.read)

    def read(self) -> None:
        """Read it anew."""
        raise NotImplementedError

    def own_actions(self) -> tuple[Action, ...]:
        """What the key bar says of it."""
        raise NotImplementedError

    def give_out(self) -> None:
        """Ctrl+P: what is shown goes to paper."""
        raise NotImplementedError

    def front_keys(self) -> Keys:
        """What the keys do while the sheet is open."""
        return {"Ctrl+P": self.give_out}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Over a screen that prints nothing the key comes here."""
        if event.key() == Qt.Key.Key_P and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.give_out()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Its keys are over, unless only the window is covered."""
        super().hideEvent(event)
        if self.isHidden():
            self.left.emit()


class XSheet(ReadingSheet):
    """An open drawer as it is now; it can be printed as often as somebody likes."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell, session)
        self.print = button(
            self.tr("Print X"), kind="primary", size="l", icon="printer", key="Ctrl+P", run=self.give_out
        )
        self.print.setEnabled(False)
        self.body.addWidget(self.tenders)
        self.body.addWidget(self.takings)
        self.foot.addWidget(self.print)
        self.setFocusProxy(self.print)
        self.read()

    def own_actions(self) -> tuple[Action, ...]:
        """What the key bar says of it."""
        return (hint("Ctrl+P", self.tr("Print X")), hint("Esc", self.tr("Close")))

    def read(self) -> None:
        """Read the drawer as it is now."""
        done, failed = while_alive(self, self._show), while_alive(self, self.read_failed)
        self.presenter.read(lambda shop, actor: shop.shifts.x(actor), done, failed)

    def _show(self, reading: Reading) -> None:
        wording, shift = self.wording, reading.shift
        self.notice.hide()
        self.about.show_lines(
            (
                FactLine(self.tr("Opened"), wording.moment(shift.opened_at)),
                FactLine(self.tr("By"), shift.opened_by),
                FactLine(self.tr("Now"), wording.moment(wording.clock.now())),
            )
        )
        self.facts.show_lines(drawer_lines(reading, wording))
        self.tenders.show_lines(tender_lines(reading, wording))
        self.takings.show_lines(takings_lines(reading, wording))
        self.print.setEnabled(True)
        self.print.setFocus()

    def give_out(self) -> None:
        """Print it and wait for the outcome; one that fails is as good the next time."""
        if not self.print.isEnabled():
            return
        output = paper_output(self.session, PaperSize(self.session.till.slip_paper))
        self.notice.hide()
        self.print.set_saving(True, self.tr("Printing"))
        self.presenter.do(
            lambda shop, actor: shop.shifts.print_x(actor, output.paper, output.printer),
            while_alive(self, self._printed),
            while_alive(self, self._not_printed),
            lane=self.session.lanes.paper,
        )

    def _printed(self, reading: Reading) -> None:
        self.print.set_saving(False)
        self._show(reading)
        self.shell.notices.status(self.tr("X report printed"), "success")

    def _not_printed(self, error: Exception) -> None:
        self.print.set_saving(False)
        words = self.tr("{problem} Nothing was changed.")
        words = words.format(problem=sentence_of(error, self.tr("The paper could not be made.")))
        self.notice.show_message(Message(words, "danger", (Step(self.tr("Print again"), self.give_out),)))
        self.print.setFocus()


class VerifyForm(Form):
    """What somebody else finds in the drawer when it is counted once more."""

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self.amount = self.add_field(
            MoneyField(
                "amount",
                self.tr("Counted once more"),
                wording=wording,
                missing=self.tr("Count the drawer once more and enter what is in it."),
            )
        )
        save = button(self.tr("Verified"), kind="primary", size="l", icon="check-check", key="Ctrl+Return")
        self.set_save_button(save)
        rows(self.amount, self.summary, save, gap=10, host=self)


class ZSheet(ReadingSheet):
    """A closed shift: it never changes; `verified` is told once somebody noted what the drawer held."""

    verified = Signal()

    def __init__(self, shell: Shell, session: Session, number: str) -> None:
        super().__init__(shell, session)
        self.number = number
        self.band = OutcomeBand()
        self.band.hide()
        self._more, self._verified = rows(gap=8), rows(gap=4)
        self.form = VerifyForm(session.wording)
        self.form.hide()
        self.form.accepted.connect(self._verify)
        self.body.addWidget(self.band)
        self.body.addWidget(self.tenders)
        self.body.addWidget(self.takings)
        self.body.addLayout(self._more)
        self.foot.addLayout(self._verified)
        self.foot.addWidget(self.form)
        self.paper = button(
            self.tr("Preview and print"), size="l", icon="printer", key="Ctrl+P", run=self.give_out
        )
        self.foot.addWidget(self.paper)
        self.setFocusProxy(self.paper)
        self.read()

    def own_actions(self) -> tuple[Action, ...]:
        """What the key bar says of it."""
        return (
            hint("Ctrl+Return", self.tr("Verified")),
            hint("Ctrl+P", self.tr("Preview and print")),
            hint("Esc", self.tr("Close")),
        )

    def give_out(self) -> None:
        """Show its paper, which prints as often as it is wanted."""
        self.shell.leave_for("preview", PaperOf(number=self.number))

    def read(self) -> None:
        """Read it with what was verified since."""
        number = self.number
        done, failed = while_alive(self, self._show), while_alive(self, self.read_failed)
        self.presenter.read(lambda shop, actor: shop.shifts.z(actor, number), done, failed)

    def _show(self, reading: Reading) -> None:
        wording, shift, closing = self.wording, reading.shift, reading.shift.closing
        assert closing is not None  # only a closed shift has a number
        self.notice.hide()
        opened, closed = wording.moment(shift.opened_at), wording.moment(closing.at)
        self.about.show_lines(
            (
                FactLine(shift.till, wording.day(shift.day)),
                FactLine(self.tr("Opened, {who}").format(who=shift.opened_by), opened),
                FactLine(self.tr("Closed, {who}").format(who=closing.by), closed),
            )
        )
        counted = FactLine(self.tr("Counted"), wording.price(closing.counted_minor))
        self.facts.show_lines((*drawer_lines(reading, wording), counted))
        self.band.show_outcome(outcome_of(closing.difference_minor, wording))
        self.band.show()
        self.tenders.show_lines(tender_lines(reading, wording))
        self.takings.show_lines(takings_lines(reading, wording))
        refill(self._more, self._further(reading))
        refill(self._verified, self._found(reading))
        self.form.setVisible(True)
        self.form.amount.editor.setFocus()

    def _further(self, reading: Reading) -> list[QWidget]:
        """The note, and what was counted piece by piece."""
        wording, closing = self.wording, reading.shift.closing
        assert closing is not None
        parts: list[QWidget] = []
        if closing.note:
            parts.append(label(self.tr("Note: {words}").format(words=closing.note), "body", wrap=True))
        if closing.pieces:
            told = ", ".join(f"{count}\u00a0×\u00a0{wording.piece(minor)}" for minor, count in closing.pieces)
            parts.append(label(told, "small", tone="text2", wrap=True))
        return parts

    def _found(self, reading: Reading) -> list[QWidget]:
        """What was found since by whoever counted once more; the newest is what counts, and stands last."""
        wording = self.wording
        parts: list[QWidget] = []
        for one in reading.verified[-SHOWN:]:
            words = self.tr("Verified by {who}, {when}: {amount}")
            when, amount = wording.moment(one.at), wording.price(one.amount_minor)
            said = label(
                words.format(who=one.by, when=when, amount=amount), "body", tone="success", wrap=True
            )
            parts.append(said)
        if not reading.verified:
            parts.append(label(self.tr("Nobody has verified it yet."), "body", tone="text2", wrap=True))
        return parts

    def _verify(self) -> None:
        number, amount = self.number, self.form.amount.value()
        assert amount is not None  # the field is required
        self.form.set_saving(True)
        self.presenter.do(
            lambda shop, actor: shop.shifts.verify(actor, number, amount.minor),
            while_alive(self, self._noted),
            while_alive(self, self.form.refuse),
        )

    def _noted(self, reading: Reading) -> None:
        self.form.set_saving(False)
        self.form.settle_save()
        self.form.amount.set_text("")
        self._show(reading)
        shown = self.wording.price(reading.verified[-1].amount_minor)
        words = self.tr("{number} verified: {amount}").format(number=self.number, amount=shown)
        self.shell.notices.toast(words)
        self.verified.emit()

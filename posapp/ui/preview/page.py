"""The preview: on the left what the paper is and what can be done with it, on the right that very PDF."""

from collections.abc import Callable
from datetime import date, time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from posapp.domain.documents import PaperSize
from posapp.domain.errors import PosappError
from posapp.ui.navigation import KeyWord, Page
from posapp.ui.notices import Message, Step
from posapp.ui.preview.paper_view import PageImage, PaperView
from posapp.ui.preview.presenter import PreviewPresenter, Shown
from posapp.ui.preview.print_watch import print_watch, slip_output
from posapp.ui.session import Session
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import Button, button, icon_button
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.choices import Choice, Segmented
from posapp.ui.widgets.labels import Elided, PlBadge, label, line
from posapp.ui.widgets.messages import IconLabel, NoticeBar
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from posapp.services.papers import JobLine

SIZES = (PaperSize.ROLL_80, PaperSize.ROLL_58, PaperSize.A4, PaperSize.LETTER)


class PreviewPage(Page):
    """Opened with a booking's number; Esc goes back to where it was asked for."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._presenter = PreviewPresenter(session)
        row = QHBoxLayout(self)
        px = theme().px
        row.setContentsMargins(px(16), px(16), px(16), px(16))
        row.setSpacing(px(16))
        row.addWidget(self._make_left())
        row.addWidget(self._make_right(), 1)

    # -- what is where -----------------------------------------------------------------------------------
    def _make_left(self) -> QWidget:
        px = theme().px
        self._left = card = Card()
        card.setFixedWidth(px(440))
        head = QVBoxLayout()
        head.setContentsMargins(px(20), px(18), px(20), px(16))
        head.setSpacing(px(6))
        self._kind = label(self.tr("Booking slip"), "body", tone="text2")
        self._number = label("", "amount")
        who = QHBoxLayout()
        who.setSpacing(px(10))
        self._badge = PlBadge("")
        self._name = Elided("", "strong")
        who.addWidget(self._badge)
        who.addWidget(self._name, 1)
        head.addWidget(self._kind)
        head.addWidget(self._number)
        head.addLayout(who)
        self._what = label("", "body", tone="text2", wrap=True)
        head.addWidget(self._what)
        card.body.addLayout(head)
        card.body.addWidget(line())
        card.body.addLayout(self._make_actions())
        self._notice = NoticeBar()
        card.body.addWidget(self._notice)
        self._jobs = QVBoxLayout()
        card.body.addLayout(self._jobs)
        card.body.addStretch(1)
        card.body.addWidget(line())
        foot = QVBoxLayout()
        foot.setContentsMargins(px(20), px(14), px(20), px(14))
        self._back = button(self.tr("Back"), key="Escape", icon="arrow-left", run=self._go_back)
        foot.addWidget(self._back)
        card.body.addLayout(foot)
        return card

    def _make_actions(self) -> QVBoxLayout:
        px = theme().px
        column = QVBoxLayout()
        column.setContentsMargins(px(20), px(14), px(20), px(14))
        column.setSpacing(px(8))
        state = QHBoxLayout()
        state.setSpacing(px(8))
        self._state_icon = IconLabel("printer", "text2", 18)
        self._state = label("", "small", weight=600, wrap=True)
        state.addWidget(self._state_icon, 0, Qt.AlignmentFlag.AlignTop)
        state.addWidget(self._state, 1)
        column.addLayout(state)
        self._print = button(
            self.tr("Print"), kind="primary", size="l", icon="printer", key="Ctrl+P", run=self._do_print
        )
        self._print_a4 = button(
            self.tr("Print on A4"), size="l", icon="file-text", key="Alt+A", run=self._do_print_a4
        )
        self._save = button(
            self.tr("Save as PDF"), size="l", icon="download", key="Ctrl+S", run=self._ask_where
        )
        for made in (self._print, self._print_a4, self._save):
            column.addWidget(made)
        return column

    def _make_right(self) -> QWidget:
        px = theme().px
        card = Card(self.tr("Preview"))
        words = {
            PaperSize.ROLL_80: "80 mm",
            PaperSize.ROLL_58: "58 mm",
            PaperSize.A4: "A4",
            PaperSize.LETTER: "Letter",
        }
        self._sizes = Segmented(
            [Choice(size.value, words[size]) for size in SIZES], name=self.tr("Paper"), ticks=True
        )
        self._sizes.chosen.connect(lambda key: self._open(self._presenter.number, PaperSize(key)))
        self._smaller = icon_button("minus", self.tr("Smaller"), key="Ctrl+-")
        self._larger = icon_button("plus", self.tr("Larger"), key="Ctrl++")
        self._zoom = label("", "small", tone="text2")
        self._zoom.setMinimumWidth(px(44))
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        card.head.addWidget(self._sizes)
        for widget in (self._smaller, self._zoom, self._larger):
            card.head.addWidget(widget)
        self._view = PaperView()
        self._smaller.clicked.connect(lambda: self._view.zoom_by(-1))
        self._larger.clicked.connect(lambda: self._view.zoom_by(1))
        self._view.zoom_changed.connect(lambda zoom: self._zoom.setText(f"{zoom} %"))
        self._view.wanted.connect(self._fetch)
        card.body.addWidget(self._view, 1)
        return card

    # -- the window's questions --------------------------------------------------------------------------
    def title(self) -> str:
        """What the top bar says."""
        return self.tr("Booking slip")

    def subtitle(self) -> str:
        """The number of the paper."""
        return self._presenter.number

    def keys(self) -> list[KeyWord]:
        """What works here."""
        return [
            KeyWord("Return", self.tr("Print")),
            KeyWord("Ctrl+S", self.tr("PDF")),
            KeyWord("Alt+1…4", self.tr("Paper")),
            KeyWord("Ctrl++", self.tr("Larger")),
            KeyWord("Esc", self.tr("Back")),
        ]

    def entered(self) -> None:
        """Bind the keys of this page."""
        add = self.shell.shortcuts.add
        add("print", self.tr("Print"), "Ctrl+P", self._do_print, page="preview")
        add("print_a4", self.tr("Print on A4"), "Alt+A", self._do_print_a4, page="preview")
        add("save_pdf", self.tr("Save as PDF"), "Ctrl+S", self._ask_where, page="preview")
        add("larger", self.tr("Larger"), ("Ctrl++", "Ctrl+="), lambda: self._view.zoom_by(1), page="preview")
        add("smaller", self.tr("Smaller"), "Ctrl+-", lambda: self._view.zoom_by(-1), page="preview")
        add("fit", self.tr("Fit the width"), "Ctrl+0", self._view.fit, page="preview")

    def first_field(self) -> QWidget | None:
        """The main button: Enter prints."""
        return self._print

    def activated(self, payload: object = None) -> None:
        """Show the paper of the booking with that number."""
        if isinstance(payload, str) and payload:
            self._open(payload, PaperSize(self._session.till.slip_paper))
        elif self._presenter.number:
            self._open(self._presenter.number, self._presenter.size)

    def compact_changed(self, is_compact: bool) -> None:
        """Narrow windows leave the paper more room."""
        self._left.setFixedWidth(theme().px(340 if is_compact else 440))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter prints, wherever the focus is on this page."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._do_print()
            return
        super().keyPressEvent(event)

    # -- showing -----------------------------------------------------------------------------------------
    def _open(self, number: str, size: PaperSize) -> None:
        self._presenter.open(number, size)
        self._sizes.set_current(size.value)
        self._number.setText(number)
        self._notice.hide()
        self._view.forget()
        self._show_state("")
        self._fetch(self._view.dpi())
        self._read_jobs()
        self.title_changed.emit()

    def _fetch(self, dpi: int) -> None:
        self._presenter.fetch(dpi, done=self._show, failed=self._failed)

    def _show(self, shown: Shown) -> None:
        document = shown.paper.document
        self._badge.set_text(document.pl_id)
        self._name.setText(document.customer_name or document.customer_phone)
        with_whom = self.tr("with {name}").format(name=document.with_whom)
        wording = Wording.of(self._session.catalogue.business)
        day, starts = date.fromisoformat(document.day), time.fromisoformat(document.starts)
        when = f"{wording.day(day)}, {wording.time(starts)}"
        self._what.setText(f"{document.service}\n{when} {with_whom}")
        self._print.setText(
            self.tr("Print")
            if not shown.paper.copies
            else self.tr("Print COPY {n}").format(n=shown.paper.copies + 1)
        )
        if not self._state.text():
            self._show_state(self._given_out(shown.paper.copies))
        pages = []
        for width, height, data in shown.pages:
            image = QImage(data, width, height, width * 4, QImage.Format.Format_RGBA8888).copy()
            pages.append(PageImage(image, shown.points(width), shown.points(height)))
        self._view.show_pages(pages)

    def _given_out(self, copies: int) -> str:
        if not copies:
            return self.tr("Not printed yet.")
        return self.tr("Given out once.") if copies == 1 else self.tr("Given out {n} times.").format(n=copies)

    def _show_state(self, words: str, tone: str = "text2") -> None:
        self._state.setText(words)
        self._state_icon.show_icon("printer", tone)

    def _failed(self, error: Exception) -> None:
        sentence = (
            error.sentence if isinstance(error, PosappError) else self.tr("The paper could not be shown.")
        )
        self._notice.show_message(Message(sentence, "danger", (Step(self.tr("Try again"), self._try_again),)))

    def _try_again(self) -> None:
        self._open(self._presenter.number, self._presenter.size)

    # -- printing ----------------------------------------------------------------------------------------
    def _do_print(self) -> None:
        self._start_print(self._presenter.size)

    def _do_print_a4(self) -> None:
        self._start_print(PaperSize.LETTER if self._presenter.size == PaperSize.LETTER else PaperSize.A4)

    def _start_print(self, size: PaperSize) -> None:
        if not self._presenter.number:
            return
        printer = slip_output(self._session, size).printer or self.tr("the usual printer")
        self._show_state(self.tr("Printing on {printer}").format(printer=printer), "info")
        print_watch(self.shell).print_slip(self._presenter.number, paper=size, done=self._printed)

    def _printed(self, job: "JobLine") -> None:
        if job.number != self._presenter.number:
            return
        if job.state == "done":
            at = self.shell.notices.messages()[0].at.strftime("%H:%M")
            printer = job.printer or self.tr("the usual printer")
            self._show_state(self.tr("Printed on {printer}, {at}").format(printer=printer, at=at), "success")
        else:
            self._show_state(self.tr("{problem} Nothing is lost.").format(problem=job.problem), "danger")
        self._presenter.forget()
        self._fetch(self._view.dpi())
        self._read_jobs()

    def _read_jobs(self) -> None:
        self._presenter.open_jobs(done=self._show_jobs, failed=self._failed)

    def _show_jobs(self, jobs: "list[JobLine]") -> None:
        while (item := self._jobs.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for job in jobs[:4]:
            self._jobs.addWidget(
                _WaitingPaper(job, again=partial(self._again, job), give_up=partial(self._give_up, job))
            )

    def _again(self, job: "JobLine") -> None:
        print_watch(self.shell).run_job(job.id, job.number, done=lambda _job: self._read_jobs())

    def _give_up(self, job: "JobLine") -> None:
        self._presenter.give_up(job.id, done=lambda _none: self._gave_up(), failed=self._failed)

    def _gave_up(self) -> None:
        print_watch(self.shell).refresh()
        self._read_jobs()

    # -- file, back --------------------------------------------------------------------------------------
    def _ask_where(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the paper"), f"{self._presenter.number}.pdf", self.tr("PDF (*.pdf)")
        )
        if name:
            self.save_as(Path(name))

    def save_as(self, path: Path) -> None:
        """Write the paper to that file; counts like a print."""
        self._presenter.save(path, done=self._saved, failed=self._failed)

    def _saved(self, path: Path) -> None:
        self._show_state(self.tr("Saved as {name}").format(name=path.name), "success")
        self._presenter.forget()
        self._fetch(self._view.dpi())

    def _go_back(self) -> None:
        self.shell.back()


class _WaitingPaper(QWidget):
    """A paper that could not be printed: why, and two ways on."""

    def __init__(self, job: "JobLine", *, again: Callable[[], object], give_up: Callable[[], object]) -> None:
        super().__init__()
        px = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(8), px(20), px(4))
        column.setSpacing(px(6))
        words = self.tr("{number} waits").format(number=job.number)
        said = label(f"{words}: {job.problem}" if job.problem else words, "small", tone="danger", wrap=True)
        column.addWidget(said)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self.again: Button = button(self.tr("Print again"), size="s", run=again)
        self.give_up: Button = button(self.tr("Give up"), size="s", kind="quiet", run=give_up)
        row.addWidget(self.again)
        row.addWidget(self.give_up)
        row.addStretch(1)
        column.addLayout(row)

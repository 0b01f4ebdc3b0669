"""The preview: on the left what the paper is and what can be done with it, on the right that very PDF."""

from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from posapp.domain.papers.documents import PaperKind, PaperSize
from posapp.ui.actions import Action, hint
from posapp.ui.file_dialogs import FileDialog
from posapp.ui.focus_filter import focused
from posapp.ui.layout import columns, put, rows, sides, space, top, wide
from posapp.ui.presenter import code_of, sentence_of
from posapp.ui.preview.paper_card import SIZES, PaperCard, sheet_of
from posapp.ui.preview.paper_view import PaperView, page_images
from posapp.ui.preview.presenter import PreviewPresenter, Shown
from posapp.ui.preview.print_watch import paper_output, print_watch, why_not_made
from posapp.ui.preview.title import PaperTitle, kind_name, paper_name
from posapp.ui.preview.waiting import WaitingPapers
from posapp.ui.session import Session
from posapp.ui.theme import set_look, theme
from posapp.ui.widgets.buttons import action_button, button
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.labels import label, line
from posapp.ui.widgets.messages import IconLabel, announce
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.window.notice_bar import NoticeBar
from posapp.ui.window.notices import Message, Step
from posapp.ui.window.page import Page
from posapp.ui.window.shell import Shell

if TYPE_CHECKING:
    from posapp.services.papers.content import PaperOf
    from posapp.services.papers.papers import JobLine

WIDE, NARROW = 440, 360


class PreviewPage(Page):
    """Opened with a number or a `PaperOf`; Esc goes back to where it was asked for."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell)
        self._session = session
        self._presenter = PreviewPresenter(session)
        self._watch = print_watch(shell)
        self._printing = ""
        self._failed_job: int | None = None  # to which the focus goes once it is listed: Enter tries again
        self._view = PaperView()
        sides(self._make_left(), wide(self._make_right()), gap=16, pad=16, host=self)
        self._watch.waiting_changed.connect(self._show_waiting)

    # -- what is where -----------------------------------------------------------------------------------
    def _make_left(self) -> QWidget:
        px = theme().px
        self._left = card = Card()
        card.setFixedWidth(px(WIDE))
        self._title = PaperTitle()
        self._notice = NoticeBar()
        self._waiting = WaitingPapers(self._again, self._give_up)
        self._waiting.emptied.connect(self.restore_focus)
        self._back = button(self.tr("Back"), key="Escape", size="l", icon="arrow-left", run=self.shell.back)
        foot = rows(self._back, pad=(20, 14))
        what = self._title, line(), self._notice, self._make_actions()
        put(card.body, *what, wide(Scroller(self._waiting)), line(), foot)
        return card

    def _make_actions(self) -> QVBoxLayout:
        self._state_icon = IconLabel("printer", "text2", 18)
        self._state = label("", "small", weight=600, wrap=True)
        state = columns(top(self._state_icon), wide(self._state), gap=8)
        prints, _paper, sheet, save, *_more = self.own_actions()
        self._print = action_button(prints, kind="primary", size="l")
        on_sheet = self.tr("Print on {paper}").format(paper=SIZES[self._sheet])
        self._print_sheet = action_button(sheet, words=on_sheet, size="l")
        self._save = action_button(save, size="l")
        return rows(state, space(2), self._print, self._print_sheet, self._save, gap=8, pad=(20, 14))

    def _make_right(self) -> QWidget:
        *_more, larger, smaller, _fit, _back = self.own_actions()
        self._card = PaperCard(self._view, larger, smaller)
        self._papers, self._labels = self._card.papers, self._card.labels
        self._card.turned.connect(self._turn_to)
        self._view.wanted.connect(self._fetch)
        return self._card

    def _turn_to(self, size: str) -> None:
        if self._presenter.wanted is not None:
            self._open(self._presenter.wanted, PaperSize(size))

    @property
    def _sheet(self) -> PaperSize:
        """The sheet of this shop's part of the world."""
        return sheet_of(self._session.region)

    # -- the window's questions --------------------------------------------------------------------------
    def title(self) -> str:
        """What the top bar says."""
        wanted = self._presenter.wanted
        return kind_name(wanted.what if wanted is not None else PaperKind.BOOKING_SLIP)

    def subtitle(self) -> str:
        """The number of the paper."""
        return self._presenter.number

    def own_actions(self) -> tuple[Action, ...]:
        """What is done with the paper."""
        tr, view, sheet, wanted = self.tr, self._view, self._do_print_sheet, self._presenter.wanted
        last = len((wanted.what if wanted is not None else PaperKind.BOOKING_SLIP).sizes)
        return (
            Action("print", tr("Print"), "Ctrl+P", self._do_print, "printer"),
            hint(f"Alt+1…{last}", tr("Paper")),
            Action("print_sheet", tr("Print on a sheet"), "Alt+A", sheet, "file-text", in_bar=False),
            Action("save_pdf", tr("Save as PDF"), "Ctrl+S", self._ask_where, "download", word=tr("PDF")),
            Action("larger", tr("Larger"), "Ctrl++ Ctrl+=", lambda: view.zoom_by(1), "plus"),
            Action("smaller", tr("Smaller"), "Ctrl+-", lambda: view.zoom_by(-1), "minus"),
            Action("fit", tr("Fit the width"), "Ctrl+0", view.fit, in_bar=False),
            hint("Esc", tr("Back")),
        )

    def first_field(self) -> QWidget | None:
        """The main button: Enter prints. While it prints, the paper."""
        return self._print if self._print.isEnabled() else self._view

    def choose(self, number: int) -> bool:
        """Alt+1 to Alt+4 turn to another paper; the focus stays, so that Enter still prints."""
        before = focused()
        was_chosen = super().choose(number)
        if was_chosen and before is not None:
            before.setFocus()
        return was_chosen

    def activated(self, payload: object = None) -> None:
        """Show the usual paper of the record with that number, or the one that a `PaperOf` names."""
        from posapp.services.papers.content import PaperOf

        if isinstance(payload, str) and payload:
            payload = PaperOf(number=payload)
        if isinstance(payload, PaperOf):
            usual, sizes = PaperSize(self._session.till.slip_paper), payload.what.sizes
            self._open(payload, usual if usual in sizes else sizes[0])
        else:
            self._read_again()

    def _read_again(self) -> None:
        if self._presenter.wanted is not None:
            self._open(self._presenter.wanted, self._presenter.size)

    def compact_changed(self, is_compact: bool) -> None:
        """Narrow windows leave the paper more room."""
        self._left.setFixedWidth(theme().px(NARROW if is_compact else WIDE))

    # -- showing -----------------------------------------------------------------------------------------
    def _open(self, wanted: "PaperOf", size: PaperSize) -> None:
        if wanted != self._presenter.wanted:
            self._title.show_number(wanted.number)
            self._say("")
        self._presenter.open(wanted, size)
        self._card.show_size(size)
        self._print_sheet.setVisible(size.is_roll)
        self._notice.hide()
        self._view.forget()
        self._fetch(self._view.dpi())
        self._show_waiting()
        self.title_changed.emit()

    def _fetch(self, dpi: int) -> None:
        self.shell.loading.begin(self.tr("Making the paper"))
        self._presenter.fetch(dpi, done=self._show, failed=self._failed)

    def _show(self, shown: Shown) -> None:
        self.shell.loading.end()
        document, copies = shown.paper.document, shown.paper.copies
        self._title.show_paper(document, self._session.wording)
        if not self._printing:
            words = self.tr("Print COPY {n}") if copies else self.tr("Print")
            self._print.setText(words.format(n=copies + 1))
        if not self._state.text():
            self._say(self._given_out(copies))
        self._view.show_pages(page_images(shown.pages, shown.dpi))

    def _given_out(self, copies: int) -> str:
        if not copies:
            return self.tr("Not given out yet")
        times = self.tr("Given out once") if copies == 1 else self.tr("Given out {n} times").format(n=copies)
        return self.tr("{times}. The next one says COPY {n}.").format(times=times, n=copies + 1)

    def _say(self, words: str, tone: str = "text2", icon: str = "printer") -> None:
        self._state.setText(words)
        set_look(self._state, tone=tone)
        self._state_icon.setVisible(bool(words))
        self._state_icon.show_icon(icon, tone)
        if tone != "text2":
            announce(self._state, words, urgent=tone == "danger")

    def _failed(self, error: Exception) -> None:
        self.shell.loading.end()
        sentence = sentence_of(error, self.tr("The paper could not be shown."))
        self._notice.offer_again(sentence, self._try_again)

    def _try_again(self) -> None:
        self._read_again()
        self.restore_focus()

    # -- printing ----------------------------------------------------------------------------------------
    def _do_print(self) -> None:
        self._start_print(self._presenter.size)

    def _do_print_sheet(self) -> None:
        self._start_print(self._sheet if self._presenter.size.is_roll else self._presenter.size)

    def _start_print(self, size: PaperSize) -> None:
        wanted = self._presenter.wanted
        if wanted is None or self._printing:
            return
        self._notice.hide()
        self._say(self._on_printer(paper_output(self._session, size).printer, self.tr("Printing")), "info")
        self._hold(wanted.number)
        self._watch.print_paper(
            wanted.number,
            kind=wanted.kind,
            position=wanted.position,
            paper=size,
            done=self._printed,
            failed=partial(self._not_printed, wanted.number),
        )

    def _on_printer(self, printer: str, words: str) -> str:
        if not printer:
            return words
        return self.tr("{printed} on {printer}").format(printed=words, printer=printer)

    def _hold(self, number: str) -> None:
        """One print at a time; meanwhile the focus is where Enter does nothing."""
        self._printing = number
        if focused() in (self._print, self._print_sheet):
            self._view.setFocus()
        self._print.set_saving(bool(number), self.tr("Printing"))
        self._print_sheet.setEnabled(not number)

    def _let_go(self) -> None:
        self._hold("")
        if self._view.hasFocus():
            self.restore_focus()

    def _printed(self, job: "JobLine") -> None:
        self._let_go()
        if job.number == self._presenter.number:
            self._say_outcome(job)
            self._read_anew()
        if job.state == "done":
            return
        if self._is_shown(job.number):
            self._failed_job = job.id
            self._show_waiting()
        else:
            self._watch.complain(job)

    def _is_shown(self, number: str) -> bool:
        return self.isVisible() and number == self._presenter.number

    def _say_outcome(self, job: "JobLine") -> None:
        if job.state != "done":
            said = self.tr("{problem} Nothing is lost: the paper waits below.").format(problem=job.problem)
            self._say(said, "danger", "triangle-alert")
            return
        wording = self._session.wording
        word = self.tr("Printed") if job.copy == 1 else self.tr("COPY {n} printed").format(n=job.copy)
        self._say(f"{self._on_printer(job.printer, word)}, {wording.time(wording.now().time())}", "success")

    def _not_printed(self, number: str, error: Exception) -> None:
        self._let_go()
        if number == self._presenter.number:
            self._say(why_not_made(error), "danger")
            self._read_anew()
        if not self._is_shown(number):
            self._watch.complain_of(number, error)

    def _read_anew(self) -> None:
        """The count of copies, and so the paper, has changed."""
        self._presenter.read_anew()
        self._fetch(self._view.dpi())

    def _show_waiting(self) -> None:
        number = self._presenter.number
        jobs = self._watch.waiting
        self._waiting.show_jobs(sorted(jobs, key=lambda job: job.number != number))
        if self._failed_job is not None and self._waiting.turn_to(self._failed_job):
            self._failed_job = None
        for before, after in pairwise([self._save, *self._waiting.stops(), self._back]):
            QWidget.setTabOrder(before, after)

    def _again(self, job: "JobLine") -> None:
        if self._printing:
            return
        self._hold(job.number)
        self._watch.run_job(
            job.id, job.number, done=self._printed, failed=partial(self._not_printed, job.number)
        )

    def _give_up(self, job: "JobLine") -> None:
        self._presenter.give_up(job.id, done=lambda _none: self._gave_up(job), failed=self._failed)

    def _gave_up(self, job: "JobLine") -> None:
        self._watch.refresh()
        self.shell.notices.status(self.tr("{number} is no longer printed").format(number=job.number))
        if job.number == self._presenter.number:
            self._say("")
            self._read_anew()

    # -- file, back --------------------------------------------------------------------------------------
    def _ask_where(self) -> None:
        wanted = self._presenter.wanted
        if wanted is None:
            return
        usual = f"{paper_name(wanted)}.pdf"
        name, _ = FileDialog.getSaveFileName(self, self.tr("Save the paper"), usual, self.tr("PDF (*.pdf)"))
        if name:
            self.save_as(Path(name), replace=True)  # the dialog has asked

    def save_as(self, path: Path, *, replace: bool = False) -> None:
        """Write the paper to that file; counts like a print."""
        self._presenter.save(
            path,
            replace=replace,
            done=lambda _paper: self._saved(path),
            failed=partial(self._not_saved, path),
        )

    def _saved(self, path: Path) -> None:
        self._notice.hide()
        self._say(self.tr("Saved as {name}").format(name=path.name), "success", "download")
        self._read_anew()

    def _not_saved(self, path: Path, error: Exception) -> None:
        sentence = sentence_of(error, self.tr("The paper could not be saved."))
        steps = [Step(self.tr("Choose again"), self._ask_where)]
        if code_of(error) == "file_exists":
            steps.append(Step(self.tr("Replace it"), partial(self.save_as, path, replace=True)))
        self._notice.show_message(Message(sentence, "danger", tuple(steps)))

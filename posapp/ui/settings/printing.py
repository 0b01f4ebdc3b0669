"""Printing: which paper, which printer, what happens after a booking, and the slip as it will look."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from posapp.domain.papers.documents import PaperSize
from posapp.till_settings import printer_for
from posapp.ui.layout import STRETCH, columns, rows, space, wide
from posapp.ui.presenter import sentence_of
from posapp.ui.preview.paper_view import PageImage, PaperView
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.settings.printers import (
    Outcome,
    PrinterField,
    PrinterLine,
    TestPrint,
    output_choices,
    paper_choices,
)
from posapp.ui.settings.section import Section, captioned, in_a_row, stacked
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.choices import Choice, Segmented
from posapp.ui.widgets.labels import label, line
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.window.shell import Shell
from posapp.ui.wording import translator

_tr = translator("Settings")

_WIDTH, _COMPACT_WIDTH = 424, 392
_POINTS = 72


@dataclass(frozen=True, slots=True)
class _Pages:
    dpi: int
    pages: tuple[tuple[int, int, bytes], ...]

    def images(self) -> list[PageImage]:
        """The pages for the view."""
        made = []
        for width, height, data in self.pages:
            image = QImage(data, width, height, width * 4, QImage.Format.Format_RGBA8888).copy()
            made.append(PageImage(image, width / self.dpi * _POINTS, height / self.dpi * _POINTS))
        return made


class PrintingSection(Section):
    """Saved for this till; other tills have papers and printers of their own."""

    def __init__(self, presenter: SettingsPresenter, shell: Shell) -> None:
        super().__init__(_tr("Printing"), presenter, shell)
        self._shown: tuple[object, ...] = ()
        self._printers: Sequence[PrinterLine] | None = None
        self.paper = Segmented(paper_choices())
        self.output = Segmented(output_choices())
        self.claims = Segmented(
            [Choice("1", _tr("One")), Choice("2", _tr("Two, one for us"))], name=_tr("Claim tickets")
        )
        self.receipt = PrinterField("receipt_printer", _tr("Printer for rolls (80 mm, 58 mm)"))
        self.a4 = PrinterField("a4_printer", _tr("Printer for sheets (A4, Letter)"))
        self.labels = PrinterField("label_printer", _tr("Printer for labels"))
        self.label_paper = Segmented(
            [Choice("57x32", _tr("57 × 32 mm")), Choice("62x29", _tr("62 × 29 mm"))], name=_tr("Labels")
        )
        self.look_again = button(
            _tr("Look for printers"), size="s", icon="refresh-cw", run=self.find_printers
        )
        self.found = Outcome()
        self.test = TestPrint(self.session.lanes.paper, self._printing)
        self.view = PaperView()
        self.view.setAccessibleName(_tr("Preview of the slip"))
        self.view.wanted.connect(self._fetch)
        self._build()
        self.paper.chosen.connect(lambda key: self._save(_tr("Paper saved"), slip_paper=key))
        self.output.chosen.connect(lambda key: self._save(_tr("Output saved"), slip_output=key))
        self.claims.chosen.connect(lambda key: self._save(_tr("Copies saved"), claim_copies=int(key)))
        self.label_paper.chosen.connect(lambda key: self._save(_tr("Label saved"), label_paper=key))
        for field in (self.receipt, self.a4, self.labels):
            field.committed.connect(lambda field=field: self._save_printer(field))

    def _build(self) -> None:
        self._left = QWidget()
        rows(
            stacked(
                captioned(_tr("Slips are printed on"), self.paper),
                captioned(_tr("After a booking is saved"), self.output),
                captioned(_tr("Claim tickets at an intake"), self.claims),
                self.receipt,
                self.a4,
                captioned(_tr("Device labels are printed on"), self.label_paper),
                self.labels,
                in_a_row(self.look_again),
                self.found,
                label(_tr("Each till keeps its own printers."), "small", tone="text2"),
                spacing=14,
            ),
            space(12),
            line(),
            space(12),
            self._test_block(),
            STRETCH,
            pad=(16, 14, 16, 16),
            host=self._left,
        )
        scroller = Scroller(self._left)
        right = QFrame()
        right.setProperty("role", "sunken")
        rows(wide(self.view), pad=(0, 0, 2, 2), host=right)
        row = columns(scroller, line(upright=True), wide(right), gap=0)
        self._scroller = scroller
        self.body.addLayout(row, 1)

    def _test_block(self) -> QVBoxLayout:
        self.test.layout().setDirection(QHBoxLayout.Direction.TopToBottom)  # type: ignore[union-attr]
        return stacked(
            label(_tr("Try the printer"), "field", weight=600),
            label(
                _tr("Prints the sample on the right and waits for the printer’s own answer."),
                "small",
                tone="text2",
                wrap=True,
            ),
            self.test,
            spacing=8,
        )

    # -- the page asks ---------------------------------------------------------------------------------
    def refresh(self) -> None:
        """Show what this till has, and the slip anew if the shop or the paper is another."""
        till = self.session.till
        self.paper.set_current(till.slip_paper)
        self.output.set_current(till.slip_output)
        self.claims.set_current(str(till.claim_copies))
        self.receipt.show_printers(self._printers or (), till.receipt_printer)
        self.a4.show_printers(self._printers or (), till.a4_printer)
        self.labels.show_printers(self._printers or (), till.label_printer)
        self.label_paper.set_current(till.label_paper)
        now = (till.slip_paper, till.name, self.presenter.business, self.presenter.known.logo)
        if now != self._shown:
            self._shown = now
            self._fetch(self.view.dpi())

    def entered(self) -> None:
        """Look for printers once; CUPS may take its time."""
        if self._printers is None:
            self.find_printers()

    def first_field(self) -> QWidget | None:
        """The paper."""
        return self.paper

    def compact_changed(self, is_compact: bool) -> None:
        """A narrower form leaves room for the paper."""
        self._scroller.setFixedWidth(theme().px(_COMPACT_WIDTH if is_compact else _WIDTH))

    # -- printers --------------------------------------------------------------------------------------
    def find_printers(self) -> None:
        """Ask the system, on the paper lane."""
        if not self.look_again.isEnabled():
            return
        self.look_again.set_saving(True, _tr("Looking"))
        self.session.lanes.paper.run(
            self.session.shop.papers.printers, done=self._found, failed=self._none_found, topic="printers"
        )

    def _found(self, printers: Sequence[PrinterLine]) -> None:
        self._printers = printers
        self.look_again.set_saving(False)
        self.refresh()
        words = _tr("This computer knows no printer yet. Add one in the system’s settings, then look again.")
        self.found.say("" if printers else words, "warning")

    def _none_found(self, error: Exception) -> None:
        self._printers = []
        self.look_again.set_saving(False)
        self.found.say(sentence_of(error, _tr("The printers cannot be listed.")), "warning")

    def _save_printer(self, field: PrinterField) -> None:
        name = str(field.value())
        if name != getattr(self.session.till, field.name):
            self._save(_tr("Printer saved"), **{field.name: name})

    def _save(self, said: str, **changes: object) -> None:
        if any(getattr(self.session.till, name) != value for name, value in changes.items()):
            self.presenter.save_till(said, self._unwritable, **changes)

    def _unwritable(self, error: Exception) -> None:
        self.refresh()
        self.found.say(sentence_of(error, _tr("This could not be saved.")), "danger")

    # -- sample ----------------------------------------------------------------------------------------
    def _fetch(self, dpi: int) -> None:
        from posapp.services.bookings.samples import sample_paper

        shop, till, logo = self.presenter.business, self.session.till, self.presenter.known.logo
        papers, paper = self.session.shop.papers, PaperSize(till.slip_paper)

        def work() -> _Pages:
            made = sample_paper(shop, till.name, paper, logo)
            return _Pages(dpi, tuple(papers.images(made, dpi)))

        self.session.lanes.paper.run(
            work,
            done=lambda made: self.view.show_pages(made.images()),
            failed=lambda error: self.found.say(getattr(error, "sentence", ""), "danger"),
            topic="sample",
        )

    def _printing(self) -> Callable[[], None]:
        from posapp.services.bookings.samples import print_sample
        from posapp.services.papers.papers import Output

        shop, till, logo = self.presenter.business, self.session.till, self.presenter.known.logo
        paper = PaperSize(till.slip_paper)
        printer = printer_for(till, is_roll=paper.is_roll, is_label=False)
        return lambda: print_sample(shop, till.name, Output(paper=paper, printer=printer), logo)

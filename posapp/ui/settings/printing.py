"""Printing: which paper, which printer, what happens after a booking, and the slip as it will look."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QLayout, QWidget

from posapp.domain.papers.documents import PaperSize
from posapp.till_settings import printer_for
from posapp.ui.layout import STRETCH, columns, held, rows, space, wide
from posapp.ui.presenter import sentence_of
from posapp.ui.preview.paper_view import PaperView, page_images
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.settings.printers import (
    PrinterField,
    PrinterLine,
    PrinterSearch,
    TestPrint,
    output_choices,
    paper_choices,
)
from posapp.ui.settings.section import Captioned, Section, in_a_row
from posapp.ui.theme import theme
from posapp.ui.widgets.choices import Choice, Segmented
from posapp.ui.widgets.labels import label, line, remark
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.window.shell import Shell
from posapp.ui.wording import translator

if TYPE_CHECKING:
    pass

_tr = translator("Settings")

_WIDTH, _COMPACT_WIDTH = 424, 392


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
        lane, papers = self.session.lanes.paper, self.session.shop.papers
        nothing = _tr(
            "This computer knows no printer yet. Add one in the system’s settings, then look again."
        )
        self.search = PrinterSearch(lane, papers.printers, self._found, nothing)
        self.found = self.search.outcome
        self.test = TestPrint(lane, self._printing, is_narrow=True)
        self.view = PaperView()
        self.view.setAccessibleName(_tr("Preview of the slip"))
        self.view.wanted.connect(self._fetch)
        self._build()
        self.paper.chosen.connect(lambda key: self._save(_tr("Paper saved"), slip_paper=key))
        self.output.chosen.connect(lambda key: self._save(_tr("Output saved"), slip_output=key))
        self.claims.chosen.connect(lambda key: self._save(_tr("Copies saved"), claim_copies=int(key)))
        self.label_paper.chosen.connect(lambda key: self._save(_tr("Label saved"), label_paper=key))
        for field in (self.receipt, self.a4, self.labels):
            field.committed.connect(partial(self._save_printer, field))

    def _build(self) -> None:
        fields = rows(
            Captioned(_tr("Slips are printed on"), self.paper),
            Captioned(_tr("After a booking is saved"), self.output),
            Captioned(_tr("Claim tickets at an intake"), self.claims),
            self.receipt,
            self.a4,
            Captioned(_tr("Device labels are printed on"), self.label_paper),
            self.labels,
            in_a_row(self.search.button),
            self.found,
            label(_tr("Each till keeps its own printers."), "small", tone="text2"),
            gap=14,
        )
        left = rows(fields, space(12), line(), space(12), self._test_block(), STRETCH, pad=(16, 14, 16, 16))
        self._scroller = Scroller(held(left))
        right = QFrame()
        right.setProperty("role", "sunken")
        rows(wide(self.view), pad=(0, 0, 2, 2), host=right)
        self.body.addLayout(columns(self._scroller, line(upright=True), wide(right), gap=0), 1)

    def _test_block(self) -> QLayout:
        words = _tr("Prints the sample on the right and waits for the printer’s own answer.")
        title = label(_tr("Try the printer"), "field", weight=600)
        return rows(title, remark(words), self.test, gap=8)

    # -- the page asks ---------------------------------------------------------------------------------
    def refresh(self) -> None:
        """Show what this till has, and the slip anew if the shop or the paper is another."""
        till = self.session.till
        self.paper.set_current(till.slip_paper)
        self.output.set_current(till.slip_output)
        self.claims.set_current(str(till.claim_copies))
        for field in (self.receipt, self.a4, self.labels):
            field.show_printers(self._printers or (), getattr(till, field.name))
        self.label_paper.set_current(till.label_paper)
        now = (till.slip_paper, till.name, self.presenter.business, self.presenter.known.logo)
        if now != self._shown:
            self._shown = now
            self._fetch(self.view.dpi())

    def entered(self) -> None:
        """Look for printers once; CUPS may take its time."""
        if self._printers is None:
            self.search.start()

    def first_field(self) -> QWidget | None:
        """The paper."""
        return self.paper

    def compact_changed(self, is_compact: bool) -> None:
        """A narrower form leaves room for the paper."""
        self._scroller.setFixedWidth(theme().px(_COMPACT_WIDTH if is_compact else _WIDTH))

    # -- printers --------------------------------------------------------------------------------------
    def _found(self, printers: Sequence[PrinterLine]) -> None:
        self._printers = printers
        self.refresh()

    def _save_printer(self, field: PrinterField) -> None:
        self._save(_tr("Printer saved"), **{field.name: str(field.value())})

    def _save(self, said: str, **changes: object) -> None:
        self.presenter.change_till(said, self._unwritable, **changes)

    def _unwritable(self, error: Exception) -> None:
        self.refresh()
        self.found.say(sentence_of(error, _tr("This could not be saved.")), "danger")

    # -- sample ----------------------------------------------------------------------------------------
    def _fetch(self, dpi: int) -> None:
        from posapp.services.bookings.samples import sample_paper

        shop, till, logo = self.presenter.business, self.session.till, self.presenter.known.logo
        paper = PaperSize(till.slip_paper)
        self.presenter.read(
            lambda desks, _actor: desks.papers.images(sample_paper(shop, till.name, paper, logo), dpi),
            lambda pages: self.view.show_pages(page_images(pages, dpi)),
            lambda error: self.found.say(sentence_of(error), "danger"),
            topic="sample",
            lane=self.session.lanes.paper,
        )

    def _printing(self) -> Callable[[], None]:
        from posapp.services.bookings.samples import print_sample
        from posapp.services.papers.papers import Output

        shop, till, logo = self.presenter.business, self.session.till, self.presenter.known.logo
        paper = PaperSize(till.slip_paper)
        printer = printer_for(till, is_roll=paper.is_roll, is_label=False)
        return lambda: print_sample(shop, till.name, Output(paper=paper, printer=printer), logo)

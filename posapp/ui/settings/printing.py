"""Printing: which paper, which printer, what happens after a booking, and the slip as it will look."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QFrame

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

_tr = translator("Settings")

_WIDTH, _COMPACT_WIDTH = 424, 392


class PrintingSection(Section):
    """Saved for this till; other tills have papers and printers of their own."""

    def __init__(self, presenter: SettingsPresenter, shell: Shell) -> None:
        super().__init__(_tr("Printing"), presenter, shell)
        self._shown: tuple[object, ...] = ()
        self._printers: Sequence[PrinterLine] | None = None
        self._groups: dict[str, Segmented] = {}
        copies = [Choice("1", _tr("One")), Choice("2", _tr("Two, one for us"))]
        sizes = [Choice("57x32", _tr("57 × 32 mm")), Choice("62x29", _tr("62 × 29 mm"))]
        self.paper = self.first = self._kept("slip_paper", paper_choices(), _tr("Paper saved"))
        self.output = self._kept("slip_output", output_choices(), _tr("Output saved"))
        self.claims = self._kept("claim_copies", copies, _tr("Copies saved"), int)
        self.label_paper = self._kept("label_paper", sizes, _tr("Label saved"))
        self.receipt = PrinterField("receipt_printer", _tr("Printer for rolls (80 mm, 58 mm)"))
        self.a4 = PrinterField("a4_printer", _tr("Printer for sheets (A4, Letter)"))
        self.labels = PrinterField("label_printer", _tr("Printer for labels"))
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
        for field in (self.receipt, self.a4, self.labels):
            field.committed.connect(partial(self._save_printer, field))

    def _kept(
        self, name: str, choices: Sequence[Choice], said: str, read: Callable[[str], object] = str
    ) -> Segmented:
        """Choices for a setting of this till, saved as soon as one is taken."""
        made = self._groups[name] = Segmented(choices)
        made.chosen.connect(lambda key: self._save(said, **{name: read(key)}))
        return made

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
        words = _tr("Prints the sample on the right and waits for the printer’s own answer.")
        test = rows(label(_tr("Try the printer"), "field", weight=600), remark(words), self.test, gap=8)
        left = rows(fields, space(12), line(), space(12), test, STRETCH, pad=(16, 14, 16, 16))
        self._scroller = Scroller(held(left))
        right = QFrame()
        right.setProperty("role", "sunken")
        rows(wide(self.view), pad=(0, 0, 2, 2), host=right)
        self.body.addLayout(columns(self._scroller, line(upright=True), wide(right), gap=0), 1)

    # -- the page asks ---------------------------------------------------------------------------------
    def refresh(self) -> None:
        """Show what this till has, and the slip anew if the shop or the paper is another."""
        till = self.session.till
        for name, group in self._groups.items():
            group.set_current(str(getattr(till, name)))
        for field in (self.receipt, self.a4, self.labels):
            field.show_printers(self._printers or (), getattr(till, field.name))
        now = (till.slip_paper, till.name, self.presenter.business, self.presenter.known.logo)
        if now != self._shown:
            self._shown = now
            self._fetch(self.view.dpi())

    def entered(self) -> None:
        """Look for printers once; CUPS may take its time."""
        if self._printers is None:
            self.search.start()

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

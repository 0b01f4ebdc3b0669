"""Printer choices and the test print, shared by Settings and by the first start."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtWidgets import QWidget

from posapp.domain.papers.documents import PaperSize
from posapp.ui.background import Lane
from posapp.ui.fields import ComboField
from posapp.ui.layout import columns, rows, wide
from posapp.ui.presenter import sentence_of
from posapp.ui.theme import set_look
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.choices import Choice
from posapp.ui.widgets.labels import label
from posapp.ui.widgets.messages import IconLabel, announce
from posapp.ui.wording import translator

_tr = translator("Settings")


class PrinterLine(Protocol):
    """What is shown of a printer that the paper desk knows."""

    @property
    def name(self) -> str:
        """Of the queue."""

    @property
    def description(self) -> str:
        """The owner's words for it."""

    @property
    def state(self) -> str:
        """`idle`, `printing` or `paused`."""


def paper_choices() -> list[Choice]:
    """The papers that slips are printed on."""
    return [
        Choice(PaperSize.ROLL_80.value, _tr("80 mm")),
        Choice(PaperSize.ROLL_58.value, _tr("58 mm")),
        Choice(PaperSize.A4.value, "A4"),
        Choice(PaperSize.LETTER.value, _tr("Letter")),
    ]


def output_choices() -> list[Choice]:
    """What happens to the slip of a booking."""
    return [
        Choice("print", _tr("Print")),
        Choice("pdf", _tr("Save as PDF")),
        Choice("none", _tr("Nothing")),
    ]


class PrinterField(ComboField):
    """One of the printers of this computer; "" is the one that the system prefers."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(name, text, [("", _tr("The system’s default"))])
        self.choose("")

    def show_printers(self, printers: Sequence[PrinterLine], chosen: str) -> None:
        """List these; a chosen one that is gone stays, and says so."""
        choices = [("", _tr("The system’s default")), *((one.name, _described(one)) for one in printers)]
        if chosen and chosen not in [name for name, _ in choices]:
            choices.append((chosen, _tr("{name}, not found now").format(name=chosen)))
        self.set_choices(choices)
        self.choose(chosen)


def _described(printer: PrinterLine) -> str:
    words = printer.name
    if printer.description and printer.description != printer.name:
        words = f"{printer.name}, {printer.description}"
    if printer.state == "paused":
        return _tr("{name}, paused").format(name=words)
    return words


class PrinterSearch:
    """The button *Look for printers*, and what was found; both are laid out where they belong."""

    def __init__(
        self,
        lane: Lane,
        printers: Callable[[], Sequence[PrinterLine]],
        found: Callable[[Sequence[PrinterLine]], object],
        nothing: str,
    ) -> None:
        """`printers` asks the system, on the paper lane; `nothing` is said when it knows none."""
        self._lane, self._printers, self._tell, self._nothing = lane, printers, found, nothing
        self.button = button(_tr("Look for printers"), size="s", icon="refresh-cw", run=self.start)
        self.outcome = Outcome()

    def start(self) -> None:
        """Look; it may take its time."""
        if self.button.isEnabled():
            self.button.set_saving(True, _tr("Looking"))
            self._lane.run(self._printers, done=self._found, failed=self._failed, topic="printers")

    def _found(self, printers: Sequence[PrinterLine]) -> None:
        self.button.set_saving(False)
        self._tell(printers)
        self.outcome.say("" if printers else self._nothing, "warning")

    def _failed(self, error: Exception) -> None:
        self.button.set_saving(False)
        self._tell(())
        self.outcome.say(sentence_of(error, _tr("The printers cannot be listed.")), "warning")


class Outcome(QWidget):
    """A sentence with the icon of its tone: how something went."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = IconLabel("", "text2", 18)
        self._text = label("", "small", wrap=True)
        columns(self._icon, wide(self._text), gap=8, host=self)
        self.hide()

    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def say(self, sentence: str, tone: str = "text2") -> None:
        """Say it; "" hides."""
        icons = {"success": "circle-check", "danger": "circle-alert", "warning": "triangle-alert"}
        self._icon.show_icon(icons.get(tone, "printer"), tone)
        self._text.setText(sentence)
        set_look(self._text, tone=tone)
        self.setVisible(bool(sentence))
        if sentence:
            announce(self, sentence, urgent=tone == "danger")


class TestPrint(QWidget):
    """The button *Print a test slip* and the real outcome beside it."""

    __test__ = False  # no test of pytest's

    def __init__(
        self, lane: Lane, prints: Callable[[], Callable[[], None]], *, is_narrow: bool = False
    ) -> None:
        """`prints` gives the work for the paper lane; it raises `EnvironmentFault` when no paper came."""
        super().__init__()
        self._lane, self._prints = lane, prints
        self.button = button(_tr("Print a test slip"), size="m", icon="printer", run=self.start)
        self.outcome = Outcome()
        lay = rows if is_narrow else columns
        lay(self.button, wide(self.outcome), gap=12, host=self).addStretch(0)

    def start(self) -> None:
        """Print, and wait for what the printer says."""
        self.outcome.say("")
        self.button.set_saving(True, _tr("Printing"))
        self._lane.run(self._prints(), done=self._printed, failed=self._failed, topic="test print")

    def _printed(self, _none: object) -> None:
        self.button.set_saving(False)
        self.outcome.say(_tr("The printer took the slip and finished it."), "success")

    def _failed(self, error: Exception) -> None:
        self.button.set_saving(False)
        self.outcome.say(sentence_of(error, _tr("The slip could not be printed.")), "danger")

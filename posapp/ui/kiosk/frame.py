"""What every page of the kiosk is made of: a heading, a sentence of what went wrong, large buttons."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from posapp.ui.kiosk.pads import Line
from posapp.ui.kiosk.parts import GUTTER, MARGIN, BigButton
from posapp.ui.layout import STRETCH, Part, columns, rows, wide
from posapp.ui.presenter import sentence_of
from posapp.ui.theme import theme
from posapp.ui.widgets.labels import label

GAP = 20


class KioskPage(QWidget):
    """A page; it answers by signals which other one is wanted, and that somebody is done."""

    wanted = Signal(str)
    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Line] = []
        self._active: Line | None = None
        self.trouble = label("", "title", tone="danger", weight=500, wrap=True)
        self.trouble.hide()

    def arrange(self, heading: QLayout, body: Part, buttons: Sequence[BigButton]) -> None:
        """Heading above, body in the room that is left, buttons below."""
        bar = columns(*(wide(one) for one in buttons), gap=GUTTER, pad=(0, 8, 0, 0))
        px = theme().px
        column = rows(heading, self.trouble, body, bar, pad=(MARGIN, 24, MARGIN, 0), host=self)
        column.setSpacing(px(GAP))

    def opened(self) -> None:
        """Somebody came to this page."""

    def forget(self) -> None:
        """Nothing of whoever stood here is left."""
        for one in self._lines:
            one.set_text("")
        if self._lines:
            self.activate(self._lines[0])
        self.say("")

    # -- what is typed -------------------------------------------------------------------------------
    def use_lines(self, *lines: Line) -> None:
        """The lines that pads and keyboard type into, the first one first."""
        self._lines = list(lines)
        for one in lines:
            one.chosen.connect(lambda line=one: self.activate(line))
        self.activate(lines[0])

    def activate(self, line: Line) -> None:
        """From now on this one gets what is typed."""
        self._active = line
        for one in self._lines:
            one.set_active(one is line)
        self.line_chosen(line)

    def line_chosen(self, line: Line) -> None:
        """Another line is typed into."""

    def take(self, sign: str) -> None:
        """A key of a pad or of a keyboard."""
        if self._active is not None:
            self.say("")
            self._active.take(sign)

    def next_line(self) -> bool:
        """Go on to the line after this one; False on the last."""
        place = self._lines.index(self._active) + 1 if self._active in self._lines else len(self._lines)
        if place < len(self._lines):
            self.activate(self._lines[place])
            return True
        return False

    def enter(self) -> None:
        """Enter on a keyboard."""

    # -- what is said --------------------------------------------------------------------------------
    def say(self, text: str) -> None:
        """What went wrong, "" for nothing."""
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))

    def failed(self, error: Exception) -> None:
        """Say an error in its own words."""
        self.say(sentence_of(error, self.tr("That did not work. Ask at the counter.")))


def heading(text: str, *parts: Part) -> QHBoxLayout:
    """A large line, and what stands at its other end."""
    words = label(text, "amount", weight=600)
    words.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
    return columns(words, STRETCH, *parts, gap=GUTTER)

"""What a drawer should hold and what was counted, as lines: the one place that words a `Reading`."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from posapp.domain.catalogue.taxes import percent_text
from posapp.domain.selling.payments import Tender
from posapp.domain.selling.shifts import CashKind, CashMove
from posapp.domain.selling.takings import figures
from posapp.services.selling.shifts import Reading
from posapp.ui.layout import columns, held, refill, rows, wide
from posapp.ui.shift.words import figure_words, kind_words, opening_time, tender_words
from posapp.ui.theme import set_look, theme
from posapp.ui.widgets.labels import Elided, label, line
from posapp.ui.widgets.messages import IconLabel
from posapp.ui.wording import Wording, translator

_tr = translator("Shift")


@dataclass(frozen=True, slots=True)
class FactLine:
    """What it is and how much; a strong one is a sum and stands below a line."""

    words: str
    amount: str
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """How count and expectation differ, in words that need no colour."""

    words: str
    amount: str
    tone: str
    icon: str


def drawer_lines(reading: Reading, wording: Wording) -> list[FactLine]:
    """What makes the expected cash of a drawer."""
    shift, drawer = reading.shift, reading.drawer
    opened = _tr("Opening cash, {time}").format(time=opening_time(shift.opened_at, wording))
    lines = [FactLine(opened, wording.price(drawer.float_minor))]
    if any(one.tender is Tender.CASH for one in reading.tenders):
        lines.append(FactLine(_tr("Cash sales and deposits"), wording.price(drawer.cash_minor)))
    for kind, minor in ((CashKind.IN, drawer.in_minor), (CashKind.OUT, -drawer.out_minor)):
        found = [one for one in reading.moves if one.kind is kind]
        if found:
            lines.append(FactLine(_moved(found), wording.price(minor)))
    closing = shift.closing
    expected = closing.expected_minor if closing is not None else drawer.expected_minor
    return [*lines, FactLine(_tr("Expected"), wording.price(expected), is_strong=True)]


def tender_lines(reading: Reading, wording: Wording, *told: Tender) -> list[FactLine]:
    """What the tenders brought that lie in no drawer, without those that are `told` elsewhere."""
    words = _tr("{tender}, {count} payments"), _tr("{tender}, 1 payment")
    return [
        FactLine(
            words[one.count == 1].format(tender=tender_words(one.tender), count=one.count),
            wording.price(one.amount_minor),
        )
        for one in reading.tenders
        if one.tender not in (Tender.CASH, *told)
    ]


def takings_lines(reading: Reading, wording: Wording) -> list[FactLine]:
    """What was sold and given back, up to what was taken in; then the taxes in it."""
    told = figures(reading.takings, reading.tenders)
    lines = [FactLine(figure_words(one), wording.price(one.amount_minor)) for one in told[:-1]]
    if told:
        taken = told[-1]
        lines.append(FactLine(figure_words(taken), wording.price(taken.amount_minor), is_strong=True))
    taxes = [
        FactLine(
            _tr("{tax} of {net}").format(
                tax=f"{one.name} {percent_text(one.rate)} %", net=wording.price(one.net_minor)
            ),
            wording.price(one.tax_minor),
        )
        for one in reading.takings.taxes
    ]
    return [*lines, *taxes]


def _moved(moves: Sequence[CashMove]) -> str:
    """One move by its reason, several by how many they are."""
    word = kind_words(moves[0].kind)
    if len(moves) == 1:
        return f"{word}, {moves[0].reason}"
    return _tr("{word}, {count} times").format(word=word, count=len(moves))


def outcome_of(difference_minor: int, wording: Wording) -> Outcome:
    """Short, over, or as it should be."""
    amount = wording.price(difference_minor)
    if difference_minor == 0:
        return Outcome(_tr("Matches"), amount, "success", "circle-check")
    words = _tr("Short") if difference_minor < 0 else _tr("Over")
    return Outcome(words, amount, "warning", "triangle-alert")


class FactRows(QWidget):
    """Lines of words and amounts below each other."""

    def __init__(self) -> None:
        super().__init__()
        self._column = rows(gap=0, host=self)
        self.lines: Sequence[FactLine] = ()
        """What stands there."""

    def show_lines(self, lines: Sequence[FactLine]) -> None:
        """Replace all lines."""
        self.lines = tuple(lines)
        parts: list[QWidget] = []
        for one in self.lines:
            if one.is_strong and parts:
                parts.append(line())
            parts.append(self._row(one))
        refill(self._column, parts)

    def _row(self, one: FactLine) -> QWidget:
        weight = 600 if one.is_strong else None
        words, amount = Elided(one.words, "body", weight=weight), label(one.amount, "body", weight=weight)
        host = held(columns(wide(words), amount, gap=12))
        host.setFixedHeight(theme().px(32))
        return host


class OutcomeBand(QWidget):
    """The difference on a soft ground, large enough to be read from where the clerk stands."""

    def __init__(self) -> None:
        super().__init__()
        self._tone = "success"
        self._icon = IconLabel("circle-check", "success", 18)
        self.words = label("", "body", weight=600)
        self.amount = label("", "name", weight=700)
        columns(self._icon, wide(self.words), self.amount, gap=8, pad=(16, 0), host=self)
        self.setFixedHeight(theme().px(56))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_outcome(self, outcome: Outcome) -> None:
        """Words and amount in the tone of the outcome."""
        self._tone = outcome.tone
        self._icon.show_icon(outcome.icon, outcome.tone)
        self.words.setText(outcome.words)
        self.amount.setText(outcome.amount)
        for part in (self.words, self.amount):
            set_look(part, tone=outcome.tone)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The soft ground of the tone, round where its card ends."""
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.tokens.soft(self._tone))
        radius = look.px(9)
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        painter.fillRect(0, 0, self.width(), radius, look.tokens.soft(self._tone))
        painter.end()

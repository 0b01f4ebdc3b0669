"""X and Z: a drawer with what it should hold and what was counted; what was sold, paid and taxed."""

from typing import Final

from posapp.domain.selling.papers import ShiftReport, TenderLine, ZReport
from posapp.printing.base import wording
from posapp.printing.base.fonts import Weight
from posapp.printing.base.page import BODY, SMALL, PagePaper
from posapp.printing.base.roll import RollPaper
from posapp.printing.base.text import Style, measure, one_line, wrap
from posapp.printing.selling import words

CASH: Final = "cash"
VERIFIED: Final = "Verified by"
Row = tuple[str, str, str]
"""What it is, how much, and what is said about it below."""


def _about(report: ShiftReport) -> list[tuple[str, str]]:
    locale = report.shop.locale

    def told(at: str, by: str) -> str:
        return f"{wording.moment(at, locale)}, {by}"

    closed = told(report.closed_at, report.closed_by) if isinstance(report, ZReport) else ""
    return [
        ("Till", report.till),
        ("Day", wording.day_with_weekday(report.day, locale)),
        ("Opened", told(report.opened_at, report.opened_by)),
        ("Closed", closed),
    ]


def _drawer(report: ShiftReport) -> list[Row]:
    shop = report.shop
    rows = [("Float", wording.amount(report.float_minor, shop), "")]
    for move in report.moves:
        what = "Cash in" if move.amount_minor > 0 else "Cash out"
        about = f"{wording.moment(move.at, shop.locale)}, {move.by}: {move.reason}"
        rows.append((what, wording.amount(move.amount_minor, shop), about))
    for one in report.tenders:
        if one.tender == CASH:
            rows.append(("Cash payments", wording.amount(one.amount_minor, shop), _times(one)))
    return rows


def _sold(report: ShiftReport) -> list[list[Row]]:
    """What was sold and given back up to what was taken in, by tender; then the taxes."""
    shop = report.shop
    sums = [
        (words.shift_sum(one.what), wording.amount(one.amount_minor, shop), words.shift_count(one))
        for one in report.sums
    ]
    tenders = [
        (words.tender(one.tender, ""), wording.amount(one.amount_minor, shop), _times(one))
        for one in report.tenders
    ]
    taxes = [
        (
            words.tax(one),
            wording.amount(one.tax_minor, shop),
            f"Net {wording.amount(one.net_minor, shop)}",
        )
        for one in report.taxes
    ]
    return [rows for rows in (sums, tenders, taxes) if rows]


def _times(one: TenderLine) -> str:
    return "1 payment" if one.count == 1 else f"{one.count} payments"


def _counted(report: ZReport) -> list[Row]:
    shop = report.shop
    pieces = "\n".join(f"{one.count} × {wording.amount(one.minor, shop)}" for one in report.pieces)
    return [("Counted", wording.amount(report.counted_minor, shop), pieces)]


class RollReport(RollPaper[ShiftReport]):
    """X or Z on a roll."""

    def body(self) -> None:
        """The shift, its drawer, and of a closed one the count."""
        report, sizes = self.document, self.sizes
        strong = Style(sizes.strong, Weight.BOLD)
        self.facts(_about(report))
        self.divide()
        self._rows(_drawer(report))
        self.divide(dashed=False)
        self.amount("Expected", wording.amount(report.expected_minor, report.shop), strong)
        if isinstance(report, ZReport):
            self._rows(_counted(report))
            self.divide()
            self.amount("Difference", wording.amount(report.difference_minor, report.shop), strong)
            if report.note.strip():
                self.sheet.space(8)
                self.text(report.note, Style(sizes.text))
        for rows in _sold(report):
            self.divide()
            self._rows(rows)
        self.divide(dashed=False)

    def _rows(self, rows: list[Row]) -> None:
        for what, amount, about in rows:
            self.sheet.space(4)
            self.amount(what, amount, Style(self.sizes.text))
            self.text(about, Style(self.sizes.small))

    def closing(self) -> None:
        """Of a closed shift: a line for whoever counts once more."""
        if isinstance(self.document, ZReport):
            self.signature(VERIFIED)


class PageReport(PagePaper[ShiftReport]):
    """X or Z on A4 and Letter."""

    last_words = ""

    def paper_facts(self) -> list[tuple[str, str]]:
        """The shift, then when and by whom the paper was made."""
        return [*_about(self.document), *super().paper_facts()]

    def body(self) -> None:
        """The drawer, and of a closed one the count."""
        report = self.document
        strong = Style(34, Weight.BOLD)
        self._rows(_drawer(report))
        self._row("Expected", wording.amount(report.expected_minor, report.shop), strong)
        if isinstance(report, ZReport):
            self._rows(_counted(report))
            self._row("Difference", wording.amount(report.difference_minor, report.shop), strong)
            self.headed(report.note, "Note")
        if sold := _sold(report):
            self._rule()
        for rows in sold:
            self._rows(rows)

    def _rows(self, rows: list[Row]) -> None:
        for what, amount, about in rows:
            self._row(what, amount, Style(BODY))
            self.flow(wrap(about, Style(SMALL), self.width * 0.7), self.left, self.width * 0.7)
            self.sheet.space(10)
        self._rule()

    def _rule(self) -> None:
        self.turn(20)
        self.sheet.rule()
        self.sheet.space(14)

    def _row(self, what: str, amount: str, style: Style) -> None:
        sheet = self.sheet
        figure = one_line(amount, style, self.width * 0.5)
        self.turn(figure.height + 10)
        baseline = sheet.y + figure.above
        sheet.put(measure(what, style), self.left, baseline)
        sheet.put(figure, self.right, baseline, "right")
        sheet.space(figure.height + 10)

    def closing(self) -> None:
        """Of a closed shift: lines for whoever counts once more."""
        if isinstance(self.document, ZReport):
            self.signature(VERIFIED)

"""A customer's statement: the balance before, every entry, the balance after, what is still owed."""

from posapp.domain.selling.ages import AGE_WORDS
from posapp.domain.selling.sale_papers import EntryLine, StatementPaper
from posapp.printing.base import wording
from posapp.printing.base.fonts import Weight
from posapp.printing.base.page import BODY, CAPTION, PagePaper
from posapp.printing.base.roll import RollPaper
from posapp.printing.base.text import Style, measure, one_line, wrap
from posapp.printing.selling import words


def _span(paper: StatementPaper) -> str:
    locale = paper.shop.locale
    return f"{words.day(paper.first, locale)} – {words.day(paper.last, locale)}"


def _balance(minor: int) -> str:
    """Who owes whom."""
    return "You owe" if minor > 0 else "We owe you" if minor < 0 else "Balance"


def _said(entry: EntryLine) -> str:
    return ", ".join(filter(None, (entry.number, entry.about)))


def _after(paper: StatementPaper) -> list[tuple[str, int]]:
    """What makes the balance at the end."""
    rows = [("Credit", paper.credit_minor)] * bool(paper.credit_minor)
    return rows + [("of it deposits", paper.held_minor)] * bool(paper.held_minor)


class RollStatement(RollPaper[StatementPaper]):
    """A statement on a roll."""

    def heading(self) -> None:
        """What it is and of which days."""
        paper, sizes = self.document, self.sizes
        self.text(wording.title(paper), Style(30, Weight.BOLD))
        self.text(_span(paper), Style(sizes.text))
        made = wording.moment(paper.made_at, paper.shop.locale)
        self.text(", ".join(filter(None, (made, paper.made_by))), Style(sizes.small))

    def body(self) -> None:
        """The entries between two balances."""
        paper, shop, sizes = self.document, self.document.shop, self.sizes
        text, small = Style(sizes.text), Style(sizes.small)
        self.amount("Balance before", wording.figure(paper.opening_minor, shop), text)
        self.divide()
        for entry in paper.entries:
            self.amount(_said(entry), wording.figure(entry.amount_minor, shop), text)
            self.text(words.day(entry.day, shop.locale), small)
            self.sheet.space(6)
        self.divide(dashed=False)
        closing = wording.amount(abs(paper.closing_minor), shop)
        self.amount(_balance(paper.closing_minor), closing, Style(sizes.strong, Weight.BOLD))
        for label, minor in _after(paper):
            self.amount(label, wording.figure(minor, shop), text)
        if paper.dues:
            self.divide()
        for due in paper.dues:
            label = ", ".join(filter(None, (words.OWED, words.due(due, shop.locale))))
            self.amount(label, wording.figure(due.owed_minor, shop), text)
        if paper.dues:
            self.divide()
            for label, minor in zip(AGE_WORDS, paper.aged, strict=True):
                self.amount(label, wording.figure(minor, shop), text)
        self.divide(dashed=False)


class PageStatement(PagePaper[StatementPaper]):
    """A statement on A4 and Letter; the head of the table repeats on each page."""

    def paper_facts(self) -> list[tuple[str, str]]:
        """The days that it is about, then when and by whom it was made."""
        return [("Days", _span(self.document)), *super().paper_facts()]

    def body(self) -> None:
        """The table between two balances, then what is still owed."""
        paper, shop = self.document, self.document.shop
        strong = Style(BODY, Weight.SEMIBOLD)
        self.turn(260)
        self._head()
        self._row("", "Balance before", paper.opening_minor, strong)
        for entry in paper.entries:
            self._row(words.day(entry.day, shop.locale), _said(entry), entry.amount_minor, Style(BODY))
        self.turn(120)
        self.sheet.rule()
        self.sheet.space(14)
        self._row("", _balance(paper.closing_minor), abs(paper.closing_minor), Style(34, Weight.BOLD))
        for label, minor in _after(paper):
            self._row("", label, minor, Style(BODY))
        rows = [words.due(one, shop.locale) for one in paper.dues]
        owed = [wording.amount(one.owed_minor, shop) for one in paper.dues]
        self.headed("\n".join(f"{row}: {much}" for row, much in zip(rows, owed, strict=True)), words.OWED)
        if paper.dues:
            self._ages()

    def _ages(self) -> None:
        """What is still owed by its age, and in all, side by side."""
        paper, sheet = self.document, self.sheet
        sums = [*zip(AGE_WORDS, paper.aged, strict=True), ("In all", sum(paper.aged))]
        room = self.width / len(sums)
        sheet.space(40)
        self.turn(110)
        for turn, rows in enumerate(
            ([label for label, _ in sums], [wording.amount(minor, paper.shop) for _, minor in sums])
        ):
            style = Style(BODY, Weight.SEMIBOLD) if turn else CAPTION
            lines = [one_line(text, style, room - 20) for text in rows]
            baseline = sheet.y + max(line.above for line in lines)
            for place, line in enumerate(lines, 1):
                sheet.put(line, self.left + place * room, baseline, "right")
            sheet.space(max(line.height for line in lines) + 10)
            if not turn:
                sheet.rule()
                sheet.space(14)

    def _head(self) -> None:
        sheet = self.sheet
        baseline = sheet.y + measure("Day", CAPTION).above
        sheet.put(measure("Day", CAPTION), self.left, baseline)
        sheet.put(measure("What", CAPTION), self.left + self.width * 0.2, baseline)
        sheet.put(measure("Amount", CAPTION), self.right, baseline, "right")
        sheet.space(measure("Day", CAPTION).height + 10)
        sheet.rule()
        sheet.space(14)

    def _row(self, day: str, text: str, minor: int, style: Style) -> None:
        sheet, room = self.sheet, self.width * 0.55
        figure = one_line(wording.amount(minor, self.document.shop), style, self.width * 0.24)
        lines = wrap(text, style, room)
        self.turn(max(figure.height, sum(line.height for line in lines[:3])) + 10, self._head)
        baseline = sheet.y + figure.above
        sheet.put(one_line(day, style, self.width * 0.19), self.left, baseline)
        sheet.put(figure, self.right, baseline, "right")
        self.flow(lines, self.left + self.width * 0.2, room, self._head)
        sheet.space(10)

"""What the papers on A4 and Letter share: letterhead, customer, parts that go on over pages, feet."""

from collections.abc import Callable
from typing import Final, Generic, TypeVar

from posapp.domain.papers.documents import CopyMark, CustomerPaper, ShopPaper
from posapp.printing.base import wording
from posapp.printing.base.codes import QR_QUIET, Code, code128, qr
from posapp.printing.base.fonts import CAP_HEIGHT, Weight
from posapp.printing.base.layout import Sheet
from posapp.printing.base.parts import coded, facts, logo_picture, person, shop_lines, signature_picture
from posapp.printing.base.text import Line, Style, clean, fit, measure, one_line, wrap

BODY: Final = 27
SMALL: Final = 24
AMOUNT_ROOM: Final = 0.4
"""Parts of a column that an amount may take beside its words."""
CAPTION: Final = Style(SMALL, Weight.SEMIBOLD)
_BARS_HIGH: Final = 96
_FOOT: Final = 22
_MOST_TERMS: Final = 5
_PANEL_PAD: Final = 40
_SIGNED_HIGH: Final = 130

P = TypeVar("P", bound=CustomerPaper | ShopPaper)


class PagePaper(Generic[P]):
    """Pages of A4 or Letter; each kind of paper has its own `body`."""

    last_words = wording.THANKS
    """What stands at the foot where the shop has no terms, or long ones."""

    def __init__(self, sheet: Sheet, document: P) -> None:
        assert sheet.frame.height is not None
        self.sheet, self.document = sheet, document
        self.signed: bytes | None = None
        self.secret = ""
        self.left, self.width, self.right = sheet.frame.left, sheet.frame.width, sheet.frame.right
        self.bars = code128(document.code, 3, _BARS_HIGH) if document.code else Code("", 0, 0)
        self.page_end = sheet.frame.height - sheet.frame.top
        self.foot = self.page_end - 250
        self.end = self.foot - 40
        room = self.width - self.bars.width - 120
        self.terms = wrap(document.terms or self.last_words, Style(SMALL), room)

    def fill(self, copy: CopyMark | None, logo: bytes | None) -> None:
        """Put everything on the page, and on further ones where texts are long."""
        self._letterhead(copy, logo)
        self.sheet.space(70)
        self._customer_and_facts()
        self.sheet.space(60)
        self.body()
        if len(self.terms) > _MOST_TERMS:
            self.headed(self.document.terms, "Terms", SMALL)
            self.terms = wrap(self.last_words, Style(SMALL), self.width / 2)
        self.closing()
        self._feet()

    # -- what the kinds of paper say ---------------------------------------------------------------------
    def body(self) -> None:
        """What stands below the customer."""
        raise NotImplementedError

    def paper_facts(self) -> list[tuple[str, str]]:
        """Labelled facts beside the customer."""
        made = wording.moment(self.document.made_at, self.document.shop.locale)
        return [("Made", made), ("By", self.document.made_by)]

    def customer_facts(self) -> list[tuple[str, str]]:
        """Labelled facts below the customer's name."""
        return [("Contact", self.document.contact_name)]

    def closing(self) -> None:
        """What stands last, above the foot; nothing unless a kind of paper has it."""

    # -- parts for bodies --------------------------------------------------------------------------------
    def turn(self, height: float, again: Callable[[], None] | None = None) -> None:
        """Go on at the next page where a height has no room any more; `again` repeats a table's head."""
        if self.sheet.y + height > self.end:
            self.sheet.new_page()
            if again is not None:
                again()

    def flow(
        self, lines: list[Line], x: float, width: float, again: Callable[[], None] | None = None
    ) -> None:
        """Lines below each other, over as many pages as they need."""
        for line in lines:
            self.turn(line.height, again)
            self.sheet.block([line], x, width)

    def headed(self, text: str, heading: str, size: int = BODY) -> None:
        """A headed text that goes on over the next page where it must."""
        lines = wrap(text, Style(size), self.width)
        if not lines:
            return
        self.sheet.space(50)
        head = measure(heading, CAPTION)
        self.turn(head.height + 2 * lines[0].height)
        self.sheet.block([head], self.left, self.width)
        self.sheet.space(6)
        self.flow(lines, self.left, self.width)

    def facts(self, rows: list[tuple[str, str]], column: float = 190) -> None:
        """Labelled values below each other; long ones go on over the next page."""
        for label, value in rows:
            lines = wrap(value, Style(BODY), self.width - column)
            if not clean(value):
                continue
            self.turn(lines[0].height)
            head = measure(label, Style(BODY, Weight.SEMIBOLD))
            self.sheet.put(head, self.left, self.sheet.y + max(head.above, lines[0].above))
            self.flow(lines, self.left + column, self.width - column)
            self.sheet.space(8)

    def amount(self, words: str, amount: str, style: Style, x: float, width: float) -> None:
        """Words left and an amount right in a column; long words take two lines."""
        sheet = self.sheet
        figure = one_line(amount, style, width * AMOUNT_ROOM)
        sheet.put(figure, x + width, sheet.y + figure.above, "right")
        sheet.block(fit(words, style, width * (1 - AMOUNT_ROOM)), x, width * (1 - AMOUNT_ROOM), "left")
        sheet.space(10)

    def device(self, name: str, mark: str, place: str) -> None:
        """The head of a device on a line of its own: its name, its serial, which of several it is."""
        sheet, small = self.sheet, Style(SMALL)
        self.turn(200)
        which = one_line(" · ".join(filter(None, (mark, place))), small)
        is_long = which.width > self.width * 0.45
        if is_long:
            which = measure(place, small)
        room = self.width - which.width - 40
        lines = wrap(name, Style(34, Weight.SEMIBOLD), room)
        sheet.put(which, self.right, sheet.y + (lines[0].above if lines else which.above), "right")
        sheet.block(lines, self.left, room)
        if is_long:
            sheet.block(wrap(mark, small, self.width), self.left, self.width)
        sheet.space(10)
        sheet.rule()
        sheet.space(18)

    def panel(
        self, caption: str, words: str, below: str, figure: Line | None = None, figure_caption: str = ""
    ) -> None:
        """A box across the page: what matters most, large, and a figure to its right."""
        sheet = self.sheet
        top, x = sheet.y, self.left + _PANEL_PAD
        inner = self.width - 2 * _PANEL_PAD
        sheet.space(24)
        column = inner - (figure.width + 60 if figure else 0)
        start = sheet.y
        sheet.block([measure(caption, CAPTION)], x, column)
        sheet.block(fit(words, Style(48, Weight.BOLD), column), x, column, "left")
        sheet.block(wrap(below, Style(BODY), column), x, column, "left")
        if figure and figure_caption:
            end, sheet.y = sheet.y, start
            sheet.block([measure(figure_caption, CAPTION), figure], x, inner, "right")
            sheet.y = max(end, sheet.y)
        elif figure:
            middle = (start + sheet.y) / 2 + figure.style.size * CAP_HEIGHT / 2
            sheet.put(figure, self.right - _PANEL_PAD, middle, "right")
        sheet.space(24)
        sheet.box(self.left + 1, top + 1, self.width - 2, sheet.y - top - 2)

    def signature(self, words: str) -> None:
        """Lines to sign and to date on, above the foot of the last page; what is signed stands there."""
        top = self.end - 60
        found = signature_picture(self.signed, round(self.width * 0.55), _SIGNED_HIGH)
        self.turn(60 + (_SIGNED_HIGH + 20 if found else 70))
        if found:
            image, wide, high = found
            self.sheet.picture(image, self.left, top - 8 - high, wide, high)
            day = measure(wording.moment(self.document.made_at, self.document.shop.locale), Style(BODY))
            self.sheet.put(day, self.left + self.width * 0.65, top - 14)
        for caption, x, width in (
            (words, self.left, self.width * 0.55),
            ("Date", self.left + self.width * 0.65, 0),
        ):
            self.sheet.y = top
            self.sheet.rule(x=x, width=width or self.right - x)
            self.sheet.space(8)
            self.sheet.block([measure(caption, Style(SMALL))], x, self.width / 2)

    # -- head --------------------------------------------------------------------------------------------
    def _letterhead(self, copy: CopyMark | None, logo: bytes | None) -> None:
        sheet, document = self.sheet, self.document
        top, x, half = sheet.y, self.left, self.width * 0.62
        bottom = top
        if found := logo_picture(logo, 360, 150):
            image, wide, high = found
            sheet.picture(image, x, top, wide, high)
            x, half, bottom = x + wide + 30, half - wide - 30, top + high
        sheet.block(fit(document.shop.name, Style(42, Weight.BOLD), half), x, half, "left")
        sheet.space(4)
        sheet.block(shop_lines(document.shop, SMALL, half), x, half, "left")
        bottom = max(bottom, sheet.y)
        sheet.y = top - 10
        rest = self.width * 0.34
        title = wording.title(document)
        sheet.block([one_line(title, Style(64, Weight.BOLD), rest)], self.right - rest, rest, "right")
        number = one_line(document.number, Style(38, Weight.SEMIBOLD), rest)
        sheet.block([number], self.right - rest, rest, "right")
        if copy is not None and copy.is_copy:
            sheet.space(8)
            sheet.block(
                [measure(f"COPY {copy.count}", Style(30, Weight.BOLD))], self.right - rest, rest, "right"
            )
            said = f"{wording.moment(copy.at, document.shop.locale)}, {copy.by}"
            sheet.block(wrap(said, Style(SMALL), rest), self.right - rest, rest, "right")
        sheet.y = max(bottom, sheet.y)

    def _customer_and_facts(self) -> None:
        sheet, document = self.sheet, self.document
        if not document.pl_id:
            facts(sheet, self.paper_facts(), BODY, self.left, self.width, 190)
            return
        top = sheet.y
        square = qr(document.pl_id, 7)
        coded(sheet, square, document.pl_id, self.right - square.width, top, SMALL, QR_QUIET * 7)
        column = self.width * 0.44
        sheet.block([measure("Customer", CAPTION)], self.left, column)
        sheet.space(6)
        name = Style(34, Weight.SEMIBOLD)
        person(sheet, document.pl_id, document.customer_name, 30, name, self.left, column)
        sheet.space(10)
        sheet.block(wrap(document.customer_phone, Style(BODY), column), self.left, column, "left")
        facts(sheet, self.customer_facts(), BODY, self.left, column)
        end, sheet.y = sheet.y, top
        x = self.left + column + 50
        facts(sheet, self.paper_facts(), BODY, x, self.right - square.width - 60 - x, 110)
        sheet.y = max(end, sheet.y, top + square.height + 52)

    # -- foot --------------------------------------------------------------------------------------------
    def _feet(self) -> None:
        """The foot of every page, once it is known how many there are."""
        pages = self.sheet.pages
        for page in range(len(pages)):
            self.sheet.pages = pages[page : page + 1]
            self._foot(f"Page {page + 1} of {len(pages)}")
        self.sheet.pages = pages

    def _foot(self, page: str) -> None:
        sheet, document = self.sheet, self.document
        sheet.y = self.foot
        sheet.rule()
        sheet.space(30)
        if document.code:
            coded(sheet, self.bars, document.code, self.right - self.bars.width, sheet.y, SMALL)
        width = self.width - self.bars.width - 120
        sheet.block(self.terms, self.left, width)
        last = measure(page, Style(_FOOT))
        baseline = self.page_end - last.below
        sheet.put(last, self.right, baseline, "right")
        whose = f" · {wording.named(document)}"
        if document.pl_id:
            whose += f" · {document.pl_id}"
        if document.seal:
            whose += f" · {wording.seal(document.seal)}"
        room = self.width - last.width - max(500, measure(whose, Style(_FOOT)).width + 40)
        shop = fit(document.shop.name, Style(_FOOT), room, lines=1)[:1]
        x: float = self.left
        for line in [*shop, measure(whose if shop else whose[3:], Style(_FOOT))]:
            sheet.put(line, x, baseline)
            x += line.width

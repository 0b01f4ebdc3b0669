"""What the papers on a roll share: one column from the shop's name to the codes, as in the design."""

from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from posapp.domain.papers.documents import CopyMark, CustomerPaper, PaperSize, ShopPaper
from posapp.printing.base import wording
from posapp.printing.base.codes import QR_QUIET, code128, qr
from posapp.printing.base.fonts import CAP_HEIGHT, Weight
from posapp.printing.base.layout import Sheet, badge_width
from posapp.printing.base.parts import (
    coded,
    copy_mark,
    facts,
    logo_picture,
    person,
    shop_lines,
    signature_picture,
)
from posapp.printing.base.text import Line, Style, fit, measure, one_line, wrap


@dataclass(frozen=True, slots=True)
class RollSizes:
    """Sizes in dots of what stands on a roll."""

    shop: int
    number: int
    strong: int
    badge: int
    text: int
    small: int
    clock: int
    total: int
    bar: int
    is_narrow: bool


_WIDE: Final = RollSizes(38, 76, 28, 26, 24, 20, 44, 40, 3, is_narrow=False)
_NARROW: Final = RollSizes(30, 60, 24, 24, 22, 20, 36, 34, 2, is_narrow=True)
_BARS_HIGH: Final = 96
_BOX_PAD: Final = 18
_ROOM_TO_SIGN: Final = 72
_SIGNED_HIGH: Final = 110

P = TypeVar("P", bound=CustomerPaper | ShopPaper)


class RollPaper(Generic[P]):
    """One column, as long as it gets; each kind of paper has its own `body`."""

    narrow_labels = 112
    """Dots of the column of labels on a 58 mm roll; it grows where a label is longer."""

    def __init__(self, sheet: Sheet, document: P) -> None:
        self.sheet, self.document = sheet, document
        self.sizes = _NARROW if sheet.frame.paper is PaperSize.ROLL_58 else _WIDE
        self.left, self.width = sheet.frame.left, sheet.frame.width
        self.signed: bytes | None = None
        self.secret = ""

    def fill(self, copy: CopyMark | None, logo: bytes | None) -> None:
        """Put everything on the sheet, from the shop's name to the last words."""
        sheet, document, sizes = self.sheet, self.document, self.sizes
        self._shop(logo)
        if sheet.y > sheet.frame.top:
            self.divide(dashed=False)
        self.heading()
        copy_mark(sheet, copy, document.shop.locale, sizes.strong, sizes.small)
        if document.pl_id:
            sheet.space(10)
            self._customer()
        self.divide()
        self.body()
        self._codes()
        if document.terms.strip():
            sheet.space(16)
            self.text(document.terms, Style(sizes.small))
        self.closing()
        if document.seal:
            sheet.space(6)
            sealed = wrap(wording.seal(document.seal), Style(sizes.small), self.width)
            sheet.block(sealed, self.left, self.width, "center")

    # -- what the kinds of paper say ---------------------------------------------------------------------
    def body(self) -> None:
        """What stands between the customer and the codes."""
        raise NotImplementedError

    def heading(self) -> None:
        """The number, large, and what stands beside it."""
        self._number()

    def beside(self) -> list[str]:
        """The lines beside the number."""
        document = self.document
        return [
            wording.title(document),
            wording.moment(document.made_at, document.shop.locale),
            document.made_by,
        ]

    def customer_facts(self) -> list[tuple[str, str]]:
        """Labelled facts below the customer's name."""
        return [("Contact", self.document.contact_name)]

    def closing(self) -> None:
        """The last words."""
        self.sheet.space(16)
        thanks = wrap(wording.THANKS, Style(self.sizes.small), self.width)
        self.sheet.block(thanks, self.left, self.width, "center")

    # -- parts for bodies --------------------------------------------------------------------------------
    def divide(self, *, dashed: bool = True) -> None:
        """A line across, with room above and below."""
        self.sheet.space(14)
        self.sheet.rule(dashed=dashed)
        self.sheet.space(14)

    def text(self, text: str, style: Style) -> None:
        """A text in lines; nothing for none."""
        self.sheet.block(wrap(text, style, self.width), self.left, self.width)

    def facts(self, rows: list[tuple[str, str]]) -> None:
        """Labelled values, all labels of the paper in one column."""
        least = self.narrow_labels if self.sizes.is_narrow else 131
        facts(self.sheet, rows, self.sizes.small, self.left, self.width, least)

    def device(self, name: str, mark: str, place: str) -> None:
        """The head of a device: its name, which of several it is, and its serial."""
        sheet, small = self.sheet, Style(self.sizes.small)
        which = measure(place, small)
        room = self.width - (which.width + 16 if place else 0)
        lines = wrap(name, Style(self.sizes.strong, Weight.BOLD), room)
        if place and lines:
            sheet.put(which, self.left + self.width, sheet.y + lines[0].above, "right")
        sheet.block(lines, self.left, room)
        self.text(mark, small)

    def amount(self, words: str, amount: str, style: Style) -> float:
        """Words left and an amount right; long words go on below, a wide amount gets a line of its own.

        Returns the baseline of the amount.
        """
        sheet = self.sheet
        figure = one_line(amount, style, self.width)
        room = self.width - figure.width - 20
        beside = measure(words, style).width <= room or room >= self.width * 0.55
        lines = wrap(words, style, room if beside else self.width)
        baseline = sheet.y + max(figure.above, lines[0].above if lines else 0)
        if beside and lines:
            sheet.y = baseline - lines[0].above
        sheet.block(lines, self.left, room if beside else self.width)
        if not beside:
            baseline = sheet.y + figure.above
        sheet.put(figure, self.left + self.width, baseline, "right")
        sheet.y = max(sheet.y, baseline + figure.below)
        return baseline

    def boxed(self, word: str, *values: str) -> None:
        """A box with a word and what matters, each value on a line of its own."""
        sheet, top = self.sheet, self.sheet.y
        sheet.space(11)
        self.box_row(word, values[0])
        for value in values[1:]:
            lines = fit(value, Style(self.sizes.strong, Weight.BOLD), self.width - 2 * _BOX_PAD)
            sheet.block(lines, self.left + _BOX_PAD, self.width - 2 * _BOX_PAD, "right")
        sheet.space(11)
        self.close_box(top)

    def box_row(self, word: str, value: str) -> None:
        """The first row inside a box: a word left, what matters right."""
        inner = self.width - 2 * _BOX_PAD
        label = measure(word, Style(self.sizes.text, Weight.SEMIBOLD))
        style = Style(self.sizes.strong, Weight.BOLD)
        lines = fit(value, style, inner - label.width - 20) or [measure("", style)]
        baseline = self.sheet.y + max(label.above, lines[0].above)
        self.sheet.put(label, self.left + _BOX_PAD, baseline)
        self.sheet.block(lines, self.left + _BOX_PAD, inner, "right")

    def close_box(self, top: float) -> None:
        """Draw the box around what was put since `top`."""
        self.sheet.box(self.left + 1, top + 1, self.width - 2, self.sheet.y - top - 2)

    def signature(self, words: str) -> None:
        """The signature, or room for it, above a line, and whose name is meant."""
        sheet = self.sheet
        if found := signature_picture(self.signed, self.width, _SIGNED_HIGH):
            image, width, height = found
            sheet.space(10)
            sheet.picture(image, self.left, sheet.y + _SIGNED_HIGH - height, width, height)
            sheet.space(_SIGNED_HIGH + 6)
        else:
            sheet.space(_ROOM_TO_SIGN)
        self.sheet.rule()
        self.sheet.space(6)
        self.text(words, Style(self.sizes.small))

    # -- head and codes ----------------------------------------------------------------------------------
    def _shop(self, logo: bytes | None) -> None:
        sheet, shop = self.sheet, self.document.shop
        if found := logo_picture(logo, self.width, 144):
            image, width, height = found
            sheet.picture(image, self.left + (self.width - width) / 2, sheet.y, width, height)
            sheet.space(height + 10)
        name = fit(shop.name, Style(self.sizes.shop, Weight.BOLD), self.width)
        sheet.block(name, self.left, self.width, "center")
        sheet.block(shop_lines(shop, self.sizes.small, self.width), self.left, self.width, "center")

    def _number(self) -> None:
        """The number, and beside it, where there is room, what the paper is, when and by whom it was made."""
        sheet, sizes = self.sheet, self.sizes
        number = one_line(self.document.number, Style(sizes.number, Weight.BOLD), self.width)
        beside: list[Line] = []
        for fact in self.beside():
            beside += fit(fact, Style(sizes.small), self.width * (1 if sizes.is_narrow else 0.56))
        top, tall = sheet.y, number.style.size
        if not sizes.is_narrow and number.width + 24 + max(line.width for line in beside) <= self.width:
            room = sum(line.height for line in beside)
            sheet.y = top + max(0.0, (tall - room) / 2)
            sheet.block(beside, self.left, self.width, "right")
            middle = max(tall, room) / 2
            sheet.put(number, self.left - 3, top + middle + tall * CAP_HEIGHT / 2)
            sheet.y = max(sheet.y, top + tall)
        else:
            sheet.put(number, self.left - 3, top + tall * 0.9)
            sheet.y = top + tall
            sheet.block(beside, self.left, self.width, "left")

    def _customer(self) -> None:
        sheet, document, sizes = self.sheet, self.document, self.sizes
        style, small = Style(sizes.text, Weight.SEMIBOLD), Style(sizes.small)
        phone = one_line(document.customer_phone, small, self.width)
        name = one_line(document.customer_name, style)
        taken = badge_width(document.pl_id, sizes.badge) + name.width + phone.width
        beside = taken + 2 * sizes.badge <= self.width
        top = sheet.y
        person(sheet, document.pl_id, document.customer_name, sizes.badge, style, self.left, self.width)
        rows = [("Phone", document.customer_phone)] * (not beside) + self.customer_facts()
        if beside:
            middle = (top + sheet.y) / 2
            sheet.put(phone, self.left + self.width, middle + CAP_HEIGHT / 2 * small.size, "right")
        if any(value.strip() for _, value in rows):
            sheet.space(8)
        self.facts(rows)

    def _codes(self) -> None:
        """Code 128 left and the customer's QR right, or below each other where the roll is narrow."""
        sheet, document, sizes = self.sheet, self.document, self.sizes
        module = 5
        quiet = QR_QUIET * module
        square = qr(document.pl_id, module) if document.pl_id else None
        bars = code128(document.code, sizes.bar, _BARS_HIGH) if document.code else None
        top, size, end = sheet.y + 8, sizes.small, sheet.y
        if square is None or sizes.is_narrow:
            middle = self.left + self.width / 2
            if bars is not None:
                x = self.left if square is None else middle - bars.width / 2
                end = coded(sheet, bars, document.code, x, top, size)
            if square is not None:
                below = end + quiet if bars is not None else top
                end = coded(sheet, square, document.pl_id, middle - square.width / 2, below, size, quiet)
        else:
            bottom = top + square.height
            right = self.left + self.width - square.width
            if bars is not None:
                coded(sheet, bars, document.code, self.left, bottom - bars.height, size, quiet)
            end = coded(sheet, square, document.pl_id, right, top, size, quiet)
        sheet.y = end

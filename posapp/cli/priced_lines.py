"""Reads a line of words, how many, and a price, divided by commas from the right or by semicolons."""

import re
from dataclasses import dataclass

from posapp.cli.context import Context
from posapp.cli.values import parse_sum
from posapp.domain.base.errors import DomainError
from posapp.domain.base.money import parse_amount
from posapp.domain.selling.amounts import MOST_PIECES
from posapp.services.base.edits import price_missing

_PIECES = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class PricedLine:
    """`Display,1,99.00`."""

    text: str
    quantity: int
    unit_minor: int


def divider(text: str) -> str:
    """What stands between the fields: commas, or semicolons where there is one."""
    return ";" if ";" in text else ","


def parse_line(ctx: Context, text: str) -> PricedLine | None:
    """A line that is told whole, None where a field is missing; `DomainError` for what is not clear."""
    words, *rest = (field.strip() for field in text.rsplit(divider(text), 2))
    if len(rest) < 2:
        return None
    if not words:
        raise DomainError("line_text", "Say what each line is for.", field="line")
    if not rest[1]:
        raise price_missing()
    refuse_doubtful(ctx, text)
    return PricedLine(words, parse_quantity(rest[0]), parse_sum(ctx, rest[1], "price"))


def parse_quantity(text: str) -> int:
    """How many pieces."""
    found = int(text) if is_quantity(text) else 0
    if not 1 <= found <= MOST_PIECES:
        raise DomainError("quantity_invalid", "Enter how many, as a whole number.", field="quantity")
    return found


def is_quantity(text: str) -> bool:
    """Whether a field could say how many."""
    return _PIECES.fullmatch(text.strip()) is not None


def refuse_doubtful(ctx: Context, text: str) -> None:
    """The last comma of `Display,1,99,50` or `Display,1,1,200.00` may divide fields or stand in the price."""
    fields = text.rsplit(",", 3)
    if divider(text) != "," or len(fields) < 4 or not is_quantity(fields[1]):
        return
    one, two, three = (field.strip() for field in fields[1:])
    if not _is_amount(ctx, f"{two},{three}"):
        return
    readings = [f"{one} for {two},{three} each"]
    readings += [f"{two} for {three} each"] if is_quantity(two) else []
    raise DomainError(
        "amount_invalid",
        f"“{text.strip()[-20:]}” could be {', or '.join(readings)}. Divide the fields by “;”.",
        field="price",
    )


def _is_amount(ctx: Context, text: str) -> bool:
    """Whether somebody could mean one amount by this, whatever mark is theirs."""
    for mark in ",.":
        try:
            parse_amount(text, ctx.business.currency, decimal_mark=mark, locale=ctx.business.locale)
        except DomainError:
            continue
        return True
    return False

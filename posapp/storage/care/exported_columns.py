"""What the columns of the tables mean, for whoever writes them out for people."""

from enum import Enum
from typing import Any, NamedTuple

from sqlalchemy import Boolean, Column, LargeBinary, Table, Text

from posapp.domain.base.numbers import PL, Letter
from posapp.storage.care.exported_rows import SECRETS

_LETTERS = {
    ("customer", "pl_number"): PL,
    ("booking", "number"): Letter.BOOKING,
    ("ticket", "number"): Letter.TICKET,
    ("sale_order", "number"): Letter.SALE,
    ("sale_order", "held_number"): Letter.HELD,
    ("payment", "number"): Letter.PAYMENT,
    ("shift", "number"): Letter.REPORT,
    ("gift_card", "number"): Letter.GIFT_CARD,
}
_COPIES = frozenset(
    {"name_fold", "more_words", "sku_fold", "words", "code_fold", "reversed", "serial_key", "device_key"}
    | {"fault_key"}
)
"""Folded copies of other columns, for the search; `words` of items only."""
_MOMENTS = frozenset({"at", "state_since", "busy_until", "since", "until"})
_DAYS = frozenset({"day", "business_day", "starts_on", "expires_on", "sealed_day", "since_day", "until_day"})
_SHARES = frozenset({"rate", "percent_off", "discount_limit"})


class Meaning(Enum):
    """How a value is to be read."""

    PLAIN = 1
    """A whole number, or a code."""
    TEXT = 2
    NUMBER = 3
    """A number that goes with a letter."""
    AMOUNT = 4
    """Minor units of the currency of the business."""
    MOMENT = 5
    """Microseconds since 1970 in UTC."""
    DAY = 6
    """A day as 20261121; 0 for none."""
    SHARE = 7
    """In millionths."""
    FLAG = 8
    CUSTOMER = 9
    """The key of a customer."""
    BUSINESS = 10
    LEFT_OUT = 11


class ReadableColumn(NamedTuple):
    """A column of a table: its name, what it means, and the letter that its numbers are called by."""

    name: str
    meaning: Meaning
    letter: str


def readable_columns(table: Table) -> tuple[ReadableColumn, ...]:
    """The columns that say something to a person, in the order of the table."""
    found = (
        ReadableColumn(one.name, _meaning_of(table, one), _letter_of(table, one)) for one in table.columns
    )
    return tuple(one for one in found if one.meaning is not Meaning.LEFT_OUT)


def _meaning_of(table: Table, column: Column[Any]) -> Meaning:
    name = column.name
    if name == "business_id":
        return Meaning.BUSINESS
    if _is_left_out(table.name, column):
        return Meaning.LEFT_OUT
    if any(key.column.table.name == "customer" and key.column.name == "id" for key in column.foreign_keys):
        return Meaning.CUSTOMER
    if _letter_of(table, column):
        return Meaning.NUMBER
    if isinstance(column.type, Boolean):
        return Meaning.FLAG
    if isinstance(column.type, Text):
        return Meaning.TEXT
    if name.endswith("_minor"):
        return Meaning.AMOUNT
    if name.endswith("_at") or name in _MOMENTS:
        return Meaning.MOMENT
    if name in _DAYS:
        return Meaning.DAY
    return Meaning.SHARE if name in _SHARES else Meaning.PLAIN


def _letter_of(table: Table, column: Column[Any]) -> str:
    return _LETTERS.get((table.name, column.name), "")


def _is_left_out(table: str, column: Column[Any]) -> bool:
    is_copy = column.name in _COPIES and (column.name != "words" or table == "item")
    return is_copy or isinstance(column.type, LargeBinary) or column.name in SECRETS.get(table, {})

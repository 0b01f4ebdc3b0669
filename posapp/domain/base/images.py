"""What the journal keeps of a record: digests of its values, from which `verify` sees whether they stand.

An image is a record's values by column, empty ones left out (so that a column that is added later changes no
digest). Personal values are apart: their digest is salted like every personal value of the journal, because
names and numbers can be guessed. The weight of a record is a small number that Python and both databases
compute alike; the sum of the weights of many records stands for those that came in one go.
"""

import hashlib
from collections.abc import Mapping, Sequence
from enum import Enum
from itertools import chain, compress
from zlib import crc32

from posapp.domain.base.journal import EMPTIED, personal_hash

Values = Sequence[object]
PERSONAL_COLUMNS: Mapping[str, frozenset[str]] = {
    "customer": frozenset(
        {"name", "name_fold", "more_words", "email", "address", "note", "no_phone_reason"}
        | {"tax_exempt_reason", "tax_number"}
    ),
    "phone": frozenset({"key", "reversed", "extension", "typed"}),
    "user_account": frozenset({"name", "name_fold", "phone_key", "phone_extension", "phone_typed", "email"}),
    "contact": frozenset({"name", "email", "note"}),
    "consent": frozenset({"words"}),
    "further_email": frozenset({"email"}),
    "legacy_id": frozenset({"told"}),
    "past_record": frozenset({"body"}),
    "customer_merge": frozenset({"told"}),
    "booking": frozenset({"note", "reason", "override_reason"}),
    "walk_in": frozenset({"note"}),
    "ticket": frozenset({"note"}),
    "job": frozenset({"fault", "found", "accessories", "handed_to"}),
    "device": frozenset({"serial", "serial_key", "imei"}),
    "estimate": frozenset({"answered_by"}),
    "contact_log": frozenset({"words", "answer"}),
    "loan": frozenset({"note"}),
    "shift": frozenset({"note"}),
    "cash_move": frozenset({"reason"}),
    "sale_order": frozenset({"note", "void_reason", "exempt", "cart"}),
    "order_line": frozenset({"text"}),
    "payment": frozenset({"reference"}),
    "document": frozenset({"snapshot"}),
    "kiosk_arrival": frozenset({"phone_key", "extension", "name", "what"}),
}
"""Columns that may tell of a person, by table."""
LEFT_OUT: Mapping[str, frozenset[str]] = {
    "photo": frozenset({"jpeg"}),
    "picture": frozenset({"png"}),
    "item": frozenset({"sku_fold", "words"}),
}
"""Columns that no image holds: pictures, whose own hash stands beside them, and what follows from others."""
RULING = frozenset({"business", "setting", "service", "tax", "tax_part", "tax_rate"})
"""Tables of few records that rule all others: a currency or country of the same length is another one."""
MODULUS = 1_000_003
KEY_MODULUS = 1_009
MASK = (1 << 51) - 1
LETTERS = 48
_SHORT = 24


class Look(Enum):
    """What of a text counts in the weight of its record."""

    LENGTH = 1
    MIDDLE = 2
    """Its length and its middle letter."""
    LETTERS = 3
    """Its length and its first letters, each by its place."""


def factor(column: str) -> int:
    """By what a column counts in the weight of a record."""
    return crc32(column.encode()) % 97 + 1


def looked_at(table: str, column: str) -> Look:
    """How the weight takes a text: the few records that rule all others are read letter by letter."""
    if table in RULING:
        return Look.LETTERS
    if column in ("status", "state") or column in PERSONAL_COLUMNS.get(table, frozenset()):
        return Look.MIDDLE
    return Look.LENGTH


def _text_weight(value: str, look: Look) -> int:
    if look is Look.LETTERS:
        return len(value) + sum(place * ord(one) for place, one in enumerate(value[:LETTERS], start=1))
    return len(value) + (31 * ord(value[len(value) // 2]) if look is Look.MIDDLE else 0)


class Shape:
    """How to read the records of one table: rows are the values of `columns` in their order."""

    def __init__(self, table: str, columns: Sequence[str]) -> None:
        personal = PERSONAL_COLUMNS.get(table, frozenset())
        self._open = _Part([(place, name) for place, name in enumerate(columns) if name not in personal])
        self._personal = _Part([(place, name) for place, name in enumerate(columns) if name in personal])
        self._has_personal = bool(personal)
        self._weighed = [(factor(name), looked_at(table, name)) for name in columns]
        self._key = columns.index("id") if "id" in columns else None

    def open_digest(self, row: Values) -> str:
        """The digest of what is not personal."""
        return hashlib.sha256(self._open.spelled(row).encode("utf-8", "surrogatepass")).hexdigest()[:_SHORT]

    def personal(self, row: Values) -> str:
        """What a record holds about a person, "" if nothing."""
        return self._personal.spelled(row) if self._has_personal else ""

    def weight(self, row: Values) -> int:
        """The weight of a record, as `storage/base/records.py` computes it in SQL."""
        total = 0
        for value, (counts, look) in zip(row, self._weighed, strict=True):
            if not value:
                continue
            if isinstance(value, str):
                total += counts * _text_weight(value, look)
            elif isinstance(value, int):
                total += counts * (value & MASK)
            else:
                total += counts * len(value)  # type: ignore[arg-type]
        key = 0 if self._key is None else row[self._key]
        return total % MODULUS * (1 + (key % KEY_MODULUS if isinstance(key, int) else 0))


class _Part:
    """Some columns of a table, by their places in its rows."""

    def __init__(self, columns: Sequence[tuple[int, str]]) -> None:
        self._names = [name for _, name in columns]
        self._places = [place for place, _ in columns]

    def spelled(self, row: Values) -> str:
        """The values that are not empty, each after the name of its column; no text of ours holds a NUL."""
        values = [row[place] for place in self._places]
        pairs = zip(compress(self._names, values), map(_text_of, filter(None, values)))  # noqa: B905 - alike
        return "\0".join(chain.from_iterable(pairs))


def _text_of(value: object) -> str:
    return value if value.__class__ is str else str(value if value.__class__ is int else _plain(value))


def _plain(value: object) -> object:
    """The same text for the same value of both databases: truth as 1, a picture as its digest."""
    if value is True:
        return 1
    return hashlib.sha256(value).hexdigest() if isinstance(value, bytes | memoryview) else value


def personal_digest(salt: str, where: str, held: str) -> str:
    """The salted digest of a record's personal values; `where` names the record."""
    return personal_hash(salt, where, held)[len(EMPTIED) :][:_SHORT]

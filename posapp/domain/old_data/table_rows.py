"""What a row of a table says of a customer: name, numbers, addresses, note, date, and by what it is known."""

import html
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from posapp.domain.base.names import clean_text, same_name
from posapp.domain.base.phone import PhoneNumber
from posapp.domain.customers.customers import ADDRESS_LIMIT, NOTE_LIMIT
from posapp.domain.old_data.imports import ImportField
from posapp.domain.old_data.table_dates import DayOrder, read_date
from posapp.domain.old_data.table_phones import read_phones
from posapp.domain.old_data.values import ValueFault, clean_email, clean_id, clean_name, text_of

_F = ImportField
_LONGEST: Final = 10**6  # characters of a text that are looked at: nothing that long is kept
_EMAILS: Final = re.compile(r":::|[,;|\s]+")
_TAG: Final = re.compile(r"<(?:br|/p|/div|/li)\b[^>]*>|(<[^>]*>)", re.IGNORECASE)
# Where the town stands before the postcode; elsewhere it is the other way round.
_TOWN_FIRST: Final = frozenset(
    "US CA AU NZ GB IE IN ZA NG KE GH UG TZ PH SG HK MY PK BD LK AE SA EG JM TT BS BB".split()
)


class RowFault(Exception):
    """Why a row is refused."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class TablePerson:
    """A customer as a row tells of them. `code` is what the row is known by; `has_own_code`: it is an ID."""

    code: str
    has_own_code: bool
    name: str = ""
    emails: tuple[str, ...] = ()
    numbers: tuple[PhoneNumber, ...] = ()
    address: str = ""
    note: str = ""
    at: int | None = None
    warns: tuple[str, ...] = ()

    def told(self) -> dict[str, object]:
        """What the row said, field by field: what a later row of the same customer is compared with."""
        said: dict[str, object] = {
            "name": self.name,
            "emails": list(self.emails),
            "phones": [number.key for number in self.numbers],
            "address": self.address,
            "note": self.note,
        }
        return {name: value for name, value in said.items() if value}


@dataclass(frozen=True, slots=True)
class TableReading:
    """How the rows of a table are read."""

    mapping: Mapping[str, ImportField]
    region: str
    splits: bool = True
    order: DayOrder = DayOrder.DAY
    apostrophes: bool = False
    tags: bool = False
    columns: Mapping[ImportField, tuple[str, ...]] = field(init=False)

    def __post_init__(self) -> None:
        grouped: dict[ImportField, list[str]] = {}
        for name, meaning in self.mapping.items():
            grouped.setdefault(meaning, []).append(name)
        object.__setattr__(self, "columns", {one: tuple(names) for one, names in grouped.items()})

    def person(self, values: Mapping[str, object]) -> TablePerson | None:
        """What a row says; None for a row of empty cells. Raises `RowFault` and `PhoneFault`."""
        return _Row(self, values).person()


class _Row:
    """One row while it is read."""

    def __init__(self, reading: TableReading, values: Mapping[str, object]) -> None:
        self._reading, self._values = reading, values
        self._said = {meaning: self._texts(names) for meaning, names in reading.columns.items()}
        self._warns: list[str] = []
        self._remarks: list[tuple[str, str]] = []

    def _texts(self, names: Sequence[str]) -> list[str]:
        found: list[str] = []
        for name in names:
            value = self._values.get(name)
            for one in value if isinstance(value, list) else (value,):
                text = (one if isinstance(one, str) else text_of(one))[:_LONGEST].strip()
                if self._reading.apostrophes:
                    text = text.removeprefix("'").strip()
                if text:
                    found.append(text)
        return found

    def _all(self, meaning: ImportField) -> Sequence[str]:
        return self._said.get(meaning, ())

    def _first(self, meaning: ImportField) -> str:
        return next(iter(self._all(meaning)), "")

    def person(self) -> TablePerson | None:
        if not any(self._said.values()):
            if any(text_of(value).strip() for value in self._values.values()):
                raise RowFault("row_nobody")
            return None
        name = self._name()
        numbers = self._numbers()
        emails = self._emails()
        if not (name or numbers or emails):
            raise RowFault("row_nobody")
        code, has_own_code = self._code(numbers, emails)
        at, address = self._date(), self._address()
        note = self._note()
        warns = tuple(dict.fromkeys(self._warns))
        return TablePerson(code, has_own_code, name, emails, numbers, address, note, at, warns)

    def _name(self) -> str:
        """The name; a company that is another name becomes a remark."""
        parts = clean_name(" ".join((*self._all(_F.FIRST_NAME), *self._all(_F.LAST_NAME))))
        name = clean_name(self._first(_F.NAME)) or parts
        company = clean_name(self._first(_F.COMPANY))
        if name and company and not same_name(company, name):
            self._remarks.append(("Company", company))
        return name or company

    def _numbers(self) -> tuple[PhoneNumber, ...]:
        found = read_phones(self._all(_F.PHONE), self._reading.region, splits=self._reading.splits)
        for number in found.numbers[:1]:
            if number.mark is not None:
                self._warns.append(f"phone_{number.mark}")
            if number.extension:
                self._warns.append("phone_extension")
        if found.has_zero:
            self._warns.append("phone_zero")
        if found.left_out:
            self._warns.append("phone_left_out")
            self._remarks += [("Phone", text) for text in found.left_out]
        return found.numbers

    def _emails(self) -> tuple[str, ...]:
        texts = self._all(_F.EMAIL)
        left_out = [text for text in texts if "@" not in text and _has_letters(text)]
        if left_out:
            self._warns.append("email_left_out")
            self._remarks += [("E-mail", text) for text in left_out]
        found = (clean_email(part) for text in texts for part in _EMAILS.split(text))
        return tuple(dict.fromkeys(one for one in found if one))

    def _date(self) -> int | None:
        text = self._first(_F.CREATED_AT)
        try:
            return read_date(text, self._reading.order)
        except ValueFault:
            self._warns.append("date_unread")
            self._remarks.append(("Customer since", text))
            return None

    def _code(self, numbers: Sequence[PhoneNumber], emails: Sequence[str]) -> tuple[str, bool]:
        """Its ID; else it is known by its number, else by its address, else by all that it says."""
        codes = [clean_id(text) for text in self._all(_F.ID)]
        self._remarks += [("Old number", code) for code in codes[1:]]
        if codes:
            return codes[0], True
        if numbers:
            return numbers[0].key, False
        if emails:
            return emails[0], False
        said = [[name, text_of(value).strip()] for name, value in sorted(self._values.items())]
        return f"row:{sha256(json.dumps(said).encode()).hexdigest()[:24]}", False

    def _address(self) -> str:
        """Lines: streets, town and postcode as people of the country write them, another country."""
        town, postcode, state, country = (
            ", ".join(dict.fromkeys(self._all(one))) for one in (_F.TOWN, _F.POSTCODE, _F.STATE, _F.COUNTRY)
        )
        region = self._reading.region
        if region.upper() in _TOWN_FIRST:
            place = _joined(", ", town, _joined(" ", state, postcode))
        else:
            place = _joined(", ", _joined(" ", postcode, town), state)
        is_abroad = country.casefold() != region.casefold()
        streets = dict.fromkeys(self._all(_F.ADDRESS))
        return self._kept(_joined("\n", *streets, place, country if is_abroad else ""), ADDRESS_LIMIT)

    def _note(self) -> str:
        """The notes of a row, and a line for each thing that has no place of its own."""
        notes = [_untagged(text) if self._reading.tags else text for text in self._all(_F.NOTE)]
        # A total of nothing is no remark.
        spent = [("Spent before", text) for text in self._all(_F.SPENT) if re.search("[1-9]", text)]
        remarks = (f"{word}: {text}" for word, text in (*self._remarks, *spent))
        return self._kept(_joined("\n", *notes, *remarks), NOTE_LIMIT)

    def _kept(self, text: str, limit: int) -> str:
        """A text as far as there is room for it."""
        cleaned = clean_text(text[:_LONGEST], _LONGEST, "note")
        if len(cleaned) > limit or len(text) > _LONGEST:
            self._warns.append("text_cut")
        return cleaned[:limit].rstrip()


def _joined(between: str, *parts: str) -> str:
    return between.join(filter(None, parts))


def _has_letters(text: str) -> bool:
    return sum(map(str.isalnum, text)) > 3


def _untagged(text: str) -> str:
    """HTML as text: its line breaks kept, its tags gone."""
    if "<" not in text and "&" not in text:
        return text
    return html.unescape(_TAG.sub(lambda found: "" if found[1] else "\n", text)).strip()

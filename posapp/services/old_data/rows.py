"""A row of an old system as it is staged: IDs, numbers, addresses, moments and amounts read, faults noted."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from posapp.domain.base.errors import DomainError
from posapp.domain.base.phone import InvalidPhone, PhoneNumber
from posapp.domain.customers.customers import TYPED_KEPT
from posapp.domain.customers.pl_id import PlId
from posapp.domain.old_data.staging import Role, StagedRow, body_of, json_text
from posapp.domain.old_data.values import (
    ValueFault,
    clean_email,
    clean_id,
    clean_name,
    raw_phone,
    read_amount,
    read_moment,
    read_whole,
    text_of,
)
from posapp.services.old_data.systems import Collection, Means

RAW_KEPT = 4000
"""Characters that are kept of a row that is refused."""
_MOST_NUMBER = 2**63 - 1
_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is read: `shops` are batch and region by the ID of an old business, "" if there is one."""

    file: int
    shops: Mapping[str, tuple[int, str]]
    first_batch: int
    decimals: int
    semicolon: bool = False
    statuses: Mapping[str, str] = field(default_factory=dict)


Refusal = str
Staged = StagedRow | Refusal | None
"""A staged row, why it is refused at once, or None for a row that is passed over."""


class RowReader:
    """Reads the rows of one collection."""

    def __init__(self, collection: Collection, reading: Reading) -> None:
        self._collection = collection
        self._reading = reading
        columns = collection.columns
        self._code = columns[Means.CODE]
        self._object_id = columns.get(Means.OBJECT_ID)
        self._at = columns[Means.AT]
        kept = {Means.NAME, Means.EMAIL, Means.PHONE} if collection.has_customer else set()
        named = (name for means, name in columns.items() if means not in kept)
        self.left_out = collection.left_out
        self._named = frozenset(named) | collection.left_out
        self.highest_pl = 0
        """The largest PL number of any readable row."""
        self._take: Callable[[int, Mapping[str, object]], Staged]
        self._take = self._past if collection.role is Role.PAST else self._person

    def read(self, row: int, values: Mapping[str, object] | None) -> Staged:
        """A row of the file."""
        return "row_malformed" if values is None else self._take(row, values)

    # -- people ------------------------------------------------------------------------------------
    def _role(self, values: Mapping[str, object]) -> Role | None:
        """Somebody of another kind is passed over, and kept as that or not at all."""
        made = self._collection
        kind = made.columns.get(Means.KIND)
        if kind is None or text_of(values.get(kind)).strip().casefold() in made.kinds:
            return made.role
        return Role.PASSED if made.keeps_passed else None

    def _person(self, row: int, values: Mapping[str, object]) -> Staged:
        made, columns = self._collection, self._collection.columns
        pl_number, warns = self._pl_number(values)
        role = self._role(values)
        if role is None:
            return None
        code, number = self._id(values.get(self._code))
        if not code:
            return None if role is Role.PASSED else "id_missing"
        batch, region, fault = self._shop(values)
        number_of, phone_fault = _phone(values.get(columns[Means.PHONE]), region)
        at, amount, late = self._when(values)
        if number_of is not None:
            warns += _phone_warns(number_of)
        if not fault and not (made.keeps_passed or made.has_customer):
            fault, phone_fault = phone_fault, None
        status = columns.get(Means.STATUS)
        return StagedRow(
            batch,
            self._reading.file,
            row,
            made.name,
            role,
            code,
            _folded(code),
            number,
            at,
            number_of.key if number_of else None,
            clean_email(values.get(columns.get(Means.EMAIL, ""))) or None,
            self._owner(values) or None,
            number_of.key if number_of else None,
            amount,
            text_of(values.get(status)).strip() if status else None,
            pl_number,
            fault or late,
            phone_fault,
            " ".join(warns) or None,
            self._body(values, number_of),
        )

    def _pl_number(self, values: Mapping[str, object]) -> tuple[int | None, list[str]]:
        """The PL ID of a row, and the warning if it is none."""
        column = self._collection.columns.get(Means.PL_ID)
        text = text_of(values.get(column)).strip() if column else ""
        if not text:
            if column and values.get(column) not in (None, "") and not isinstance(values.get(column), str):
                return None, ["pl_id_invalid"]
            return None, []
        try:
            number = PlId.parse(text).number
        except DomainError:
            return None, ["pl_id_invalid"]
        self.highest_pl = max(self.highest_pl, number)
        return number, []

    def _body(self, values: Mapping[str, object], number: PhoneNumber | None) -> str:
        columns = self._collection.columns
        address, note = columns.get(Means.ADDRESS), columns.get(Means.NOTE)
        return body_of(
            name=clean_name(values.get(columns[Means.NAME])),
            phone=parts_of(number) if number is not None else None,
            address=text_of(values.get(address)).strip() if address else "",
            note=text_of(values.get(note)).strip() if note else "",
            rest=self._rest(values),
        )

    # -- past records ------------------------------------------------------------------------------
    def _past(self, row: int, values: Mapping[str, object]) -> Staged:
        made = self._collection
        code, number = self._id(values.get(self._code))
        if not code:
            return "id_missing"
        batch, region, fault = self._shop(values)
        owner = self._owner(values)
        group_key = None
        if made.owner_may_be_phone and not _is_object_id(owner):
            found, _ = _phone(values.get(made.columns[Means.OWNER]), region)
            group_key, owner = found.key if found else None, ""
        at, amount, late = self._when(values)
        status = text_of(values.get(made.columns[Means.STATUS])).strip()
        if self._reading.statuses and made.numbers_ids and Means.WHOLE in made.columns:
            status = self._reading.statuses.get(whole_id(status), status)
        return StagedRow(
            batch,
            self._reading.file,
            row,
            made.name,
            Role.PAST,
            code,
            _folded(code),
            number,
            at,
            None,
            None,
            owner or None,
            group_key,
            amount,
            status,
            None,
            fault or late,
            None,
            None,
            self._rest(values),
        )

    # -- what both have ----------------------------------------------------------------------------
    def _id(self, value: object) -> tuple[str, int | None]:
        code = clean_id(value)
        if not self._collection.numbers_ids:
            return code, None
        code = whole_id(code)
        number = int(code) if code.removeprefix("-").isdecimal() and len(code) < 20 else None
        return code, number if number is not None and abs(number) <= _MOST_NUMBER else None

    def _shop(self, values: Mapping[str, object]) -> tuple[int, str, str | None]:
        column = self._collection.columns.get(Means.BUSINESS)
        if column is None:
            return *self._reading.shops[""], None
        found = self._reading.shops.get(whole_id(clean_id(values.get(column))))
        if found is None:
            return self._reading.first_batch, "", "business_unknown"
        return *found, None

    def _owner(self, values: Mapping[str, object]) -> str:
        column = self._collection.columns.get(Means.OWNER)
        if column is None:
            return ""
        owner = clean_id(values.get(column))
        return whole_id(owner) if self._collection.numbers_ids else owner

    def _when(self, values: Mapping[str, object]) -> tuple[int | None, int, str | None]:
        """Moment and amount, and what is wrong with them."""
        columns, at, amount, fault = self._collection.columns, None, 0, None
        try:
            at = read_moment(values.get(self._at), values.get(self._object_id) if self._object_id else None)
        except ValueFault as error:
            fault = error.code
        try:
            if Means.AMOUNT in columns:
                amount = read_amount(
                    values.get(columns[Means.AMOUNT]),
                    self._reading.decimals,
                    semicolon=self._reading.semicolon,
                )
            elif Means.WHOLE in columns:
                is_balance = self._collection.role is not Role.PAST
                amount = read_whole(values.get(columns[Means.WHOLE]), may_be_negative=is_balance)
        except ValueFault as error:
            fault = fault or error.code
        return at, amount, fault

    def _rest(self, values: Mapping[str, object]) -> str:
        """All fields that are not named, as JSON."""
        rest = {
            name: value
            for name, value in values.items()
            if name not in self._named and value is not None and value != ""
        }
        return json_text(rest) if rest else ""


def raw_of(values: Mapping[str, object] | None, left_out: frozenset[str] = frozenset()) -> str:
    """A row as it came, cut."""
    if values is None:
        return ""
    kept = {name: value for name, value in values.items() if name not in left_out}
    return json.dumps(kept, ensure_ascii=False, default=str)[:RAW_KEPT]


def _phone(value: object, region: str) -> tuple[PhoneNumber | None, str | None]:
    try:
        return PhoneNumber.parse(raw_phone(value), region=region), None
    except InvalidPhone as problem:
        return None, problem.code


def parts_of(number: PhoneNumber) -> tuple[str, str, str]:
    """What stands beside the key of a number: extension, mark, what was written."""
    return number.extension, number.mark.value if number.mark else "", number.typed[:TYPED_KEPT]


def _phone_warns(number: PhoneNumber) -> list[str]:
    warns = [f"phone_{number.mark.value}"] if number.mark else []
    return [*warns, "phone_extension"] if number.extension else warns


def _folded(code: str) -> str | None:
    folded = code.casefold()
    return None if folded == code else folded


def _is_object_id(text: str) -> bool:
    return len(text) == 24 and _HEX.issuperset(text.lower())


def whole_id(code: str) -> str:
    """An ID that is a whole number, without zeros before it."""
    bare = code.removeprefix("-")
    return str(int(code)) if bare.isascii() and bare.isdecimal() and len(bare) < 1000 else code

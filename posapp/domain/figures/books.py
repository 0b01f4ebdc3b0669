"""The books: every document of a day as lines of debit and credit that balance by themselves.

What was stored is booked as it was stored, on its own business day:

* **A sale** (S12): its lines without tax to the credit of repairs, goods or services, per rate; each part of
  its taxes to tax to pay; money to the debit of where it lies (drawer, card terminal, bank, QR); what stays
  owed to customers. Deposits and gift cards that it sold are owed, not earned; those that paid are owed less.
* **A refund** is no sale taken back: what it gives back without tax goes to refunds, per rate; the taxes of
  it are owed less. **A void** reverses its sale, line by line, on the day on which it was made void.
* **A payment** (P4) of a debt: money against what customers owe. What cash rounding took or gave is apart.
* **A shift**: its float comes from the safe, all that was counted at the close goes there, and what the count
  differs by is a difference of the drawer. The close stands on the last day of what is in the shift. **Cash
  put in or taken out** stands beside the drawer with its reason.
* **An expired gift card** is owed no more and earns what was left. **A balance brought along** from an older
  system stands against opening balances.

A day that was sent stays: what differs later goes out as a correction of that day, account by account.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum
from itertools import groupby

from posapp.domain.catalogue.taxes import percent_text
from posapp.domain.figures.periods import Period
from posapp.domain.selling.ledger import Account as LedgerAccount
from posapp.domain.selling.payments import Tender


class Role(StrEnum):
    """What an account is for; those of revenue, refunds and taxes are one for each rate."""

    CASH = "cash"
    SAFE = "safe"
    CARD = "card"
    BANK = "bank"
    QR = "qr"
    CUSTOMERS = "customers"
    DEPOSITS = "deposits"
    GIFT_CARDS = "gift_cards"
    CREDIT = "credit"
    TAX = "tax"
    OPENING = "opening"
    REPAIRS = "repairs"
    GOODS = "goods"
    SERVICES = "services"
    REFUNDS = "refunds"
    ROUNDING = "rounding"
    EXPIRED = "expired"
    PAID_IN = "paid_in"
    PAID_OUT = "paid_out"
    DIFFERENCES = "differences"

    @property
    def words(self) -> str:
        """What it is called."""
        return _WORDS[self]

    @property
    def is_taxed(self) -> bool:
        """Whether there is one for each rate."""
        return self in _TAXED


_WORDS = {
    Role.CASH: "Cash in drawers",
    Role.SAFE: "Safe",
    Role.CARD: "Card terminal",
    Role.BANK: "Bank",
    Role.QR: "QR payments",
    Role.CUSTOMERS: "Customers, on account",
    Role.DEPOSITS: "Deposits held",
    Role.GIFT_CARDS: "Gift cards",
    Role.CREDIT: "Credit held",
    Role.TAX: "Tax to pay",
    Role.OPENING: "Opening balances",
    Role.REPAIRS: "Repairs",
    Role.GOODS: "Goods",
    Role.SERVICES: "Services",
    Role.REFUNDS: "Refunds",
    Role.ROUNDING: "Cash rounding",
    Role.EXPIRED: "Gift cards expired",
    Role.PAID_IN: "Cash paid in",
    Role.PAID_OUT: "Petty cash",
    Role.DIFFERENCES: "Drawer differences",
}
_TAXED = frozenset({Role.TAX, Role.REPAIRS, Role.GOODS, Role.SERVICES, Role.REFUNDS})
OF_TENDER = {
    Tender.CASH: Role.CASH,
    Tender.CARD: Role.CARD,
    Tender.TRANSFER: Role.BANK,
    Tender.QR: Role.QR,
}
"""Where money lies that came in by a tender; the others move only what is owed."""
OF_LEDGER = {
    LedgerAccount.DEBT: Role.CUSTOMERS,
    LedgerAccount.DEPOSIT: Role.DEPOSITS,
    LedgerAccount.CREDIT: Role.CREDIT,
}
"""The account that an entry of the ledger moves; above zero to its debit."""
OF_LINE = {
    "goods": Role.GOODS,
    "part": Role.GOODS,
    "service": Role.SERVICES,
    "text": Role.GOODS,
    "ticket": Role.REPAIRS,
    "booking": Role.SERVICES,
}
"""What a line earns for, by the kind of its item or by its own; one of a ticket is always a repair's."""


class DocumentKind(IntEnum):
    """What a document of the books is, in the order in which those of a day stand."""

    OPENING = 0
    SALE = 1
    VOID = 2
    PAYMENT = 3
    CASH = 4
    CARD = 5
    SHIFT = 6
    CORRECTION = 7


@dataclass(frozen=True, slots=True)
class AccountKey:
    """An account by what it is for; `tax` is the name and the rate of a tax ("VAT:230000"), "" if none."""

    role: Role
    tax: str = ""

    @property
    def words(self) -> str:
        """What it is called, with its rate."""
        if not self.tax:
            return self.role.words
        name, _, rate = self.tax.rpartition(":")
        return f"{self.role.words}, {name} {percent_text(int(rate))} %"

    @property
    def code(self) -> str:
        """How it is named in a command: `goods`, `goods/VAT:230000`."""
        return f"{self.role}/{self.tax}" if self.tax else str(self.role)


def account_key(code: str) -> AccountKey | None:
    """The account that `AccountKey.code` names, None for none."""
    word, _, tax = code.partition("/")
    role = next((one for one in Role if one.value == word), None)
    if role is None:
        return None
    name, mark, rate = tax.rpartition(":")
    is_tax = bool(mark) and rate.isascii() and rate.isdecimal() and len(rate) < 8 and len(name) <= 100
    return AccountKey(role, tax) if not tax or (is_tax and role.is_taxed) else None


ORDER = {role: place for place, role in enumerate(Role)}


def placed(key: AccountKey) -> tuple[int, str]:
    """Where an account stands among the others."""
    return ORDER[key.role], key.tax


@dataclass(frozen=True, slots=True)
class BookLine:
    """One line of a document: above zero to the debit of its account, below to the credit."""

    account: AccountKey
    minor: int

    @property
    def debit_minor(self) -> int:
        """What stands in debit."""
        return max(self.minor, 0)

    @property
    def credit_minor(self) -> int:
        """What stands in credit."""
        return max(-self.minor, 0)


@dataclass(frozen=True, slots=True)
class BookDocument:
    """A document of the books; `number` is what it is called (S12, P4, Z91), `about` what else it says."""

    day: date
    kind: DocumentKind
    number: str
    about: str
    customer: str
    lines: tuple[BookLine, ...]
    at: int = 0
    """Where the next page goes on."""

    @property
    def difference_minor(self) -> int:
        """Debit less credit: 0 unless something was altered."""
        return sum(line.minor for line in self.lines)

    @property
    def is_correction(self) -> bool:
        """Whether it tells only what differs from what was sent."""
        return self.kind is DocumentKind.CORRECTION

    @property
    def text(self) -> str:
        """What it says in one line."""
        match self.kind:
            case DocumentKind.SALE:
                return f"{self.number} refund of {self.about}" if self.about else f"{self.number} sale"
            case DocumentKind.VOID:
                return f"{self.number} void"
            case DocumentKind.PAYMENT:
                return f"{self.number} payment"
            case DocumentKind.CARD:
                return f"{self.number} expired"
            case DocumentKind.OPENING:
                return f"{self.customer} opening balance".strip()
            case DocumentKind.CASH:
                return f"Cash: {self.about}"
            case DocumentKind.CORRECTION:
                return f"{self.number} correction of {self.day}"
            case DocumentKind.SHIFT:
                return f"{self.number or 'Float'} {self.about}".strip()


Sums = Mapping[AccountKey, int]
"""What a day comes to by account, debit above zero."""


@dataclass(frozen=True, slots=True)
class BookRow:
    """What an account has in a period: how many documents move it, and by how much each way."""

    account: AccountKey
    entries: int
    debit_minor: int
    credit_minor: int


@dataclass(frozen=True, slots=True)
class NumberedAccount:
    """An account as a shop numbers it; `is_own`: the shop has said so itself."""

    account: AccountKey
    number: str
    name: str
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class BookTable:
    """The books of a period: a row for each account, with its number."""

    period: Period
    rows: tuple[tuple[NumberedAccount, BookRow], ...]

    @property
    def debit_minor(self) -> int:
        """All that stands in debit."""
        return sum(row.debit_minor for _, row in self.rows)

    @property
    def credit_minor(self) -> int:
        """All that stands in credit."""
        return sum(row.credit_minor for _, row in self.rows)

    @property
    def is_balanced(self) -> bool:
        """Whether both are the same."""
        return self.debit_minor == self.credit_minor


# -- sent ------------------------------------------------------------------------------------------------
class SendingState(StrEnum):
    """How far a period has gone out."""

    EMPTY = "empty"
    """There is nothing to send."""
    NEW = "new"
    PARTLY = "partly"
    SENT = "sent"
    CHANGED = "changed"
    """Something differs from what was sent."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What went out of a day: first all of it (`correction` 0), then what differed, account by account."""

    day: date
    correction: int
    sums: Sums
    at: datetime
    by: str


def sums_text(sums: Sums) -> str:
    """Sums as they are kept."""
    told = [[str(key.role), key.tax, minor] for key, minor in sorted(sums.items(), key=_place) if minor]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _place(item: tuple[AccountKey, int]) -> tuple[int, str]:
    return placed(item[0])


def sums_of(text: str) -> dict[AccountKey, int]:
    """Sums as they were kept."""
    return {AccountKey(Role(role), tax): minor for role, tax, minor in json.loads(text)}


def digest_of(text: str) -> str:
    """What tells whether kept sums are still those that were sent."""
    return hashlib.sha256(text.encode()).hexdigest()


def less(sums: Sums, others: Iterable[Sums]) -> dict[AccountKey, int]:
    """What sums come to beyond others, without what is nothing."""
    found = dict(sums)
    for other in others:
        for key, minor in other.items():
            found[key] = found.get(key, 0) - minor
    return {key: minor for key, minor in found.items() if minor}


def correction_of(day: date, number: int, sums: Sums) -> BookDocument:
    """The document by which a day that was sent is corrected; it balances because both days do."""
    lines = tuple(BookLine(key, minor) for key, minor in sorted(sums.items(), key=_place))
    return BookDocument(day, DocumentKind.CORRECTION, f"C{number}", "", "", lines)


def by_day(documents: Iterable[BookDocument]) -> Iterator[tuple[date, list[BookDocument]]]:
    """Documents, in their order, by day."""
    for day, those in groupby(documents, lambda one: one.day):
        yield day, list(those)

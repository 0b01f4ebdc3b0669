"""The books of one business: what moved each account, what the shop calls the accounts, and what was sent."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import and_, bindparam, select, text

from posapp.domain.base.clock import day_number, day_of, from_us
from posapp.domain.base.numbers import PL, Letter, number_text
from posapp.domain.figures.books import (
    AccountKey,
    BookDocument,
    BookLine,
    BookRow,
    DocumentKind,
    Role,
    Sent,
    Sums,
    digest_of,
    placed,
    sums_of,
    sums_text,
)
from posapp.domain.figures.periods import Period
from posapp.storage.base.quick import Hot
from posapp.storage.base.repository import Repository
from posapp.storage.figures.book_moves import DOCUMENTS, shifts_since
from posapp.storage.figures.book_tables import book_account, book_sending

_ROWS = Hot(
    text(
        f"{DOCUMENTS} SELECT role, tax, count(*) AS entries, "
        "CAST(sum(CASE WHEN minor > 0 THEN minor ELSE 0 END) AS BIGINT) AS debit, "
        "CAST(sum(CASE WHEN minor < 0 THEN -minor ELSE 0 END) AS BIGINT) AS credit "
        "FROM documents GROUP BY role, tax"
    ),
    tuple,
)
_SUMS = Hot(
    text(
        f"{DOCUMENTS} SELECT day, role, tax, CAST(sum(minor) AS BIGINT) AS minor "
        "FROM documents GROUP BY day, role, tax ORDER BY day"
    ),
    tuple,
)
_SHOWN = "d.day, d.kind, d.place, d.number, d.about, c.pl_number, d.role, d.tax, d.minor"
_WHOSE = "LEFT JOIN customer c ON c.id = d.customer_id AND +c.business_id = :business"
_WHOLE = Hot(text(f"{DOCUMENTS} SELECT {_SHOWN} FROM documents d {_WHOSE} ORDER BY d.place"), tuple)
_ENTRIES = Hot(
    text(
        f"{DOCUMENTS} SELECT {_SHOWN} FROM documents d {_WHOSE} "
        "WHERE d.role = :role AND d.tax = :tax AND d.place > :after ORDER BY d.place LIMIT :most"
    ),
    tuple,
)
_ACCOUNTS = Hot(
    select(book_account.c.role, book_account.c.tax, book_account.c.number, book_account.c.name).where(
        and_(book_account.c.business_id == bindparam("business"), book_account.c.chart == bindparam("of"))
    ),
    tuple,
)
_SENT = Hot(
    select(
        book_sending.c.business_day,
        book_sending.c.correction,
        book_sending.c.sums,
        book_sending.c.created_at,
        book_sending.c.created_by,
    )
    .where(
        and_(
            book_sending.c.business_id == bindparam("business"),
            book_sending.c.format == bindparam("of"),
            book_sending.c.business_day.between(bindparam("first"), bindparam("last")),
        )
    )
    .order_by(book_sending.c.business_day, book_sending.c.correction),
    tuple,
)


class Books(Repository):
    """The books of one business."""

    # -- read from what was sold and paid ----------------------------------------------------------
    def rows(self, period: Period) -> list[BookRow]:
        """What each account has in these days, in the order of the accounts."""
        found = [
            BookRow(AccountKey(Role(role), tax), int(entries), int(debit), int(credit))
            for role, tax, entries, debit, credit in self._asked(_ROWS, period)
        ]
        return sorted(found, key=lambda row: placed(row.account))

    def sums(self, period: Period) -> dict[date, Sums]:
        """What each of these days comes to by account; a day without anything is not there."""
        found: dict[date, dict[AccountKey, int]] = {}
        for day, role, tax, minor in self._asked(_SUMS, period):
            if minor:
                found.setdefault(day_of(day), {})[AccountKey(Role(role), tax)] = int(minor)
        return dict(found)

    def documents(self, period: Period) -> Iterator[BookDocument]:
        """All documents of these days with their lines, in their order."""
        yield from _documents(self._asked(_WHOLE, period))

    def entries(self, period: Period, account: AccountKey, after: int, most: int) -> list[BookDocument]:
        """The documents that move an account, each with only the line that does."""
        keys = {"role": str(account.role), "tax": account.tax, "after": after, "most": most}
        return list(_documents(self._asked(_ENTRIES, period, **keys)))

    def _asked(self, statement: Hot, period: Period, **more: object) -> Any:
        keys = {**_days(period), "since": shifts_since(period.first), **more}
        return self._connection.execute(statement, {"business": self._business, **keys})

    # -- accounts ----------------------------------------------------------------------------------
    def accounts(self, chart: str) -> dict[AccountKey, tuple[str, str]]:
        """The accounts that the shop numbers itself: number and name ("" where it has that of the chart)."""
        keys = {"business": self._business, "of": chart}
        rows = self._connection.execute(_ACCOUNTS, keys)
        return {AccountKey(Role(role), tax): (number, name) for role, tax, number, name in rows}

    def set_account(self, chart: str, account: AccountKey, number: str, name: str) -> None:
        """Number an account."""
        which = and_(
            book_account.c.chart == chart,
            book_account.c.role == str(account.role),
            book_account.c.tax == account.tax,
        )
        if not self._change(book_account, which, {"number": number, "name": name}):
            keys = {"chart": chart, "role": str(account.role), "tax": account.tax}
            self._add(book_account, {**keys, "number": number, "name": name})

    # -- what was sent -----------------------------------------------------------------------------
    def sent(self, of: str, period: Period) -> list[Sent]:
        """What went out of these days in a format, by day, each day's corrections after it."""
        rows = self._connection.execute(_SENT, {"business": self._business, "of": of, **_days(period)})
        return [
            Sent(day_of(day), correction, sums_of(sums), from_us(at), by)
            for day, correction, sums, at, by in rows
        ]

    def add_sent(self, of: str, day: date, correction: int, sums: Sums) -> None:
        """Keep what goes out of a day."""
        written = sums_text(sums)
        self._add(
            book_sending,
            {
                "format": of,
                "business_day": day_number(day),
                "correction": correction,
                "sums": written,
                "digest": digest_of(written),
                "created_at": self._at,
                "created_by": self._by,
            },
        )


def _days(period: Period) -> dict[str, int]:
    return {"first": day_number(period.first), "last": day_number(period.last)}


def _documents(rows: Any) -> Iterator[BookDocument]:
    """Rows of documents, in their order, as documents."""
    for place, those in groupby(rows, lambda row: row[2]):
        lines = list(those)
        day, kind, _, number, about, pl_number, *_ = lines[0]
        found = sorted(
            (BookLine(AccountKey(Role(role), tax), int(minor)) for *_, role, tax, minor in lines),
            key=lambda line: placed(line.account),
        )
        customer = f"{PL}{pl_number}" if pl_number else ""
        shown = _number(DocumentKind(kind), number)
        yield BookDocument(day_of(day), DocumentKind(kind), shown, about, customer, tuple(found), place)


_LETTERS = {
    DocumentKind.SALE: Letter.SALE,
    DocumentKind.VOID: Letter.SALE,
    DocumentKind.PAYMENT: Letter.PAYMENT,
    DocumentKind.CARD: Letter.GIFT_CARD,
    DocumentKind.SHIFT: Letter.REPORT,
}


def _number(kind: DocumentKind, number: int) -> str:
    """What a document is called; "" for what has no number, or none yet."""
    letter = _LETTERS.get(kind)
    return number_text(letter, number) if letter is not None and number else ""

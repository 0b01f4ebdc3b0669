"""The book desk: what a day comes to by account, what the accounts are called, and how the books go out."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from posapp import files
from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.clock import wall_of
from posapp.domain.base.errors import DomainError
from posapp.domain.figures.books import (
    AccountKey,
    BookDocument,
    BookTable,
    NumberedAccount,
    Role,
    SendingState,
    Sent,
    Sums,
    correction_of,
    less,
    placed,
)
from posapp.domain.figures.charts import BookFormat, BookSettings, Chart, check_account, numbered
from posapp.domain.figures.periods import EVER, Period
from posapp.domain.figures.reconciliation import Reconciliation
from posapp.services.figures.book_files.batch import Batch
from posapp.services.figures.book_settings import keep_settings, settings_in
from posapp.services.figures.reconciling import reconcile

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store, UnitOfWork

MANY = 200
"""So many entries of an account are read at a time."""


@dataclass(frozen=True, slots=True)
class Sending:
    """How far a period has gone out in a format: which days would go out now, and which as corrections.

    `at` and `by` are of what went out last.
    """

    state: SendingState
    new: tuple[date, ...]
    changed: tuple[date, ...]
    at: datetime | None
    by: str


@dataclass(frozen=True, slots=True)
class Exported:
    """What went into a file; without one (`path` None) there was nothing that had not gone out before."""

    path: Path | None
    days: int
    corrections: int
    sending: Sending


class BookDesk:
    """Reads the books and sends them."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    # -- read --------------------------------------------------------------------------------------
    def day(self, actor: Actor, day: date) -> BookTable:
        """The books of a business day."""
        actor.require(Permission.REPORT_READ)
        return self.period(actor, Period(day, day))

    def period(self, actor: Actor, period: Period) -> BookTable:
        """The books of some days, both ends included."""
        actor.require(Permission.REPORT_READ)
        with self._store.look(actor, snapshot=True) as uow:
            named = _namer(uow, Chart.GENERAL)
            return BookTable(period, tuple((named(row.account), row) for row in uow.books.rows(period)))

    def entries(
        self, actor: Actor, period: Period, account: AccountKey, after: int = 0
    ) -> tuple[BookDocument, ...]:
        """The next documents behind an account, oldest first, each with what it moves there."""
        actor.require(Permission.REPORT_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return tuple(uow.books.entries(period, account, after, MANY))

    def reconciliation(self, actor: Actor, period: Period) -> Reconciliation:
        """The Z reports of these days beside their books, with what explains each difference."""
        actor.require(Permission.REPORT_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return reconcile(uow, period)

    # -- accounts ----------------------------------------------------------------------------------
    def accounts(self, actor: Actor, chart: Chart = Chart.GENERAL) -> tuple[NumberedAccount, ...]:
        """All accounts as a chart numbers them: each role, with the rates of the shop's taxes today."""
        actor.require(Permission.REPORT_READ)
        with self._store.look(actor, snapshot=True) as uow:
            named = _namer(uow, chart)
            keys = {*map(AccountKey, Role), *_rates_of(uow), *uow.books.accounts(chart)}
            return tuple(named(key) for key in sorted(keys, key=placed))

    def set_account(
        self, actor: Actor, chart: Chart, account: AccountKey, number: str, name: str = ""
    ) -> NumberedAccount:
        """Number an account in a chart; one without a rate stands for all that have none of their own."""
        actor.require(Permission.SHOP_WRITE)
        number, name = check_account(chart, number, name)
        with self._store.work(actor) as uow:
            before = _namer(uow, chart)(account)
            if (before.number, before.name) != (number, name or account.words) or not before.is_own:
                uow.books.set_account(chart, account, number, name)
                uow.journal.add(
                    Action.BOOKS_ACCOUNT,
                    "business",
                    actor.business,
                    ref=f"{chart} {account.code}",
                    before={"number": before.number},
                    after={"number": number},
                )
                uow.commit()
            return _namer(uow, chart)(account)

    def settings(self, actor: Actor) -> BookSettings:
        """What DATEV asks of the shop."""
        actor.require(Permission.REPORT_READ)
        with self._store.look(actor) as uow:
            return settings_in(uow)

    def set_settings(self, actor: Actor, settings: BookSettings) -> BookSettings:
        """Keep what DATEV asks of the shop; what did not change is not noted."""
        actor.require(Permission.SHOP_WRITE)
        with self._store.work(actor) as uow:
            if keep_settings(uow, settings):
                uow.commit()
            return settings_in(uow)

    # -- sent --------------------------------------------------------------------------------------
    def sending(self, actor: Actor, period: Period, of: BookFormat) -> Sending:
        """How far these days have gone out in a format."""
        actor.require(Permission.REPORT_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return _weighed(uow, period, of).sending

    def export(
        self,
        actor: Actor,
        period: Period,
        of: BookFormat,
        path: Path,
        *,
        again: bool = False,
        replace: bool = False,
    ) -> Exported:
        """Write what has not gone out yet into a new file, and keep that it did.

        A day that went out before stays: only what differs from it is written, as a correction. With `again`
        all days are written anew, as they are now. With `replace` a file that is there is replaced once the
        new one is whole; where nothing is to be written, it stays.
        """
        sending = self.sending(actor, period, of)
        if not (sending.new or sending.changed) and not (again and sending.at):
            return Exported(None, 0, 0, sending)
        with files.written(path, replace=replace) as file:
            with self._store.look(actor, snapshot=True) as uow:
                weighed = _weighed(uow, period, of)  # once more: what is kept is what is written
                whole, corrections = weighed.parts(again=again)
                batch = _batch(uow, weighed, whole, corrections, again=again)
                for part in _written(of, batch, _documents(uow, whole, corrections)):
                    file.write(part)
            file.flush()
            os.fsync(file.fileno())  # a full disk says so before anything is noted
            self._keep(actor, weighed)
        return Exported(path, len(whole), len(corrections), weighed.sending)

    def _keep(self, actor: Actor, weighed: "_Weighed") -> None:
        """Note what goes out, before its file gets its name: nothing goes out twice unseen."""
        if not (weighed.sending.new or weighed.sending.changed):
            return
        with self._store.work(actor) as uow:
            for day in (*weighed.sending.new, *weighed.sending.changed):
                sums = less(weighed.now.get(day, {}), (one.sums for one in weighed.before.get(day, ())))
                uow.books.add_sent(weighed.of, day, len(weighed.before.get(day, ())), sums)
            period = weighed.period
            after = {
                "days": len(weighed.sending.new),
                "corrections": len(weighed.sending.changed),
                "from": period.first.isoformat(),
                "to": period.last.isoformat(),
            }
            uow.journal.add(Action.BOOKS_SENT, "business", actor.business, ref=weighed.of, after=after)
            uow.commit()


# -- inside a transaction ------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _Weighed:
    """What days come to now, and what went out of them."""

    of: BookFormat
    period: Period
    now: dict[date, Sums]
    before: dict[date, list[Sent]]
    sending: Sending

    def parts(self, *, again: bool) -> tuple[list[date], list[BookDocument]]:
        """The days that are written whole, and the corrections of others."""
        if again:
            return sorted(self.now), []
        return list(self.sending.new), [self.correction(day) for day in self.sending.changed]

    def correction(self, day: date) -> BookDocument:
        """What differs from what went out of a day."""
        before = self.before[day]
        return correction_of(day, len(before), less(self.now.get(day, {}), (one.sums for one in before)))


def _weighed(uow: "UnitOfWork", period: Period, of: BookFormat) -> _Weighed:
    now = uow.books.sums(period)
    before: dict[date, list[Sent]] = {}
    for one in uow.books.sent(of, period):
        before.setdefault(one.day, []).append(one)
    new = tuple(sorted(now.keys() - before.keys()))
    changed = tuple(
        day for day, those in before.items() if less(now.get(day, {}), (one.sums for one in those))
    )
    last = max((one for those in before.values() for one in those), key=lambda one: one.at, default=None)
    state = _state(new, changed, is_sent=bool(before))
    told = Sending(state, new, changed, last.at if last else None, last.by if last else "")
    return _Weighed(of, period, now, before, told)


def _state(new: tuple[date, ...], changed: tuple[date, ...], *, is_sent: bool) -> SendingState:
    if changed:
        return SendingState.CHANGED
    if new:
        return SendingState.PARTLY if is_sent else SendingState.NEW
    return SendingState.SENT if is_sent else SendingState.EMPTY


def _batch(
    uow: "UnitOfWork", weighed: _Weighed, whole: list[date], corrections: list[BookDocument], *, again: bool
) -> Batch:
    settings, business = settings_in(uow), uow.businesses.get()
    keys = {row.account for row in uow.books.rows(weighed.period)}
    keys |= {line.account for one in corrections for line in one.lines}
    until = max(weighed.period.first - timedelta(1), EVER.first) if again else EVER.last
    opened = {key for one in uow.books.sent(weighed.of, Period(EVER.first, until)) for key in one.sums}
    days = [*whole, *(one.day for one in corrections)] or [weighed.period.first]
    return Batch(
        business,
        settings,
        Period(min(days), max(days)),
        wall_of(uow.now, business.time_zone),
        _namer(uow, settings.chart_of(weighed.of)),
        tuple(sorted(keys, key=placed)),
        frozenset(opened),
    )


def _documents(
    uow: "UnitOfWork", whole: list[date], corrections: list[BookDocument]
) -> Iterator[BookDocument]:
    """The documents of whole days, a month read at a time, and the corrections, all in their order."""
    left = {one.day: one for one in corrections}
    days = sorted({*whole, *left})
    for month in dict.fromkeys((day.year, day.month) for day in days):
        those = [day for day in days if (day.year, day.month) == month]
        wanted = set(whole) & set(those)
        found = iter(uow.books.documents(Period(those[0], those[-1])) if wanted else ())
        kept = [one for one in found if one.day in wanted]
        kept += [left[day] for day in those if day in left]
        yield from sorted(kept, key=lambda one: one.day)


def _written(of: BookFormat, batch: Batch, documents: Iterator[BookDocument]) -> Iterator[bytes]:
    from posapp.services.figures.book_files.table import written

    return written(of, batch, documents)


def _namer(uow: "UnitOfWork", chart: Chart) -> Callable[[AccountKey], NumberedAccount]:
    own = uow.books.accounts(chart)
    return lambda key: numbered(chart, key, own)


def _rates_of(uow: "UnitOfWork") -> set[AccountKey]:
    """The accounts of the rates that the shop's taxes have today."""
    today, found = uow.businesses.get().day_of(uow.now), set()
    for tax in uow.taxes.all(with_archived=False):
        rate = tax.rate_on(today)
        if rate is None:
            continue
        on_day = tax.on(today)
        whole = f"{on_day.name}:{on_day.rate}"
        found |= {AccountKey(role, whole) for role in Role if role.is_taxed and role is not Role.TAX}
        found |= {AccountKey(Role.TAX, f"{part.name}:{part.rate}") for part in on_day.parts}
    return found


def read_account(code: str) -> AccountKey:
    """The account that a code names (`goods`, `goods/VAT:230000`); refuses with `account_unknown`."""
    from posapp.domain.figures.books import account_key

    found = account_key(code)
    if found is None:
        raise DomainError(
            "account_unknown", f"There is no account {code[:40]}. There are: {', '.join(Role)}.", field="role"
        )
    return found

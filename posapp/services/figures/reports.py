"""The report desk: every page of figures, and the documents behind each figure."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.figures.opening import Opening
from posapp.domain.figures.periods import Comparison, Period
from posapp.domain.figures.reports import Behind, Report, ReportTable, summed
from posapp.services.figures.opening import opening_of
from posapp.services.figures.pages.page import PageOf
from posapp.services.figures.pages.table import PAGES, page_called

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store, UnitOfWork

MANY = 200
"""So many documents behind a figure are read at a time."""


class ReportDesk:
    """Reads the pages of the reports."""

    def __init__(self, store: "Store") -> None:
        from posapp.storage.base.stopping import Stopping

        self._store, self._stopping = store, Stopping()

    def interrupt(self) -> None:
        """End what is being read; may be called from any thread."""
        self._stopping.stop()

    @contextmanager
    def _look(self, actor: Actor) -> "Iterator[UnitOfWork]":
        """One moment of the shop, read until it is there or interrupted."""
        with self._store.look(actor, snapshot=True) as uow, self._stopping.over(uow.connection):
            yield uow

    def all(self, actor: Actor) -> tuple[Report, ...]:
        """The reports that the actor may read."""
        actor.require(Permission.REPORT_READ)
        return tuple(
            page.report
            for page in PAGES.values()
            if any(all(map(actor.may, _needed(page, way))) for way in page.report.bys)
        )

    def opening(self, actor: Actor, period: Period, comparison: Comparison = Comparison.BEFORE) -> Opening:
        """The key figures of some days beside those that they are compared with."""
        actor.require(Permission.REPORT_READ)
        with self._look(actor) as uow:
            return opening_of(uow, period, comparison)

    def read(self, actor: Actor, name: str, period: Period, *, by: str = "") -> ReportTable:
        """A page over some days, read from one moment; `report_unknown`, `by_unknown` are refused."""
        page, way = self._asked(actor, name, by)
        report = page.report
        with self._look(actor) as uow:
            rows = tuple(page.read(uow, period, way))
            given = page.foot(uow, period, way) if page.foot else ()
        columns = report.columns_by(way)
        foot = summed(columns, rows)
        if given:
            foot = tuple(one if other is None else other for one, other in zip(foot, given, strict=True))
        remark = page.remark(rows) if page.remark else None
        return ReportTable(report, period, way, columns, rows, foot, remark)

    def behind(
        self, actor: Actor, name: str, period: Period, row: str, *, by: str = "", after: int = 0
    ) -> tuple[Behind, ...]:
        """The next documents behind a row, oldest first; after the last one there are none."""
        page, way = self._asked(actor, name, by)
        if page.behind is None:
            return ()
        with self._look(actor) as uow:
            return tuple(page.behind(uow, period, way, row, after, MANY))

    def _asked(self, actor: Actor, name: str, by: str) -> tuple[PageOf, str]:
        actor.require(Permission.REPORT_READ)
        page = page_called(name)
        way = by or page.report.bys[0]
        if way not in page.report.bys:
            ways = ", ".join(one for one in page.report.bys if one)
            raise DomainError("by_unknown", f"{page.report.words} is told by {ways}.", field="by")
        for permission in _needed(page, way):
            actor.require(permission)
        return page, way


def _needed(page: PageOf, way: str) -> tuple[Permission, ...]:
    """What a page takes besides `REPORT_READ`: names of customers are for who may know customers."""
    of_people = (Permission.CUSTOMER_READ,) if page.report.names_people(way) else ()
    return of_people if page.needs is None else (page.needs, *of_people)

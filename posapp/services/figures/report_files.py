"""The desk that gives reports out: as a table, as pages, to a printer."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from posapp import files
from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.figures.periods import Comparison, Period, compared
from posapp.domain.papers.documents import PaperSize
from posapp.services.figures.pages.table import page_called
from posapp.services.figures.report_papers import paper_of_report
from posapp.services.figures.report_tables import write_csv, write_json, write_xlsx
from posapp.services.papers.giving_out import copy_mark, render
from posapp.services.papers.papers import Paper

if TYPE_CHECKING:
    from posapp.domain.figures.reports import ReportTable
    from posapp.services.figures.reports import ReportDesk
    from posapp.storage.unit_of_work import Store

ENDINGS = (".csv", ".xlsx", ".pdf", ".json")
"""What a report can be saved as."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedReport:
    """Which page, over which days, made in which way; on paper beside the sums of other days."""

    name: str
    period: Period
    by: str = ""
    comparison: Comparison = Comparison.NONE


class ReportFileDesk:
    """Saves and prints reports; a file with names of customers is for who may hand out data of people."""

    def __init__(self, store: "Store", reports: "ReportDesk") -> None:
        self._store, self._reports = store, reports

    def save(
        self,
        actor: Actor,
        asked: AskedReport,
        path: Path,
        *,
        paper: PaperSize = PaperSize.A4,
        replace: bool = False,
    ) -> int:
        """Write a report as the file's name ends (`ENDINGS`), whole or not at all; how many rows it has.

        A file that names customers takes `PERSON_EXPORT`, and the journal tells of it once it stands.
        Raises what `files.written` raises, and `DomainError` file_kind, rows_many and report_long.
        """
        actor.require(Permission.REPORT_READ)
        names_people = self._names_people(asked)
        if names_people:
            actor.require(Permission.PERSON_EXPORT)
        ending = path.suffix.casefold()
        if ending not in ENDINGS:
            raise DomainError(
                "file_kind", "Name a file that ends in .csv, .xlsx, .pdf or .json.", field="file"
            )
        files.check(path, replace=replace)
        told = self._read(actor, asked)
        if ending == ".json":
            write_json(path, told, replace=replace)
        elif ending == ".pdf":
            files.write(path, self._paper(actor, asked, told, paper).pdf, replace=replace)
        else:
            with self._store.look(actor) as uow:
                business = uow.businesses.get()
            (write_csv if ending == ".csv" else write_xlsx)(path, told, business, replace=replace)
        if names_people:
            self._tell(actor, asked, ending, len(told.rows))
        return len(told.rows)

    def preview(self, actor: Actor, asked: AskedReport, paper: PaperSize) -> Paper:
        """The report as pages to look at."""
        actor.require(Permission.REPORT_READ)
        return self._paper(actor, asked, self._read(actor, asked), paper)

    def print(self, actor: Actor, asked: AskedReport, paper: PaperSize, printer: str) -> int:
        """Print a report and wait for the outcome; if it fails, the next one is as good."""
        actor.require(Permission.REPORT_READ)
        from posapp.printing.base.system_queue import SystemQueue

        told = self._read(actor, asked)
        pdf, queue = self._paper(actor, asked, told, paper).pdf, SystemQueue()
        queue.wait_for(queue.send(pdf, printer, title=f"posapp {asked.name}", paper=paper))
        return len(told.rows)

    def _read(self, actor: Actor, asked: AskedReport) -> "ReportTable":
        return self._reports.read(actor, asked.name, asked.period, by=asked.by)

    def _names_people(self, asked: AskedReport) -> bool:
        report = page_called(asked.name).report
        return report.names_people(asked.by or report.bys[0])

    def _tell(self, actor: Actor, asked: AskedReport, ending: str, rows: int) -> None:
        with self._store.work(actor) as uow:
            told = {"report": asked.name, "rows": rows, "output": ending.lstrip(".")}
            uow.journal.add(Action.CUSTOMERS_EXPORTED, "customer", 0, after=told)
            uow.commit()

    def _paper(self, actor: Actor, asked: AskedReport, told: "ReportTable", paper: PaperSize) -> Paper:
        days = compared(asked.period, asked.comparison) if told.report.has_period else None
        before = self._reports.read(actor, asked.name, days, by=asked.by) if days is not None else None
        with self._store.look(actor, snapshot=True) as uow:
            document = paper_of_report(uow, told, before)
            return Paper("", document, render(uow, document, paper, copy_mark(uow, 1)), 0)

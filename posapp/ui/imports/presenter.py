"""What the assistant knows and asks: files are read, tried, imported and undone by child processes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from posapp.domain.old_data.imports import (
    Batch,
    BatchState,
    ImportField,
    ImportResult,
    RowFate,
    RowNote,
    RowSight,
)
from posapp.ui.imports.answers import read_document, read_result, read_sights, refused, told_figures
from posapp.ui.imports.order import Draft
from posapp.ui.imports.runner import Runner
from posapp.ui.imports.stages import How, Progress, Stage
from posapp.ui.presenter import Done, Failed, Presenter, ignore
from posapp.ui.session import Session
from posapp.ui.wording import translator

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.services.base.table_files import Cell
    from posapp.services.desks import Shop

_tr = translator("Import")
MOST_NOTES = 100_000
"""Notes of a batch that are listed and saved."""
UNFINISHED = (BatchState.APPLYING, BatchState.UNDOING)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong at a stage; `batch` is the import that it left half done, 0 for none."""

    stage: Stage
    code: str
    sentence: str
    batch: int = 0


class Assistant(Presenter):
    """One import of one window. `on_change` is called whenever there is something else to show."""

    topic = "import"

    def __init__(self, session: Session, runner: Runner) -> None:
        super().__init__(session)
        self.runner = runner
        self.on_change: Callable[[], object] = lambda: None
        self.on_end: Callable[[Stage, str], object] = lambda _stage, _sentence: None
        self.draft: Draft | None = None
        self.paths: tuple[str, ...] = ()
        self.trial: ImportResult | None = None
        self.trial_at: datetime | None = None
        self.is_trial_old = False
        self.result: ImportResult | None = None
        self.result_at: datetime | None = None
        self.is_undone = False
        self.trouble: Trouble | None = None
        self.progress: dict[Stage, Progress] = {}
        self._waiting: list[int] = []
        self._unread = 0
        runner.stepped.connect(self._stepped)
        runner.answered.connect(self._answered)
        runner.refused.connect(self._refused)

    # -- what is shown ---------------------------------------------------------------------------------
    @property
    def is_busy(self) -> bool:
        """Whether something runs, or its answer is still being read."""
        return self.runner.is_busy or self._unread > 0

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing yet: no file, no import, no trouble."""
        has_any = self.paths or self.result is not None or self.trouble is not None
        return not has_any and not self.is_importing

    @property
    def is_importing(self) -> bool:
        """Whether rows are coming in or going out right now."""
        return self.runner.stage in (Stage.IMPORT, Stage.RESUME, Stage.UNDO)

    @property
    def shown(self) -> ImportResult | None:
        """What happened, or else what would."""
        return self.result or self.trial

    @property
    def will_come(self) -> int:
        """Rows that an import would take."""
        trial = self.trial
        return trial.rows - refused(trial) if trial is not None else 0

    @property
    def brings_new(self) -> bool:
        """Whether an import would change anything."""
        trial = self.trial
        return trial is not None and any((trial.created, trial.matched, trial.past, trial.updated))

    @property
    def can_import(self) -> bool:
        """Whether there is something that an import would do."""
        is_known = self.trial is not None and not self.is_trial_old
        return self.result is None and is_known and self.brings_new and not self.is_busy

    def rows_of(self, fate: RowFate) -> tuple[Sequence[RowNote | RowSight], int]:
        """The rows behind a figure, as many as are known, and how many there are."""
        shown = self.shown
        if shown is None:
            return (), 0
        if fate is RowFate.REJECTED:
            return shown.rejected, refused(shown)
        rows = [one for one in shown.shown if one.fate is fate]
        return rows, told_figures(shown).get(fate, 0)

    # -- orders ----------------------------------------------------------------------------------------
    def take(self, paths: Sequence[str]) -> None:
        """Look into these files; whatever was here before is let go."""
        self._let_go(paths)
        self.runner.run(Stage.READ, ["import", *self.paths, "--sight"])
        self.on_change()

    def try_again(self) -> None:
        """The stage that failed once more."""
        trouble, self.trouble = self.trouble, None
        if trouble is None or self.draft is None:
            self.take(self.paths)
        elif trouble.stage is Stage.TRIAL:
            self._try()
        elif trouble.stage is Stage.IMPORT:
            self.begin()
        self.on_change()

    def choose(self, column: str, field: ImportField | None) -> None:
        """A column goes to another field: tried anew once nothing more is chosen for a moment."""
        if self.draft is not None and not self.is_importing and self.result is None:
            self.draft = self.draft.with_choice(column, field)
            self._try_soon()

    def read_as(self, region: str, currency: str) -> None:
        """The numbers and amounts are of another country."""
        draft = self.draft
        if draft is None or self.is_importing or (region, currency) == (draft.region, draft.currency):
            return
        self.draft = draft.with_habits(region, currency)
        self._try_soon()

    def _try_soon(self) -> None:
        assert self.draft is not None
        self.is_trial_old, self.trouble = True, None
        self.progress[Stage.TRIAL] = Progress(How.RUNS)
        self.runner.run_soon(Stage.TRIAL, ["import", *self.draft.arguments(), "--dry-run"])
        self.on_change()

    def _try(self) -> None:
        assert self.draft is not None
        self.runner.run(Stage.TRIAL, ["import", *self.draft.arguments(), "--dry-run"])

    def begin(self) -> None:
        """Import what was tried."""
        if self.draft is not None and self.result is None and not self.is_importing:
            self.trouble = None
            self.runner.run(Stage.IMPORT, ["import", *self.draft.arguments()])
            self.on_change()

    def resume(self, batch: int) -> None:
        """Go on with an import that was broken off."""
        self.trouble = None
        self.runner.run(Stage.RESUME, ["import", "resume", str(batch)])
        self.on_change()

    def go_on(self, batch: Batch) -> None:
        """The same, or its undo, with nothing else on the page."""
        self._let_go()
        if batch.state is BatchState.UNDOING:
            self.undo([batch.id])
        else:
            self.resume(batch.id)

    def _let_go(self, paths: Sequence[str] = ()) -> None:
        """Whatever was here before is gone."""
        self.runner.forget()
        self.paths = tuple(paths)
        self.draft = self.trial = self.result = self.trouble = self.trial_at = self.result_at = None
        self.is_trial_old = self.is_undone = False
        self.progress = {}

    def undo(self, batches: Sequence[int] = ()) -> None:
        """Take an import back, the last of its batches first."""
        result = self.result
        self._waiting = list(batches or (result.batches if result is not None else ()))
        self.trouble = None
        self._undo_next()

    def _undo_next(self) -> None:
        if self._waiting:
            batch = self._waiting.pop()
            self.runner.run(Stage.UNDO, ["import", "undo", str(batch)])
            self.on_change()

    def cancel(self) -> None:
        """Break off what runs; an import takes back what it has done."""
        self.runner.cancel()

    def show_batch(self, batch: Batch) -> None:
        """What an earlier import brought, and the rows that it refused."""
        self._let_go()
        self.result, self.result_at = replace(batch.result, batches=(batch.id,)), batch.settled_at
        self.is_undone = batch.state is BatchState.UNDONE
        self.on_change()
        self.read(lambda shop, actor: _with_notes(shop, actor, batch), self._show_notes, topic="notes")

    def _show_notes(self, result: ImportResult) -> None:
        if self.result is not None and self.result.batches == result.batches:
            self.result = result
            self.on_change()

    # -- answers ---------------------------------------------------------------------------------------
    def _stepped(self, stage: Stage, progress: Progress) -> None:
        self.progress[stage] = progress
        self.on_change()

    def _answered(self, stage: Stage, text: str) -> None:
        """What was told may be long, so it is read away from the window."""
        if stage is Stage.UNDO:
            self._undone()
            return
        taken = self.draft
        self._unread += 1
        self.session.lanes.files.run(
            partial(_parsed, stage, text),
            done=lambda told: self._told(stage, told, taken),
            failed=lambda _error: self._unreadable(stage),
        )

    def _unreadable(self, stage: Stage) -> None:
        self._unread -= 1
        self._refused(stage, "", _tr("The answer of the import is not readable."))

    def _told(self, stage: Stage, told: object, taken: Draft | None) -> None:
        self._unread -= 1
        now = self.session.shop.store.clock.now()
        if isinstance(told, Draft):
            business = self.session.catalogue.business
            self.draft = replace(
                told, region=told.region or business.region, currency=told.currency or business.currency
            )
            self._try()
        elif isinstance(told, ImportResult) and stage is Stage.TRIAL:
            if taken is not self.draft:
                return  # something else was chosen meanwhile, and is tried by now
            self.trial, self.trial_at, self.is_trial_old = told, now, False
        elif isinstance(told, ImportResult):
            shown = told.shown or (self.trial.shown if self.trial is not None else ())
            self.result, self.result_at = replace(told, shown=shown), now
            self.on_end(stage, "")
        self.on_change()

    def _undone(self) -> None:
        if self._waiting:
            self._undo_next()
            return
        self.is_undone = True
        self.on_end(Stage.UNDO, "")
        self.on_change()

    def _refused(self, stage: Stage, code: str, sentence: str) -> None:
        self._waiting = []
        if code == "stopped" and stage is not Stage.UNDO:
            self.progress.pop(stage, None)
            self.on_end(stage, "stopped")
            self.on_change()
            return
        self.trouble = Trouble(stage, code, sentence)
        self.on_change()
        if stage in (Stage.IMPORT, Stage.RESUME, Stage.UNDO):
            self.read(lambda shop, actor: shop.imports.batches(actor), self._look_for_rest, topic="rest")

    def _look_for_rest(self, batches: Sequence[Batch]) -> None:
        """What a child that was ended left half done can be gone on with, or taken back."""
        rest = next((one for one in batches if one.state in UNFINISHED), None)
        if rest is not None and self.trouble is not None:
            self.trouble = replace(self.trouble, batch=rest.id)
            self.on_change()

    # -- files -----------------------------------------------------------------------------------------
    def save_notes(
        self, notes: Sequence[RowNote], path: Path, done: Done[int], failed: Failed = ignore
    ) -> None:
        """Write rows that were refused into a file; one that is there was agreed to be replaced."""
        from posapp.services.base.table_files import write_table_file
        from posapp.ui.imports.words import why

        head = [_tr("File"), _tr("Row"), _tr("Reason"), _tr("What is wrong")]
        rows: list[list[Cell]] = [[one.file, one.row, one.code, why(one)] for one in notes]
        self.session.lanes.paper.run(
            lambda: write_table_file(path, head, rows, replace=True), done=done, failed=failed
        )


def _with_notes(shop: "Shop", actor: "Actor", batch: Batch) -> ImportResult:
    """The result with what stands in the database of its rows."""

    def told(kind: str) -> tuple[RowNote, ...]:
        return shop.imports.notes(actor, batch.id, kind, MOST_NOTES)

    result = replace(batch.result, batches=(batch.id,), rejected=told("rejected"))
    return replace(result, warnings=told("warning"), updates=told("update"))


def _parsed(stage: Stage, text: str) -> Draft | ImportResult:
    told = read_document(text)
    if stage is Stage.READ:
        sights = read_sights(told)
        return Draft(sights=sights, region=told.get("region", ""), currency=told.get("currency", ""))
    return read_result(told)

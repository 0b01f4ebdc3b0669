"""The imports of a shop, newest first: what came, and the way to go on with one or to take it back."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QProgressBar, QWidget

from posapp.domain.old_data.imports import Batch, BatchState
from posapp.ui.imports.presenter import UNFINISHED
from posapp.ui.imports.runner import Runner
from posapp.ui.imports.stages import How, Progress, Stage, progress_words
from posapp.ui.imports.words import counted, state_look, system_word
from posapp.ui.layout import STRETCH, Placed, columns, held, rows
from posapp.ui.presenter import Presenter, sentence_of
from posapp.ui.session import Session
from posapp.ui.settings.printers import Outcome
from posapp.ui.tables import Column
from posapp.ui.tables.edit_table import EditTable
from posapp.ui.widgets.buttons import Button, button
from posapp.ui.widgets.labels import label
from posapp.ui.window.ask_bar import AskBar
from posapp.ui.window.notices import Step
from posapp.ui.wording import translator

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.services.desks import Shop

_tr = translator("Import")


class Imports(QWidget):
    """A table with what can be done to the chosen import; `opened` tells the one that is to be shown."""

    opened = Signal(object)

    def __init__(self, session: Session, host: QWidget) -> None:
        """`host` is what a question lies over."""
        super().__init__()
        self._session, self._presenter = session, Presenter(session)
        self.runner = Runner(session, self)
        self.ask = AskBar(host)
        self.table = EditTable(_tr("Imports"), self._columns())
        self._dress()
        self.empty = label(_tr("Nothing was imported yet."), "body", tone="text2")
        self.look = self._button(_tr("Show"), "eye", self._show_chosen)
        self.resume = self._button(_tr("Go on"), "redo-2", self._go_on)
        self.undo = self._button(_tr("Undo…"), "undo-2", self._ask_undo)
        self.words, self.bar = label("", "body", weight=500), QProgressBar()
        self.bar.setProperty("variant", "l")
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_tr("Progress"))
        self.cancel = button(_tr("Cancel"), size="s", run=self.runner.cancel)
        middle = Qt.AlignmentFlag.AlignVCenter
        self.running = held(columns(self.words, Placed(self.bar, 1, middle), self.cancel, gap=12))
        self.running.hide()
        self.outcome = Outcome()
        tools = columns(self.look, self.resume, self.undo, STRETCH, gap=8)
        rows(self.empty, self.table, tools, self.running, self.outcome, gap=10, host=self)
        self.table.opened.connect(self._show_chosen)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._fit_buttons())
        self.runner.stepped.connect(self._stepped)
        self.runner.answered.connect(self._answered)
        self.runner.refused.connect(self._refused)
        self._show([])

    def _button(self, words: str, icon: str, run: Callable[[], None]) -> Button:
        return button(words, icon=icon, run=run)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(_tr("Made"), self._when),
            Column(_tr("From"), lambda row: system_word(row.system)),
            Column(_tr("Files"), lambda row: ", ".join(one.name for one in row.files)),
            Column(_tr("By"), lambda row: row.made_by),
            Column(_tr("Customers"), lambda row: f"{row.result.created:,}", is_figure=True),
            Column(_tr("State"), lambda row: state_look(row.state).word),
        )

    def _dress(self) -> None:
        head = self.table.horizontalHeader()
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)  # names of files give way

    def _when(self, row: Batch) -> str:
        return self._session.wording.moment(row.made_at)

    # -- reading ---------------------------------------------------------------------------------------
    def refresh(self) -> None:
        """Read the list."""

        def work(shop: "Shop", actor: "Actor") -> tuple[Batch, ...]:
            return shop.imports.batches(actor)

        self._presenter.read(work, self._show, self._not_listed, topic="imports")

    def _not_listed(self, error: Exception) -> None:
        self._show([])
        self.outcome.say(sentence_of(error, _tr("The imports cannot be listed.")), "danger")

    def _show(self, batches: Sequence[Batch]) -> None:
        self.table.show_few(batches)
        self.empty.setVisible(not batches)
        self._fit_buttons()

    def chosen(self) -> Batch | None:
        """The import with the bar."""
        found: Batch | None = self.table.chosen()
        return found

    def _fit_buttons(self) -> None:
        batch, is_free = self.chosen(), not self.runner.is_busy
        for one in (self.look, self.resume, self.undo):
            one.setVisible(batch is not None)
        if batch is not None:
            self.resume.setVisible(batch.state in UNFINISHED)
            self.resume.setEnabled(is_free)
            self.undo.setVisible(batch.state not in (BatchState.UNDONE, BatchState.UNDOING))
            self.undo.setEnabled(is_free)

    # -- doing -----------------------------------------------------------------------------------------
    def _show_chosen(self) -> None:
        batch = self.chosen()
        if batch is not None:
            self.opened.emit(batch)

    def _go_on(self) -> None:
        batch = self.chosen()
        if batch is None or self.runner.is_busy:
            return
        is_undo = batch.state is BatchState.UNDOING
        stage = Stage.UNDO if is_undo else Stage.RESUME
        self.runner.run(stage, ["import", stage.value, str(batch.id)])

    def _ask_undo(self) -> None:
        """It deletes what came, so it is asked."""
        batch = self.chosen()
        if batch is None or self.runner.is_busy:
            return
        came = counted(batch.result.created, _tr("1 customer"), _tr("{count} customers"))
        words = _tr("Take back {what} of {when}? {came} of it go, with what belongs to them.")
        self.ask.say(
            words.format(what=system_word(batch.system), when=self._when(batch), came=came),
            [Step(_tr("Take it back"), lambda: self._undo_it(batch))],
            tone="warning",
            is_safe=True,
        )

    def _undo_it(self, batch: Batch) -> None:
        self.ask.settle()
        self.runner.run(Stage.UNDO, ["import", "undo", str(batch.id)])

    # -- the child -------------------------------------------------------------------------------------
    def _stepped(self, stage: Stage, progress: Progress) -> None:
        runs = progress.how is How.RUNS
        if runs and self.running.isHidden():
            self.outcome.say("")
            self.words.setText(_tr("Taking it back") if stage is Stage.UNDO else _tr("Importing"))
        has_focus = self.cancel.hasFocus()
        self.running.setVisible(runs)
        self.bar.setRange(0, progress.total)
        self.bar.setValue(progress.done)
        self.bar.setToolTip(progress_words(progress))
        if has_focus and not runs:
            self.table.setFocus()
        self._fit_buttons()

    def _answered(self, stage: Stage, _text: str) -> None:
        said = _tr("The import is taken back.") if stage is Stage.UNDO else _tr("The import is done.")
        self.outcome.say(said, "success")
        self.refresh()

    def _refused(self, _stage: Stage, code: str, sentence: str) -> None:
        is_stopped = code == "stopped"
        self.outcome.say(sentence, "warning" if is_stopped else "danger")
        self.refresh()

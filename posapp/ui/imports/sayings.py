"""What the assistant says of itself: when, how far, how long, and what is good to know."""

from posapp.ui.imports.presenter import Assistant
from posapp.ui.imports.stages import How, Progress, Stage, progress_words
from posapp.ui.imports.words import counted, shown_rows, shown_seconds, system_word
from posapp.ui.wording import translator

_tr = translator("Import")


class Sayings:
    """Words for what an assistant is at."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def figures_when(self) -> str:
        """At the head of the figures."""
        assistant = self._assistant
        if assistant.result is not None:
            return assistant.wording.moment(assistant.result_at) if assistant.result_at else ""
        if assistant.trial_at is None:
            return _tr("after the trial run")
        at = assistant.wording.time(assistant.wording.here(assistant.trial_at).time())
        return _tr("trial run, {time}").format(time=at)

    def title(self) -> str:
        """At the head of the result."""
        assistant = self._assistant
        result = assistant.result
        assert result is not None
        words = _tr("{what} taken back") if assistant.is_undone else _tr("{what} imported")
        if assistant.runner.stage is Stage.UNDO:
            words = _tr("{what}: taking it back")
        return words.format(what=system_word(result.system))

    def when(self) -> str:
        """Below it: rows, and when they came."""
        assistant = self._assistant
        result = assistant.result
        assert result is not None
        at = assistant.wording.moment_in_full(assistant.result_at) if assistant.result_at else ""
        return ", ".join(filter(None, (shown_rows(result.rows), at)))

    def at_it(self) -> str:
        """While there is nothing else to show."""
        match self._assistant.runner.stage:
            case Stage.RESUME:
                return _tr("The import goes on where it was broken off.")
            case Stage.UNDO:
                return _tr("The import is taken back.")
        return _tr("What the file holds is looked for.")

    def came(self) -> str:
        """In a message, when all is in."""
        result = self._assistant.result
        if result is None:
            return _tr("Import done")
        if not result.created:
            return _tr("Import done: nothing new")
        words = counted(result.created, _tr("1 new customer"), _tr("{count} new customers"))
        return _tr("Import done: {what}").format(what=words)

    def stage(self, stage: Stage) -> tuple[Progress, str]:
        """How a stage stands, and its words."""
        assistant = self._assistant
        progress = assistant.progress.get(stage, Progress())
        going_on = assistant.progress.get(Stage.RESUME)
        if stage is Stage.IMPORT and going_on is not None:
            progress = going_on
        if progress.how is How.RUNS:
            rows = assistant.draft.rows if assistant.draft is not None and stage is not Stage.READ else 0
            return progress, progress_words(progress, rows) if progress.done else _tr("begins")
        if progress.how is How.FAILED:
            return progress, _tr("not done")
        if progress.how is How.DONE:
            return progress, self._done(stage, progress.seconds)
        return progress, self._waits(stage)

    def _done(self, stage: Stage, seconds: float) -> str:
        assistant = self._assistant
        took = shown_seconds(seconds)
        if stage is Stage.READ and assistant.draft is not None:
            return _tr("{rows}, {time}").format(rows=shown_rows(assistant.draft.rows), time=took)
        if stage is Stage.TRIAL:
            return _tr("nothing saved, {time}").format(time=took)
        return _tr("done, {time}").format(time=took)

    def _waits(self, stage: Stage) -> str:
        assistant = self._assistant
        if assistant.result is not None:
            return _tr("done")
        if stage is not Stage.IMPORT or assistant.trial is None:
            return ""
        tried = assistant.progress.get(Stage.TRIAL, Progress())
        total = _tr("0 of {rows}").format(rows=f"{assistant.trial.rows:,}")
        if tried.how is not How.DONE or not assistant.will_come:
            return total
        about = shown_seconds(tried.seconds * 2)
        return _tr("{total}, about {time}").format(total=total, time=about)

    def bar(self) -> Progress:
        """Of the stage that runs."""
        progress = self._assistant.progress
        runs = [one for one in progress.values() if one.how is How.RUNS]
        if runs:
            return runs[-1]
        imported = progress.get(Stage.IMPORT) or progress.get(Stage.RESUME)
        is_done = imported is not None and imported.how is How.DONE
        return Progress(How.DONE, 1, 1) if is_done else Progress()

    def main(self) -> str:
        """On the main button."""
        assistant = self._assistant
        trial = assistant.trial
        if assistant.is_importing:
            return _tr("Importing")
        if trial is None or assistant.is_trial_old:
            return _tr("Import")
        if not assistant.will_come:
            return _tr("Nothing to import")
        if not assistant.brings_new:
            return _tr("Nothing new to import")
        return counted(assistant.will_come, _tr("Import 1 row"), _tr("Import {count} rows"))

    def leave(self) -> str:
        """On the button that breaks off or closes."""
        assistant = self._assistant
        if assistant.runner.stage is Stage.UNDO:
            return _tr("Stop")
        if assistant.is_importing:
            return _tr("Cancel and undo")
        return _tr("Cancel") if assistant.result is None else _tr("Close")

    def notes(self) -> tuple[str, str]:
        """What is safe to know now."""
        assistant = self._assistant
        undo = _tr("Undo takes back what came; changed fields stay.")
        first = _tr("The till can be used meanwhile. You may leave this page.")
        if assistant.runner.stage is Stage.UNDO:
            return first, _tr("If it is stopped, the rest can be taken back later.")
        if assistant.result is not None:
            return "", "" if assistant.is_undone else undo
        if assistant.is_importing:
            return first, _tr("Cancel takes back what has come so far.")
        return _tr("A backup is made first. The till can be used meanwhile."), undo

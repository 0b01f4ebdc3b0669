"""A form without a save button: each field is checked and saved when it is left."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from posapp.ui.fields import Form, LabeledField
from posapp.ui.focus_filter import focused
from posapp.ui.presenter import sentence_of

Failed = Callable[[Exception], None]
Save = Callable[[Any, Failed], None]
_NOTHING = object()


@dataclass(slots=True, kw_only=True)
class Kept:
    """A field and where its value lives. `stored` gives it, `put` shows it, `save` keeps another one."""

    one: LabeledField
    stored: Callable[[], Any]
    put: Callable[[Any], None]
    save: Save
    hint: Callable[[], str]
    sent: Any = _NOTHING
    shown: str = ""


class SavingForm(Form):
    """Base of the forms of Settings. Ctrl+Enter saves everything that was changed, like leaving does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept: list[Kept] = []
        self.accepted.connect(self.save_changes)

    def keep(
        self,
        one: LabeledField,
        *,
        stored: Callable[[], Any],
        put: Callable[[Any], None],
        save: Save,
        hint: Callable[[], str] = str,
    ) -> None:
        """Take a field into the form; `hint` is the sentence that stands under it while nothing is wrong."""
        kept = Kept(one=one, stored=stored, put=put, save=save, hint=hint)
        self._kept.append(kept)
        self.add_field(one)
        one.editor.left.connect(lambda: self._settle(kept))
        one.committed.connect(lambda: self._settle(kept))

    def show_stored(self) -> None:
        """Show what is stored, except where something else is being typed or waits to be put right."""
        for kept in self._kept:
            now = focused()
            is_here = now is not None and kept.one.isAncestorOf(now)
            is_typed = kept.one.text() != kept.shown
            if is_typed and (is_here or kept.one.problem() is not None):
                continue
            kept.sent = _NOTHING
            kept.put(kept.stored())
            kept.shown = kept.one.text()
            self._say_hint(kept)

    def save_changes(self) -> None:
        """Save every field that is right and differs from what is stored."""
        for kept in self._kept:
            self._settle(kept)

    def _settle(self, kept: Kept) -> None:
        if not kept.one.isEnabled() or kept.one.text() == kept.shown:
            if kept.one.problem() is None:
                kept.one.clear_problem()
                self._say_hint(kept)
            return
        if kept.one.check() is not None:
            return
        self._say_hint(kept)
        value = kept.one.value()
        if value in (kept.stored(), kept.sent):
            return
        kept.sent = value
        kept.save(value, lambda error: self._refused(kept, error))

    def _refused(self, kept: Kept, error: Exception) -> None:
        kept.sent = _NOTHING
        sentence = sentence_of(error, self.tr("This could not be saved."))
        kept.one.show_problem(sentence)

    def _say_hint(self, kept: Kept) -> None:
        words = kept.hint()
        if words:
            kept.one.say(words)

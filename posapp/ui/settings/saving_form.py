"""A form without a save button: each field is checked and saved when it is left."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from posapp.ui.fields import Form, LabeledField
from posapp.ui.focus_filter import focused
from posapp.ui.presenter import sentence_of
from posapp.ui.settings.presenter import SettingsPresenter, Store
from posapp.ui.settings.section import Section
from posapp.ui.window.shell import Shell

_NOTHING = object()
F = TypeVar("F", bound=LabeledField)


@dataclass(slots=True)
class Kept:
    """A field whose name is that of its value in the store; `said` is the toast of a saved one."""

    one: LabeledField
    said: str
    hint: Callable[[], str]
    sent: Any = _NOTHING
    shown: str = ""


class SavingForm(Form):
    """Base of the forms of Settings. Ctrl+Enter saves everything that was changed, like leaving does."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self._kept: list[Kept] = []
        self.accepted.connect(self.save_changes)

    def keep(self, one: F, said: str, hint: str | Callable[[], str] = "") -> F:
        """Take a field into the form; `hint` is the sentence that stands under it while nothing is wrong."""
        kept = Kept(one, said, hint if callable(hint) else lambda: hint)
        self._kept.append(kept)
        self.add_field(one)
        one.editor.left.connect(lambda: self._settle(kept))
        one.committed.connect(lambda: self._settle(kept))
        return one

    def show_stored(self) -> None:
        """Show what is stored, except where something else is being typed or waits to be put right."""
        for kept in self._kept:
            now = focused()
            is_here = now is not None and kept.one.isAncestorOf(now)
            is_typed = kept.one.text() != kept.shown
            if is_typed and (is_here or kept.one.problem() is not None):
                continue
            kept.sent = _NOTHING
            kept.one.put(self._store.get(kept.one.name))
            kept.shown = kept.one.text()
            self._say_hint(kept)

    def save_changes(self) -> None:
        """Save every field that is right and differs from what is stored."""
        for kept in self._kept:
            self._settle(kept)

    def _settle(self, kept: Kept) -> None:
        one = kept.one
        if not one.isEnabled() or one.text() == kept.shown:
            if one.problem() is None:
                one.clear_problem()
                self._say_hint(kept)
            return
        if one.check() is not None:
            return
        self._say_hint(kept)
        value = one.value()
        if value in (self._store.get(one.name), kept.sent):
            return
        kept.sent = value
        self._store.put(one.name, value, kept.said, lambda error: self._refused(kept, error))

    def _refused(self, kept: Kept, error: Exception) -> None:
        kept.sent = _NOTHING
        kept.one.show_problem(sentence_of(error, self.tr("This could not be saved.")))

    def _say_hint(self, kept: Kept) -> None:
        words = kept.hint()
        if words:
            kept.one.say(words)


class FormSection(Section):
    """A section that is one form, each field of which is saved when it is left."""

    def __init__(
        self,
        title: str,
        presenter: SettingsPresenter,
        shell: Shell,
        form: SavingForm,
        *,
        has_head: bool = True,
    ) -> None:
        super().__init__(title, presenter, shell, has_head=has_head)
        self.form: Any = form
        self.add_scrolled(form)
        self.first = form.fields()[0].editor

    def refresh(self) -> None:
        """Show what is stored."""
        self.form.show_stored()

    def leaving(self) -> None:
        """What is typed is saved."""
        self.form.save_changes()

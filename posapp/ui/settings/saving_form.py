"""A form without a save button: each field is checked and saved when it is left."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from posapp.ui.fields import Form, LabeledField
from posapp.ui.focus_filter import focused
from posapp.ui.presenter import sentence_of
from posapp.ui.settings.presenter import SettingsPresenter, Store
from posapp.ui.settings.printers import Outcome
from posapp.ui.settings.section import Section
from posapp.ui.widgets.buttons import CheckBox
from posapp.ui.widgets.choices import Choice, Segmented
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
        self._boxes: dict[str, CheckBox] = {}
        self._groups: dict[str, Segmented] = {}
        self.accepted.connect(self.save_changes)

    @cached_property
    def trouble(self) -> Outcome:
        """Why a box or choice was not saved; a form that has some lays it out near them."""
        return Outcome()

    def keep(self, one: F, said: str, hint: str | Callable[[], str] = "") -> F:
        """Take a field into the form; `hint` is the sentence that stands under it while nothing is wrong."""
        kept = Kept(one, said, hint if callable(hint) else lambda: hint)
        self._kept.append(kept)
        self.add_field(one)
        one.editor.left.connect(lambda: self._settle(kept))
        one.committed.connect(lambda: self._settle(kept))
        return one

    def keep_box(self, name: str, words: str, said: str) -> CheckBox:
        """Take a box into the form; it is saved when it is ticked or not."""
        box = self._boxes[name] = CheckBox(words)
        box.clicked.connect(lambda on: self._take(name, on, said))
        return box

    def keep_choices(
        self,
        name: str,
        choices: Sequence[Choice],
        said: Callable[[str], str],
        read: Callable[[str], object] = str,
    ) -> Segmented:
        """Take choices into the form; one is saved when it is taken. `read` makes the value of its key."""
        group = self._groups[name] = Segmented(choices)
        group.chosen.connect(lambda key: self._take(name, read(key), said(key)))
        return group

    def _take(self, name: str, value: object, said: str) -> None:
        self.trouble.say("")
        self._store.put(name, value, said, self.not_taken)

    def not_taken(self, error: Exception) -> None:
        """A box or choice was not saved: why, and what is stored is shown again."""
        self._show_taken()
        self.trouble.say(sentence_of(error, self.tr("This could not be saved.")), "danger")

    def _show_taken(self) -> None:
        for name, box in self._boxes.items():
            box.setChecked(bool(self._store.get(name)))
        for name, group in self._groups.items():
            group.set_current(str(self._store.get(name)))

    def show_stored(self) -> None:
        """Show what is stored, except where something else is being typed or waits to be put right."""
        self._show_taken()
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
        make: Callable[[SettingsPresenter], SavingForm],
        presenter: SettingsPresenter,
        shell: Shell,
        *,
        has_head: bool = True,
    ) -> None:
        super().__init__(title, presenter, shell, has_head=has_head)
        self.form: Any = make(presenter)
        self.add_scrolled(self.form)
        self.first = self.form.fields()[0].editor

    def refresh(self) -> None:
        """Show what is stored."""
        self.form.show_stored()

    def leaving(self) -> None:
        """What is typed is saved."""
        self.form.save_changes()

"""Half-typed forms of one kind, each under the mark (`mark_of`) of whom or what it is about."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from posapp.ui.session import Session

KEPT = 20


class FormDrafts:
    """The drafts of one kind of form at this till; the one kept last is the first to be offered again."""

    def __init__(self, session: "Session", name: str) -> None:
        self._session = session
        self._name = name
        self._is_frozen = False
        found = session.drafts.load(name) or {}
        forms = found.get("forms")
        self._forms: dict[str, dict[str, Any]] = {
            key: values
            for key, values in (forms.items() if isinstance(forms, dict) else ())
            if isinstance(values, dict)
        }

    @property
    def latest(self) -> str | None:
        """The key of the form that was typed into last, None if nothing is kept."""
        return next(reversed(self._forms), None)

    @property
    def marks(self) -> tuple[str, ...]:
        """The keys of all forms that are kept."""
        return tuple(self._forms)

    def of(self, key: str) -> dict[str, Any] | None:
        """What was typed into the form of that key."""
        return self._forms.get(key)

    def keep(self, key: str, values: Mapping[str, Any]) -> None:
        """Keep a form; the oldest gives way when there are too many."""
        if self._forms.get(key) == values:
            return
        self._forms.pop(key, None)
        self._forms[key] = dict(values)
        while len(self._forms) > KEPT:
            del self._forms[next(iter(self._forms))]
        self._write()

    def drop(self, key: str) -> None:
        """The form was saved or given up."""
        if self._forms.pop(key, None) is not None:
            self._write()

    def dropping(self, key: str) -> Callable[[], None]:
        """What forgets the form as soon as it is saved, on whatever lane; `drop` follows."""
        return self._writing({one: values for one, values in self._forms.items() if one != key})

    def freeze(self) -> None:
        """The window closes: what is kept now stays, and nothing is written any more."""
        self._is_frozen = True

    def _write(self) -> None:
        if self._is_frozen:
            return
        # The disk is asked to keep it for good, which takes its time: not on the window's thread.
        self._session.keep(self._writing(dict(self._forms)))

    def _writing(self, forms: dict[str, dict[str, Any]]) -> Callable[[], None]:
        drafts = self._session.drafts
        return drafts.keeping(self._name, {"forms": forms}) if forms else drafts.dropping(self._name)

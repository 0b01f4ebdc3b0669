"""What can be done on a screen, declared once: its key, its words, its icon, what it runs, and when it can.

A page declares its actions and everything else comes from them:

    def own_actions(self) -> tuple[Action, ...]:
        return (
            hint("↑↓←→", self.tr("Move")),
            Action("tickets_find", self.tr("Find on the board"), "Ctrl+F", self._find, word=self.tr("Find")),
            Action("tickets_print", self.tr("Print the label"), "Ctrl+P", self._print, icon="printer",
                   on_record=True, when=self._has_card),
        )

- the shortcut: the window binds what has a `run` (`Shortcuts.bind`), for as long as the page is in front;
- the key bar: `bar(actions)`, in their order, those that can be done now, each with its `word` (or `text`).
  A page that shows them in another order by its state overrides `keys()` and gives the ones it wants;
- F1: key and `text` of all of them;
- the button: `action_button(action)` of `posapp.ui.widgets.buttons`: words, icon, key cap, spoken description
  and, for one that is only an icon, the tool tip.

Plain Python. Keys are written as Qt's portable text; several stand with a space between them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from posapp.domain.base.actor import Permission

Keys = Mapping[str, Callable[[], object]]
"""What the keys do for the record that is in front ("Ctrl+P" -> print it)."""


class KeyWord(NamedTuple):
    """A key and its word in the key bar: KeyWord("Ctrl+B", "Book")."""

    keys: str
    word: str


def always() -> bool:
    """At any time."""
    return True


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a key, a button or a menu entry does. Without `run` the focused widget hears the key."""

    id: str
    text: str
    keys: str = ""
    run: Callable[[], object] | None = None
    icon: str = ""
    when: Callable[[], bool] = always
    """Whether it can be done now: else its key does nothing and the key bar is silent about it."""
    word: str = ""
    """Its word in the key bar, where the text is too long for it."""
    page: str | None = None
    """The screen that it belongs to, as the window binds it; None: everywhere."""
    in_bar: bool = True
    """Whether the key bar names it; F1 names all."""
    on_record: bool = False
    """Whether it acts on the record that the page has chosen, which something may lie over."""
    needs: Permission | None = None
    """What somebody must be allowed to do: key bar and F1 leave it out for others, its key refuses.

    What a manager may allow in place names nothing here: it asks when it is done.
    """

    @property
    def bound(self) -> tuple[str, ...]:
        """The keys of the window that run it."""
        return tuple(self.keys.split()) if self.run is not None else ()

    @property
    def key(self) -> str:
        """The key that is shown with it: the first of several."""
        return self.bound[0] if self.bound else self.keys


def hint(keys: str, word: str, when: Callable[[], bool] = always) -> Action:
    """What the widget with the focus does by itself: shown in key bar and F1, bound by nobody."""
    return Action("", word, keys, when=when)


def bar(actions: Iterable[Action]) -> list[KeyWord]:
    """What the key bar shows of them now."""
    return [KeyWord(one.key, one.word or one.text) for one in actions if one.in_bar and one.when()]

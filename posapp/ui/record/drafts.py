"""Half-typed forms of this till: whose each is, since when, and whether it is on its way to the desk.

`KeptForms` holds the drafts of one kind of form, each under the mark (`mark_of`) of whom or what it is about,
so that what was typed for one customer never stands in the form of another. `DraftKeeper` is the draft of one
form that is open. A draft exists only after real typing: what the program fills in is no draft (`filling`).
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from posapp.services.base.drafts import number_of
from posapp.services.base.kept_forms import Draft, read, written
from posapp.ui.fields.form import DRAFT_EVERY_MS

if TYPE_CHECKING:
    from posapp.services.base.drafts import Drafts
    from posapp.services.desks import Shop

KEPT = 20
"""How many forms of a kind are kept; the oldest gives way."""
Values = Mapping[str, Any]
Forget = Callable[[], None]


class Keeps(Protocol):
    """What keeps drafts: the session, or the first start before there is one."""

    shop: "Shop"
    drafts: "Drafts"

    def keep(self, write: Callable[[], object]) -> None:
        """Write what is half typed, on a lane of its own."""


def _as_it_is(values: Values) -> dict[str, Any]:
    return dict(values)


class KeptForms:
    """The drafts of one kind of form of this shop at this till, in the order in which they were typed.

    `seal` makes what may touch the disk of the values, on a lane; `unseal` is the way back.
    """

    def __init__(
        self,
        session: Keeps,
        name: str,
        *,
        seal: Callable[[Values], dict[str, Any]] = _as_it_is,
        unseal: Callable[[Values], dict[str, Any]] = _as_it_is,
    ) -> None:
        self._session, self._name, self._seal = session, name, seal
        self._is_frozen = False
        self._forms = {
            one.mark: replace(one, values=unseal(one.values)) for one in read(session.drafts.load(name))
        }

    @property
    def latest(self) -> str | None:
        """The mark of the form that was typed into last, None if nothing is kept."""
        return next(reversed(self._forms), None)

    @property
    def marks(self) -> tuple[str, ...]:
        """The marks of all forms that are kept."""
        return tuple(self._forms)

    def draft(self, mark: str) -> Draft | None:
        """What was typed under that mark."""
        return self._forms.get(mark)

    def of(self, mark: str) -> dict[str, Any] | None:
        """The values of that draft."""
        found = self._forms.get(mark)
        return found.values if found is not None else None

    def namesake(self, mark: str) -> str | None:
        """The mark of another record that had the same number here before the shop was restored."""
        return next(
            (one for one in self._forms if one != mark and number_of(one) == number_of(mark) != ""), None
        )

    def keep(self, mark: str, values: Values, *, is_on_its_way: bool = False) -> None:
        """Keep a form; the oldest gives way when there are too many."""
        before = self._forms.get(mark)
        if before is not None and (before.values, before.is_on_its_way) == (values, is_on_its_way):
            return
        self._forms.pop(mark, None)
        self._forms[mark] = Draft(mark, dict(values), self._session.shop.store.clock.now(), is_on_its_way)
        while len(self._forms) > KEPT:
            del self._forms[next(iter(self._forms))]
        self._write()

    def hand_over(self, before: str, mark: str) -> None:
        """What was typed for one is meant for another, who has nothing typed yet."""
        found = self._forms.get(before)
        if found is not None and mark not in self._forms:
            del self._forms[before]
            self._forms[mark] = replace(found, mark=mark)
            self._write()

    def drop(self, mark: str) -> None:
        """The form was saved or given up."""
        if self._forms.pop(mark, None) is not None:
            self._write()

    def dropping(self, mark: str) -> Forget:
        """What forgets the form as soon as it is saved, on whatever lane; `drop` follows."""
        return self._writing({one: draft for one, draft in self._forms.items() if one != mark})

    def freeze(self) -> None:
        """The window closes: what is kept now stays, and nothing is written any more."""
        self._is_frozen = True

    def _write(self) -> None:
        if not self._is_frozen:
            # The disk is asked to keep it for good, which takes its time: not on the window's thread.
            self._session.keep(self._writing(dict(self._forms)))

    def _writing(self, forms: Mapping[str, Draft]) -> Forget:
        drafts, seal = self._session.drafts, self._seal

        def values() -> dict[str, Any]:
            return written([replace(draft, values=seal(draft.values)) for draft in forms.values()])

        return drafts.keeping(self._name, values) if forms else drafts.dropping(self._name)


class DraftKeeper(QObject):
    """Keeps what is typed into one open form a moment after each key.

    `whose` gives the mark of whom the form is about now ("" nobody yet; None: not read yet, so nothing is
    kept), `values` everything that stands in it (JSON). It is a draft once that differs from what the program
    put there (`settle`, `filling`) and is not empty.
    """

    kept = Signal(bool)
    """Something is kept now, or nothing any more."""

    def __init__(
        self,
        forms: KeptForms,
        whose: Callable[[], str | None],
        values: Callable[[], Values],
        parent: QObject,
        *,
        every_ms: int = DRAFT_EVERY_MS,
    ) -> None:
        super().__init__(parent)
        self.forms, self._whose, self._values = forms, whose, values
        self._base: dict[str, Any] = {}
        self._under: str | None = None
        self._is_away = False
        self._timer = QTimer(self, singleShot=True, interval=every_ms)
        self._timer.timeout.connect(self.keep)

    # -- typed or not ------------------------------------------------------------------------------
    @property
    def is_typed(self) -> bool:
        """Whether something was typed that is not saved."""
        values = self._values()
        return bool(values) and values != self._base

    def settle(self) -> None:
        """What stands in the form now was put there by the program."""
        self._timer.stop()
        self._base = dict(self._values())

    @contextmanager
    def filling(self) -> Iterator[None]:
        """Fill something in by itself: a form in which nothing was typed has no draft by that."""
        was_typed = self.is_typed
        yield
        if not was_typed:
            self.settle()

    # -- keeping -----------------------------------------------------------------------------------
    def soon(self) -> None:
        """Something was typed: every so often, not so long after the last key."""
        if not self._timer.isActive():
            self._timer.start()

    def keep(self, *, is_on_its_way: bool = False) -> bool:
        """Keep what is typed; False if there is nothing, or it went to the desk already."""
        self._timer.stop()
        mark = self._whose()
        if mark is None or self._is_away:
            return False
        if not self.is_typed:
            self._let_go()
            return False
        if self._under is not None and self._under != mark:
            self.forms.drop(self._under)  # it is known now whose it is
        self._under = mark
        self.forms.keep(mark, self._values(), is_on_its_way=is_on_its_way)
        self.kept.emit(True)
        return True

    def begin(self) -> None:
        """The form is emptied or is about somebody else: what was kept stays where it is."""
        self._timer.stop()
        self._under, self._base = None, {}

    def found(self) -> Draft | None:
        """What was typed before for whom the form is about now; from now on this form keeps it."""
        mark = self._whose()
        draft = self.forms.draft(mark) if mark is not None else None
        if draft is not None:
            self._under = mark
        return draft

    def forget(self) -> None:
        """What is typed is not wanted, or was saved."""
        self._timer.stop()
        self._let_go()

    def _let_go(self) -> None:
        if self._under is not None:
            self.forms.drop(self._under)
            self._under = None
            self.kept.emit(False)

    # -- on its way to the desk --------------------------------------------------------------------
    def send(self) -> Forget:
        """It goes to the desk: kept as on its way until the answer. Returns what forgets it, on the lane."""
        self.keep(is_on_its_way=True)
        self._is_away = True
        return self.forms.dropping(self._under) if self._under is not None else _nothing

    def sent(self) -> Forget:
        """What forgets it in this window when the desk has saved it; the form may be gone by then."""
        forms, mark = self.forms, self._under
        return (lambda: forms.drop(mark)) if mark is not None else _nothing

    def answered(self, *, is_saved: bool) -> None:
        """The desk answered; after a refusal what is typed is a draft as before."""
        self._is_away = False
        if is_saved:
            self.begin()
            self.kept.emit(False)
        else:
            self.keep()


def _nothing() -> None:
    """Nothing was kept."""

"""A new customer is typed in who may be here already, without a number: nobody is made twice."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from posapp.ui.customers.identity import Words
from posapp.ui.customers.parts import IdentityNotice
from posapp.ui.window.notices import Step
from posapp.ui.wording import translator

if TYPE_CHECKING:
    from posapp.domain.customers.customers import Customer

_tr = translator("WithoutPhone")
KEY = "Alt+Z"
"""It is the customer who is offered."""


class SamePerson:
    """The question in a notice; `take` (Alt+Z) answers yes for the first who is offered."""

    def __init__(self, notice: IdentityNotice, take: Callable[[int], object]) -> None:
        self._notice, self._take = notice, take
        self._offered: tuple[int, ...] = ()
        self._refused: set[int] = set()

    def clear(self) -> None:
        """Somebody else is typed in."""
        self._offered, self._refused = (), set()

    def offer(self, known: "Sequence[Customer]", other: Callable[[], object]) -> bool:
        """Ask whether it is one of these; whether something about it is shown or hidden now.

        `other` is done once it is said that it is somebody else, who is not asked about again.
        """
        known = [one for one in known if one.id not in self._refused]
        had = bool(self._offered)
        self._offered = tuple(one.id for one in known)
        if not known:
            if had:
                self._notice.say(None)
            return had
        first = known[0]
        name = f"{first.pl_id} {first.name}".strip()
        strong = _tr("{name} has no number yet: is it the same person?").format(name=name)
        plain = " · ".join(filter(None, (first.email, first.no_phone_reason or "")))
        self._notice.say(Words("user-check", "warning", strong, plain), self._steps(known, other))
        return True

    def take(self) -> None:
        """It is the first of them."""
        if self._offered and not self._notice.isHidden():
            self._take(self._offered[0])

    def _steps(self, known: "Sequence[Customer]", other: Callable[[], object]) -> list[Step]:
        def not_them() -> None:
            self._refused |= set(self._offered)
            self._offered = ()
            self._notice.say(None)
            other()

        words = _tr("It is {pl}: the number is theirs")
        keys = [KEY] + [""] * (len(known) - 1)
        found = [
            Step(words.format(pl=one.pl_id), partial(self._take, one.id), key)
            for one, key in zip(known, keys, strict=True)
        ]
        return [*found, Step(_tr("Somebody else"), not_them)]

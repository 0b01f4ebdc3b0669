"""Whom a presenter asks, as far as it knows them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from posapp.domain.base.errors import PosappError

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor, Approval, Permission


class Manager(Protocol):
    """Whoever can be asked to approve what was refused."""

    def ask(
        self,
        refused: PosappError,
        actor: "Actor",
        needed: "frozenset[Permission]",
        lent: "Callable[[Approval], object]",
        given_up: Callable[[Exception], object],
    ) -> None:
        """`lent` gets what is lent to one action that has `needed` so much; `given_up` the refusal."""

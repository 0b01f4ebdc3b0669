"""Asks a manager, one question at a time, and hands out what they lend."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from posapp.domain.base.errors import DomainError, PosappError
from posapp.ui.alive import while_alive
from posapp.ui.own_keys import own_keys
from posapp.ui.presenter import sentence_of
from posapp.ui.wording import translator

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor, Approval, Permission
    from posapp.domain.people.users import Tile
    from posapp.services.desks import Shop
    from posapp.ui.approval.dialog import ApprovalDialog
    from posapp.ui.session import Session

_tr = translator("Approval")
Lent = Callable[["Approval"], object]
GivenUp = Callable[[Exception], object]


@dataclass(frozen=True, slots=True)
class _Question:
    """What was refused to whom; `needed` is all that the action has needed so far."""

    refused: PosappError
    actor: "Actor"
    needed: "frozenset[Permission]"
    lent: Lent
    given_up: GivenUp


class AskManager(QObject):
    """One for a window: every presenter of its session asks here."""

    def __init__(self, window: QWidget, session: "Session", lock: Callable[[str], object]) -> None:
        super().__init__(window)
        self._window, self._session, self._lock = window, session, lock
        self._waiting: deque[_Question] = deque()
        self._asked: _Question | None = None

    def ask(
        self,
        refused: PosappError,
        actor: "Actor",
        needed: "frozenset[Permission]",
        lent: Lent,
        given_up: GivenUp,
    ) -> None:
        """`lent` gets what a manager lends; `given_up` the refusal, where nobody does."""
        self._waiting.append(_Question(refused, actor, needed, lent, given_up))
        if self._asked is None:
            self._next()

    # -- one question ------------------------------------------------------------------------------------
    def _next(self) -> None:
        if not self._waiting:
            self._asked = None
            return
        one = self._asked = self._waiting.popleft()
        self._run(
            lambda shop: (_approvers(shop, one), shop.sign_in.pin_length(one.actor.business)),
            partial(self._show, one),
            lambda _error: self._give_up(one),
        )

    def _show(self, one: _Question, found: "tuple[list[Tile], int]") -> None:
        from posapp.ui.approval.dialog import LOCK, ApprovalDialog
        from posapp.ui.approval.words import about, action_word

        managers, pin_length = found
        if not managers or not self._is_same(one):
            self._give_up(one)
            return
        permission: Permission = one.refused.facts["permission"]  # type: ignore[assignment]
        what = about(one.refused, self._session.wording)
        dialog = ApprovalDialog(self._window, action_word(permission), what, one.actor.shown)
        dialog.show_managers(managers, pin_length)
        prove = partial(self._prove, one, dialog)
        dialog.typed.connect(
            lambda user, pin: prove(lambda shop: shop.sign_in.approve(one.actor, user, pin, permission))
        )
        dialog.scanned.connect(
            lambda code: prove(lambda shop: shop.sign_in.approve_by_badge(one.actor, code, permission))
        )
        dialog.rejected.connect(lambda: self._closed(one, dialog))
        dialog.lock_asked.connect(lambda: self._lock(own_keys().of(LOCK)))
        dialog.open()

    def _prove(self, one: _Question, dialog: "ApprovalDialog", proof: "Callable[[Shop], Approval]") -> None:
        """Argon2 takes its time on the lane; whoever gives up meanwhile has not been approved."""

        def proved(shop: "Shop") -> "Approval":
            approval = proof(shop)
            if not one.needed <= approval.permissions:
                words = _tr("{name} may not approve all of this.").format(name=approval.by)
                raise DomainError("not_approver", words)
            return approval

        self._run(
            proved,
            while_alive(dialog, partial(self._lend, one, dialog)),
            while_alive(dialog, lambda error: dialog.refuse(sentence_of(error))),
        )

    def _lend(self, one: _Question, dialog: "ApprovalDialog", approval: "Approval") -> None:
        if not dialog.isVisible():
            return
        dialog.accept()
        self._let_go(dialog)
        if self._is_same(one):
            one.lent(approval)
            self._next()
        else:
            self._give_up(one)

    def _closed(self, one: _Question, dialog: "ApprovalDialog") -> None:
        self._let_go(dialog)
        self._give_up(one)

    def _let_go(self, dialog: "ApprovalDialog") -> None:
        dialog.deleteLater()
        self._window.activateWindow()  # the focus is where it was

    def _give_up(self, one: _Question) -> None:
        one.given_up(one.refused)
        self._next()

    def _is_same(self, one: _Question) -> bool:
        """Whether it is still the same person at work in the same shop."""
        now = self._session.actor
        return (now.user_id, now.business) == (one.actor.user_id, one.actor.business)

    def _run(
        self, work: "Callable[[Shop], object]", done: Callable[..., object], failed: Callable[..., object]
    ) -> None:
        session = self._session
        session.lanes.database.run(partial(work, session.shop), done=done, failed=failed)


def _approvers(shop: "Shop", one: _Question) -> "list[Tile]":
    """Who could lend all that the action has needed so far."""
    first, *others = one.needed
    found = shop.sign_in.approvers(one.actor, first)
    for permission in others:
        keys = {tile.user_id for tile in shop.sign_in.approvers(one.actor, permission)}
        found = [tile for tile in found if tile.user_id in keys]
    return found

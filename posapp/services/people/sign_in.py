"""Signing in: who somebody is, proved by PIN, password, badge or pass, and what a manager lends.

Argon2 is asked between two transactions: the second one looks again, and counts a try or refuses it. So
however many tries come at once, no more of them are answered than a lock-out allows.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Approval, Permission
from posapp.domain.base.clock import from_us, to_us
from posapp.domain.base.errors import DomainError
from posapp.domain.base.numbers import kept_whole
from posapp.domain.people.roles import KIOSK, lent_by
from posapp.domain.people.secrets import (
    FREE_TRIES,
    PIN_LENGTHS,
    USUAL_PIN_LENGTH,
    is_pin,
    plain_badge,
    wait_left,
)
from posapp.domain.people.users import Role, Seat, Tile, User, folded
from posapp.services.people.customers_of_users import find_or_create_for_user, mend_link, require_user
from posapp.services.people.hashing import digest, hashed, is_outdated, is_right
from posapp.services.people.rights import actor_of, rights_here, sign_in_needed

if TYPE_CHECKING:
    from posapp.storage.people.users import Proof
    from posapp.storage.unit_of_work import Store, UnitOfWork

PIN_LENGTH = "pin_length"
"""The setting of how many digits a shop's PINs have."""
PASS_GOOD_FOR = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody who has proved who they are, as an actor."""

    actor: Actor
    user: User


class SignInDesk:
    """Lets people in; all of it is open to everybody, because nobody is anybody before."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    # -- before --------------------------------------------------------------------------------------
    def has_users(self) -> bool:
        """Whether people have to sign in: from the first user of the database on, in all its shops."""
        with self._store.look(Actor(0, "")) as uow:
            return uow.users.is_anybody()

    def pin_length(self, business: int) -> int:
        """How many digits the PINs of a shop have."""
        with self._store.look(Actor(business, "")) as uow:
            return pin_length_of(uow)

    def tiles(self, business: int) -> list[Tile]:
        """The people of a shop who can sign in at its tills, by name."""
        with self._store.look(Actor(business, "")) as uow:
            return [self._tile(uow, one) for one in uow.users.proofs() if one.user.role is not Role.CUSTOMER]

    def seats(self, business: int) -> list[Seat]:
        """Who proves who they are at the tills of a shop: its people, else the ADMINs of the other shops."""
        found = self._seats(business)
        if found:
            return found
        with self._store.look(Actor(0, "")) as uow:
            others = [one.id for one in uow.businesses.all() if one.id != business]
        return [one for other in others for one in self._seats(other) if one.tile.role is Role.ADMIN]

    def _seats(self, business: int) -> list[Seat]:
        length = self.pin_length(business)
        return [Seat(tile, business, length) for tile in self.tiles(business)]

    def _tile(self, uow: "UnitOfWork", proof: "Proof") -> Tile:
        user = proof.user
        return Tile(
            user.id,
            user.name,
            user.role,
            user.last_in_at,
            user.last_in_till,
            user.has_pin,
            user.has_badge,
            seconds_to_wait(uow, proof),
        )

    # -- in ------------------------------------------------------------------------------------------
    def by_secret(self, till: str, business: int, user_id: int, secret: str) -> SignedIn:
        """Sign in by PIN or password.

        Refuses with `pin_wrong` (fact `left`: tries), `locked_out` (fact `seconds`) or `user_unknown`.
        """
        at = Actor(business, till)
        with self._store.look(at) as uow:
            proof = uow.users.proof(user_id)
        user = self._proved(at, proof, secret)
        return self._let_in(at, user.id)

    def by_name(self, till: str, business: int, name: str, secret: str) -> SignedIn:
        """Sign in by name and PIN or password; a name nobody has is `pin_wrong`, too, after the same time.

        Where nobody here has the name, an ADMIN of another shop of the database is meant, who comes over.
        """
        with self._store.look(Actor(business, till)) as uow:
            user = uow.users.by_name(folded(name))
        if user is not None and user.is_active:
            return self.by_secret(till, business, user.id, secret)
        came = self.admin_by_name(till, name, secret)
        return replace(came, actor=self.in_business(came.actor, business))

    def admin_by_name(self, till: str, name: str, secret: str) -> SignedIn:
        """The same for an ADMIN of whichever shop of the database, signed in at home."""
        with self._store.look(Actor(0, till)) as uow:
            found = uow.users.admins_named(folded(name))
        if len(found) != 1:  # two of one name could not be told apart
            is_right("", secret)
            raise DomainError("pin_wrong", "Name or PIN not right.", field="pin")
        [(home, key)] = found
        return self.by_secret(till, home, key, secret)

    def by_badge(self, till: str, business: int, code: str) -> SignedIn:
        """Sign in by a scanned badge; its code is too long to be guessed, so nothing is counted."""
        at = Actor(business, till)
        return self._let_in(at, self._of_badge(at, code).id)

    def by_pass(self, till: str, token: str) -> SignedIn:
        """Act for the user of the window that gave this token, once; refuses with `pass_invalid`."""
        number, _, secret = token.strip().partition(":")
        business = kept_whole(number, 0)
        with self._store.work(Actor(business, till)) as uow:
            key = uow.users.take_pass(digest(secret)) if business and secret else None
            if key is None:
                raise DomainError("pass_invalid", "This was for one use. Start it from the window again.")
            user = require_user(uow, key)
            _refuse_disabled(user)
            found = SignedIn(actor_of(uow, user, till), user)
            uow.commit()
        return found

    def give_pass(self, actor: Actor) -> str:
        """A token with which one program that the window starts acts for its user; "" where there is none."""
        if actor.user_id is None:
            return ""
        secret = secrets.token_urlsafe(32)
        home = actor.at_home
        with self._store.work(home) as uow:
            uow.users.add_pass(actor.user_id, digest(secret), to_us(uow.now + PASS_GOOD_FOR))
            uow.commit()
        return f"{home.business}:{secret}"

    def refresh(self, actor: Actor) -> SignedIn:
        """The same person with what they may do now; refuses with `signed_out` or `sign_in_needed`."""
        if actor.user_id is None:
            raise sign_in_needed()
        with self._store.look(actor.at_home) as uow:
            user = uow.users.get(actor.user_id)
            if user is None or not user.is_active:
                raise DomainError("signed_out", f"{actor.shown} cannot sign in here any more.")
            now = actor_of(uow, user, actor.till)
        if actor.business == now.business:
            return SignedIn(now, user)
        if not now.may(Permission.BUSINESS_SWITCH):
            raise DomainError("signed_out", f"{actor.shown} may not work in this shop any more.")
        return SignedIn(self._elsewhere(now, actor.business), user)

    def in_business(self, actor: Actor, business: int) -> Actor:
        """The same person at work in another shop of the database."""
        actor.require(Permission.BUSINESS_SWITCH)
        moved = self._elsewhere(actor, business)
        with self._store.work(moved) as uow:
            name = uow.businesses.get().name
            uow.journal.add(
                Action.SIGN_IN_BUSINESS, "business", business, ref=name, after={"user": actor.shown}
            )
            uow.commit()
        return moved

    def _elsewhere(self, actor: Actor, business: int) -> Actor:
        with self._store.look(Actor(0, "")) as uow:
            if business not in {one.id for one in uow.businesses.all()}:
                raise DomainError("business_unknown", "There is no such business here.", field="business")
        return replace(actor, business=business, home=actor.at_home.business)

    # -- a manager lends -----------------------------------------------------------------------------
    def approvers(self, actor: Actor, permission: Permission) -> list[Tile]:
        """Who could lend a permission here."""
        with self._store.look(actor) as uow:
            rights = {role: rights_here(uow, role).permissions for role in Role}
            proofs = uow.users.proofs()
            return [
                self._tile(uow, one)
                for one in proofs
                if permission in lent_by(rights[one.user.role]) and one.user.id != actor.user_id
            ]

    def approve(self, actor: Actor, user_id: int, secret: str, permission: Permission) -> Approval:
        """What a manager lends to one action, proved by PIN or password; `not_approver` if nothing."""
        with self._store.look(actor) as uow:
            proof = uow.users.proof(user_id)
        return self._lent(actor, self._proved(Actor(actor.business, actor.till), proof, secret), permission)

    def approve_by_badge(self, actor: Actor, code: str, permission: Permission) -> Approval:
        """The same by a scanned badge."""
        return self._lent(actor, self._of_badge(actor, code), permission)

    def _lent(self, actor: Actor, manager: User, permission: Permission) -> Approval:
        with self._store.look(actor) as uow:
            lent = lent_by(rights_here(uow, manager.role).permissions)
        if permission not in lent:
            raise DomainError(
                "not_approver", f"{manager.name} may not approve this either.", permission=permission
            )
        return Approval(manager.name, lent)

    # -- proof ---------------------------------------------------------------------------------------
    def _proved(self, at: Actor, proof: "Proof | None", secret: str) -> User:
        """The user whose secret it is; counts a wrong one."""
        if proof is None or not proof.user.is_active:
            is_right("", secret)
            raise DomainError("user_unknown", "There is no such user here.", field="user")
        self._refuse_locked(at, proof)
        kept = proof.pin_hash if is_pin(secret) else proof.password_hash
        right = is_right(kept, secret)
        anew = hashed(secret) if right and is_outdated(kept) else ""
        if not right or anew or proof.failures:
            self._count(at, proof, kept, secret, is_right=right, anew=anew)
        with self._store.look(at) as uow:
            now = uow.users.proof(proof.user.id)
            if now is not None:
                refuse_locked(uow, now)  # others may have tried meanwhile
        return proof.user

    def _refuse_locked(self, at: Actor, proof: "Proof") -> None:
        """Refuse while the wait lasts; where the clock was set back it lasts from now on, not from then."""
        if proof.failed_at is not None and proof.failed_at > to_us(self._store.clock.now()):
            with self._store.work(at) as uow:
                uow.users.hold(proof.user.id)
                uow.users.tried(proof.user.id, failed_at=to_us(uow.now))
                uow.commit()
        with self._store.look(at) as uow:
            refuse_locked(uow, proof)

    def _count(self, at: Actor, proof: "Proof", kept: str, secret: str, *, is_right: bool, anew: str) -> None:
        user = proof.user
        with self._store.work(replace(at, user=user.name if is_right else None, user_id=None)) as uow:
            uow.users.hold(user.id)
            now = uow.users.proof(user.id)
            if now is None or not now.user.is_active:
                raise DomainError("user_unknown", "There is no such user here.", field="user")
            refuse_locked(uow, now)
            if is_right and kept in (now.pin_hash, now.password_hash):
                uow.users.tried(user.id, failures=0, failed_at=None)
                if anew and is_pin(secret):
                    uow.users.tried(user.id, pin_hash=anew)
                elif anew:
                    uow.users.tried(user.id, password_hash=anew)
                uow.journal.add(Action.SIGN_IN_PROVED, "user", user.id, after={"failures": now.failures})
                uow.commit()
                return
            failures = now.failures + 1
            uow.users.tried(user.id, failures=failures, failed_at=to_us(uow.now))
            uow.journal.add(Action.SIGN_IN_REFUSED, "user", user.id, after={"failures": failures})
            uow.commit()
        raise _refusal(failures, uow)

    def _of_badge(self, at: Actor, code: str) -> User:
        plain = plain_badge(code)
        with self._store.look(at) as uow:
            user = uow.users.by_badge(digest(plain)) if plain else None
        if user is None:
            raise DomainError("badge_unknown", "Nobody here has this badge.", field="badge")
        _refuse_disabled(user)
        return user

    def _let_in(self, at: Actor, user_id: int) -> SignedIn:
        """Write down that somebody came in; a customer's own record is found or made with it."""
        with self._store.work(at) as uow:
            uow.users.hold(user_id)
            user = require_user(uow, user_id)
            _refuse_disabled(user)
            if user.role is Role.CUSTOMER:
                find_or_create_for_user(uow, user.id)
                user = require_user(uow, user_id)
            elif mend_link(uow, user):
                user = require_user(uow, user_id)
            actor = actor_of(uow, user, at.till)
            uow.act_as(actor)
            uow.users.tried(user.id, last_in_at=to_us(uow.now), last_in_till=at.till)
            uow.journal.add(Action.SIGN_IN_DONE, "user", user.id, after={"role": user.role.value})
            user = require_user(uow, user_id)
            uow.commit()
        return SignedIn(actor, user)


def pin_length_of(uow: "UnitOfWork") -> int:
    """How many digits the PINs of a shop have, in a reading that is open."""
    said = uow.businesses.settings().get(PIN_LENGTH)
    return kept_whole(said, USUAL_PIN_LENGTH, least=min(PIN_LENGTHS), most=max(PIN_LENGTHS))


def kiosk_actor(business: int, till: str) -> Actor:
    """The kiosk itself, while nobody has signed in at it."""
    return Actor(business, till, "Kiosk", KIOSK)


def seconds_to_wait(uow: "UnitOfWork", proof: "Proof") -> int:
    """How long nobody may try as this user, 0 for not at all."""
    failed_at = from_us(proof.failed_at) if proof.failed_at is not None else None
    return _seconds(wait_left(proof.failures, failed_at, uow.now))


def _seconds(wait: timedelta) -> int:
    return -int(-wait.total_seconds() // 1)


def refuse_locked(uow: "UnitOfWork", proof: "Proof") -> None:
    """Refuse (`locked_out`) while the wait after wrong tries lasts."""
    wait = seconds_to_wait(uow, proof)
    if wait:
        raise _locked(wait)


def _refuse_disabled(user: User) -> None:
    if not user.is_active:
        raise DomainError("user_disabled", f"{user.name} cannot sign in here any more.", field="user")


def _refusal(failures: int, uow: "UnitOfWork") -> DomainError:
    left = FREE_TRIES - failures
    if left > 0:
        tries = "1 try left" if left == 1 else f"{left} tries left"
        return DomainError("pin_wrong", f"PIN not right, {tries}.", field="pin", left=left)
    return _locked(_seconds(wait_left(failures, uow.now, uow.now)))


def _locked(seconds: int) -> DomainError:
    spoken = f"{seconds} s" if seconds < 120 else f"{-(-seconds // 60)} minutes"
    return DomainError(
        "locked_out", f"Too many wrong tries. Wait {spoken}, then try again.", field="pin", seconds=seconds
    )

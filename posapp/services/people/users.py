"""The users' desk: who works here and who are customers with a way in, and what proves who they are."""

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.emails import check_email
from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import check_name
from posapp.domain.base.numbers import PL
from posapp.domain.base.phone import PhoneNumber
from posapp.domain.people.roles import check_discount_limit
from posapp.domain.people.secrets import (
    check_password,
    check_pin,
    check_pin_length,
    new_badge,
    new_pin,
)
from posapp.domain.people.users import Role, User, folded
from posapp.services.base.edits import refuse_stale
from posapp.services.customers.customers import Found
from posapp.services.customers.phones import renumber
from posapp.services.people.customers_of_users import find_or_create_for_user, require_user
from posapp.services.people.hashing import digest, hashed
from posapp.services.people.rights import refuse_nobody
from posapp.services.people.sign_in import PIN_LENGTH, pin_length_of
from posapp.services.people.staff import Staff, staff_of

if TYPE_CHECKING:
    from posapp.storage.people.users import UserColumns
    from posapp.storage.unit_of_work import Store, UnitOfWork


NEW_ADMIN = "Admin"
"""What somebody is called who is made because there is no ADMIN left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveUser:
    """A user to add (`id` None) or to change; `pin` and `password` are new ones, "" leaves them as they are.

    `discount_limit` in millionths, None for the role's own. `seen_version` is what the form showed.
    """

    id: int | None = None
    name: str
    role: Role
    phone: PhoneNumber | None = None
    email: str = ""
    discount_limit: int | None = None
    pin: str = ""
    password: str = ""
    seen_version: int | None = None


class UserDesk:
    """Adds, changes and disables users; nobody is ever deleted."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    # -- looking -------------------------------------------------------------------------------------
    def all(self, actor: Actor, *, with_disabled: bool = False) -> list[User]:
        """The users of the shop by name."""
        actor.require(Permission.USER_READ)
        with self._store.look(actor) as uow:
            return [one for one in uow.users.all() if with_disabled or one.is_active]

    def known(self, actor: Actor) -> Staff:
        """Who signs in here and what each role may do, read at one moment; disabled users too."""
        actor.require(Permission.USER_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return staff_of(uow, _changed_by(uow))

    def get(self, actor: Actor, user_id: int) -> User:
        """One user: oneself, or whoever it is to who may see them."""
        _require_own(actor, user_id, Permission.USER_READ)
        with self._store.look(actor) as uow:
            return require_user(uow, user_id)

    def named(self, actor: Actor, name: str) -> User:
        """The user of that name; refuses with `user_unknown`."""
        actor.require(Permission.USER_READ)
        with self._store.look(actor) as uow:
            found = uow.users.by_name(folded(name))
        if found is None:
            raise DomainError("user_unknown", f"There is no user “{name.strip()[:40]}” here.", field="user")
        return found

    # -- changing ------------------------------------------------------------------------------------
    def save(self, actor: Actor, command: SaveUser) -> User:
        """Add or change a user. The first one of a database is its ADMIN, and has a PIN."""
        actor.require(Permission.USER_WRITE)
        with self._store.look(actor) as uow:
            length = pin_length_of(uow)
        ready = prepared(command, length)
        with self._store.work(actor) as uow:
            user = put_user(uow, ready)
            uow.commit()
        return user

    def disable(self, actor: Actor, user_id: int, *, disabled: bool = True) -> User:
        """Let somebody in no more, or again; records keep the name. The last ADMIN stays."""
        actor.require(Permission.USER_WRITE)
        with self._store.work(actor) as uow:
            user = _held_user(uow, user_id)
            _refuse_above(uow, user.role)
            if user.is_active == disabled:
                if disabled:
                    _refuse_last_admin(uow, user)
                uow.users.update(user_id, disabled_at=uow.stamp[0] if disabled else None)
                action = Action.USER_DISABLED if disabled else Action.USER_ENABLED
                uow.journal.add(action, "user", user_id, after={"name": user.name})
                user = require_user(uow, user_id)
                uow.commit()
        return user

    # -- what proves who they are --------------------------------------------------------------------
    def set_pin(self, actor: Actor, user_id: int, pin: str) -> None:
        """A new PIN, one's own or somebody's who forgot theirs; it ends a lock-out, too."""
        _require_own(actor, user_id, Permission.USER_WRITE)
        with self._store.look(actor) as uow:
            user, length = require_user(uow, user_id), pin_length_of(uow)
        kept = hashed(check_pin(pin, length, phone=user.phone.key if user.phone else ""))
        self._prove(actor, user_id, Action.USER_PIN, {"pin_hash": kept})

    def set_password(self, actor: Actor, user_id: int, password: str) -> None:
        """A password, for who signs in without a till's pad; one's own or somebody's."""
        _require_own(actor, user_id, Permission.USER_WRITE)
        with self._store.look(actor) as uow:
            user = require_user(uow, user_id)
        kept = hashed(check_password(password, name=user.name))
        self._prove(actor, user_id, Action.USER_PASSWORD, {"password_hash": kept})

    def new_badge(self, actor: Actor, user_id: int) -> str:
        """The code of a new badge, told this once; the old badge opens nothing any more."""
        actor.require(Permission.USER_WRITE)
        code = new_badge()
        self._prove(actor, user_id, Action.USER_BADGE, {"badge_hash": digest(code)})
        return code

    def end_badge(self, actor: Actor, user_id: int) -> None:
        """A lost badge opens nothing any more."""
        actor.require(Permission.USER_WRITE)
        self._prove(actor, user_id, Action.USER_BADGE_ENDED, {"badge_hash": ""})

    def _prove(self, actor: Actor, user_id: int, action: Action, values: "UserColumns") -> None:
        with self._store.work(actor) as uow:
            user = _held_user(uow, user_id)
            if user.id != actor.user_id:
                _refuse_above(uow, user.role)
            if action is Action.USER_BADGE_ENDED and not (user.has_pin or user.has_password):
                _refuse_last_admin(uow, user)
            uow.users.update(user_id, **values)
            uow.users.tried(user_id, failures=0, failed_at=None)
            uow.journal.add(action, "user", user_id, after={"name": user.name})
            uow.commit()

    def set_pin_length(self, actor: Actor, length: int) -> None:
        """How many digits PINs have that are chosen from now on."""
        actor.require(Permission.USER_WRITE)
        check_pin_length(length)
        with self._store.work(actor) as uow:
            refuse_nobody(uow)
            before = pin_length_of(uow)
            if before != length:
                uow.businesses.set_setting(PIN_LENGTH, str(length))
                uow.journal.add(
                    Action.SETTINGS_PINS,
                    "business",
                    actor.business,
                    before={"length": before},
                    after={"length": length},
                )
                uow.commit()

    # -- the user's own customer ---------------------------------------------------------------------
    def customer_of(self, actor: Actor, user_id: int) -> Found:
        """The user's one customer, the same on every call; found by link, then phone, else made."""
        _require_own(actor, user_id, Permission.USER_WRITE)
        with self._store.work(actor.at_home if user_id == actor.user_id else actor) as uow:
            found = find_or_create_for_user(uow, user_id)
            uow.commit()
        return found

    # -- a way back in -------------------------------------------------------------------------------
    def reset_admin(self, till: str, business: int, by: str) -> tuple[User, str]:
        """A new PIN for an ADMIN, for who holds the data itself; `by` is how the computer calls them.

        The first ADMIN who may sign in, else the first one there is, brought back, else a new one called
        Admin. The journal tells of it.
        """
        with self._store.look(Actor(business, till)) as uow:
            if not uow.users.is_anybody():
                raise DomainError("no_users", "There are no users here: nobody has to sign in.")
            pin = new_pin(pin_length_of(uow))
        kept = hashed(pin)
        with self._store.work(Actor(business, till)) as uow:
            key = _way_back(uow)
            uow.users.hold(key)
            uow.users.update(key, pin_hash=kept, disabled_at=None)
            uow.users.tried(key, failures=0, failed_at=None)
            user = require_user(uow, key)
            uow.journal.add(Action.USER_RESET, "user", key, after={"name": user.name, "by": by})
            uow.commit()
        return user, pin


def _way_back(uow: "UnitOfWork") -> int:
    """The ADMIN who gets a new PIN; a new one where there is none at all."""
    known = uow.users.all()
    admins = [one for one in known if one.role is Role.ADMIN]
    if admins:
        return min(admins, key=lambda one: (not one.is_active, one.id)).id
    taken = {folded(one.name) for one in known}
    names = (f"{NEW_ADMIN} {number}".removesuffix(" 1") for number in count(1))
    name = next(one for one in names if folded(one) not in taken)
    key = uow.users.add(name=name, name_fold=folded(name), role=Role.ADMIN.value)
    uow.journal.add(Action.USER_ADDED, "user", key, after=_told_of(require_user(uow, key)))
    return key


@dataclass(frozen=True, slots=True)
class Ready:
    """A user to save, checked: what is kept of them, and the hashes of what proves who they are."""

    command: SaveUser
    values: "UserColumns"
    proofs: "UserColumns"


def prepared(command: SaveUser, pin_length: int) -> Ready:
    """Check a user and hash what they type to sign in: before a transaction, because it takes long."""
    name, email, limit = check_name(command.name), check_email(command.email), command.discount_limit
    values: UserColumns = {
        "name": name,
        "name_fold": folded(name),
        "role": command.role.value,
        "email": email,
        "discount_limit": None if limit is None else check_discount_limit(limit),
        **_phone_columns(command.phone),
    }
    proofs: UserColumns = {}
    phone = command.phone.key if command.phone else ""
    pin, password = command.pin, command.password
    if pin:
        check_pin(pin, pin_length, phone=phone)
    if password:
        proofs["password_hash"] = hashed(check_password(password, name=name))
    if pin:
        proofs["pin_hash"] = hashed(pin)
    return Ready(command, values, proofs)


def put_user(uow: "UnitOfWork", ready: Ready) -> User:
    """Add or change a user, in a transaction that is open."""
    is_new = ready.command.id is None
    key = _added(uow, ready) if is_new else _changed(uow, ready)
    return require_user(uow, key)


def _require_own(actor: Actor, user_id: int, permission: Permission) -> None:
    """Everybody may do it with themselves, others need the permission."""
    if actor.user_id is None or actor.user_id != user_id:
        actor.require(permission)


def _phone_columns(phone: PhoneNumber | None) -> "UserColumns":
    if phone is None:
        return {"phone_key": None, "phone_extension": "", "phone_mark": None, "phone_typed": ""}
    return {
        "phone_key": phone.key,
        "phone_extension": phone.extension,
        "phone_mark": phone.mark.value if phone.mark else None,
        "phone_typed": phone.typed[:100],
    }


def _told_of(user: User) -> dict[str, object]:
    """What the journal tells of a user."""
    return {
        "name": user.name,
        "user_role": user.role.value,
        "phone": user.phone.key if user.phone else None,
        "email": user.email,
        "discount_limit": user.discount_limit,
    }


def _added(uow: "UnitOfWork", ready: Ready) -> int:
    command = ready.command
    _refuse_above(uow, command.role)
    if not uow.users.is_anybody() and (command.role is not Role.ADMIN or not command.pin):
        raise DomainError(
            "first_admin",
            "The first user is the ADMIN of the shop and needs a PIN.",
            field="pin" if command.role is Role.ADMIN else "role",
        )
    key = uow.users.add(**(ready.values | ready.proofs))
    uow.journal.add(Action.USER_ADDED, "user", key, after=_told_of(require_user(uow, key)))
    return key


def _changed(uow: "UnitOfWork", ready: Ready) -> int:
    command = ready.command
    assert command.id is not None
    user = _held_user(uow, command.id)
    refuse_stale(user.name, user.stamps, command.seen_version, version=user.stamps.version)
    _refuse_above(uow, user.role)
    _refuse_above(uow, command.role)
    if command.role is not user.role:
        _refuse_last_admin(uow, user)
    if command.phone != user.phone:
        _move_phone(uow, user, command.phone)
    uow.users.update(user.id, **(ready.values | ready.proofs))
    was, told = _told_of(user), _told_of(require_user(uow, user.id))
    changed = [name for name in told if told[name] != was[name]]
    before, after = ({name: each[name] for name in changed} for each in (was, told))
    uow.journal.add(Action.USER_CHANGED, "user", user.id, before=before, after=after)
    _tell_of_proofs(uow, user, ready.proofs)
    return user.id


def _held_user(uow: "UnitOfWork", key: int) -> User:
    """A user whom nobody else changes until this transaction ends.

    Of ADMINs all are held, always in one order: two who take each other's role away at the same moment
    would wait for each other for ever.
    """
    if require_user(uow, key).role is Role.ADMIN:
        uow.users.held_admins()
    uow.users.hold(key)
    return require_user(uow, key)


def _tell_of_proofs(uow: "UnitOfWork", user: User, proofs: "UserColumns") -> None:
    """A new PIN or password ends a lock-out; the journal tells that there is one, not which."""
    if proofs:
        uow.users.tried(user.id, failures=0, failed_at=None)
    if "pin_hash" in proofs:
        uow.journal.add(Action.USER_PIN, "user", user.id, after={"name": user.name})
    if "password_hash" in proofs:
        uow.journal.add(Action.USER_PASSWORD, "user", user.id, after={"name": user.name})


def _move_phone(uow: "UnitOfWork", user: User, phone: PhoneNumber | None) -> None:
    """The number of the user's customer follows: the old one ends, the new one must be nobody else's."""
    if user.customer_id is None or phone is None:
        return
    uow.counters.hold(PL)
    renumber(uow, user.customer_id, user.phone, phone)


def _refuse_above(uow: "UnitOfWork", role: Role) -> None:
    """Nobody makes or changes people of their own role or above, but an ADMIN."""
    refuse_nobody(uow)
    if role not in _changed_by(uow):
        raise DomainError(
            "not_allowed",
            f"{uow.actor.shown} may not do this. Ask an ADMIN.",
            permission=Permission.USER_WRITE,
        )


def _changed_by(uow: "UnitOfWork") -> frozenset[Role]:
    """The roles whose people the actor may add and change."""
    actor = uow.actor
    if actor.user_id is None or actor.home not in (None, actor.business):
        return Role.ADMIN.changes
    user = require_user(uow, actor.user_id)
    return user.role.changes if user.is_active else frozenset()


def _refuse_last_admin(uow: "UnitOfWork", user: User) -> None:
    if user.role is not Role.ADMIN:
        return
    others = [one for one in uow.users.held_admins() if one != user.id]
    if not others:
        raise DomainError(
            "last_admin", f"{user.name} is the last ADMIN. Make somebody else ADMIN first.", field="role"
        )

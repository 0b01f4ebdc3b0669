"""Users of one business with what proves who they are, and the passes of their windows' children."""

from typing import Any, NamedTuple, TypedDict, Unpack

from sqlalchemy import Row, and_, bindparam, delete, or_, select

from posapp.domain.base.clock import from_us
from posapp.domain.base.phone import PhoneMark, PhoneNumber
from posapp.domain.people.users import Role, User
from posapp.storage.base.quick import Hot
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import changed_now, made_now, moment_of, stamps_of
from posapp.storage.people.tables import user_account, user_pass
from posapp.storage.shop.tables import business

_HERE = user_account.c.business_id == bindparam("business")
_BY_KEY = and_(_HERE, user_account.c.id == bindparam("key"))
_ANYBODY = Hot(select(business.c.id).join(user_account, user_account.c.business_id == business.c.id).limit(1))
_GET = Hot(select(user_account).where(_BY_KEY))
_PROVES = or_(*(user_account.c[f"{one}_hash"] != "" for one in ("pin", "password", "badge")))
_HOLD = select(user_account.c.id).where(_BY_KEY).with_for_update(key_share=True)


class UserColumns(TypedDict, total=False):
    """What is kept of a user."""

    name: str
    name_fold: str
    role: str
    phone_key: str | None
    phone_extension: str
    phone_mark: str | None
    phone_typed: str
    email: str
    customer_id: int | None
    discount_limit: int | None
    pin_hash: str
    password_hash: str
    badge_hash: str
    disabled_at: int | None


class Tries(TypedDict, total=False):
    """What trying to sign in leaves on a user; it is no change of the record."""

    failures: int
    failed_at: int | None
    last_in_at: int
    last_in_till: str
    pin_hash: str
    password_hash: str


class Proof(NamedTuple):
    """A user with what proves who it is: hashes, wrong tries in a row and the moment of the last (in us)."""

    user: User
    pin_hash: str
    password_hash: str
    failures: int
    failed_at: int | None


class Users(Repository):
    """The users of one business; `is_anybody`, `hold_first` and `admins_named` look at all of them."""

    # -- read ----------------------------------------------------------------------------------------
    def is_anybody(self) -> bool:
        """Whether the database has users, of whichever business."""
        return self._connection.execute(_ANYBODY).first() is not None

    def all(self) -> list[User]:
        """Every user by name, also those who are disabled."""
        wanted = select(user_account).where(user_account.c.business_id == self._business)
        return [_user(row) for row in self._connection.execute(wanted.order_by(user_account.c.name_fold))]

    def proofs(self) -> list[Proof]:
        """Every user who may sign in, with what proves it."""
        here = and_(user_account.c.business_id == self._business, user_account.c.disabled_at.is_(None))
        rows = self._connection.execute(select(user_account).where(here).order_by(user_account.c.name_fold))
        return [_proof(row) for row in rows]

    def get(self, key: int) -> User | None:
        """One user."""
        found = self.proof(key)
        return found.user if found else None

    def proof(self, key: int) -> Proof | None:
        """One user with what proves who it is."""
        row = self._connection.execute(_GET, {"business": self._business, "key": key}).first()
        return _proof(row) if row else None

    def by_name(self, name_fold: str) -> User | None:
        """The user of that name."""
        return self._first(user_account.c.name_fold == name_fold)

    def by_badge(self, badge_hash: str) -> User | None:
        """The user who carries a badge."""
        return self._first(user_account.c.badge_hash == badge_hash)

    def by_phone(self, number: PhoneNumber) -> User | None:
        """The user of a number."""
        return self._first(user_account.c.phone_key == number.key)

    def of_customer(self, customer_id: int) -> User | None:
        """The user whom a customer is."""
        return self._first(user_account.c.customer_id == customer_id)

    def admins_named(self, name_fold: str) -> list[tuple[int, int]]:
        """Business and key of each ADMIN of that name who may sign in, of whichever business."""
        wanted = select(user_account.c.business_id, user_account.c.id).where(
            and_(
                user_account.c.name_fold == name_fold,
                user_account.c.role == Role.ADMIN.value,
                user_account.c.disabled_at.is_(None),
            )
        )
        rows = self._connection.execute(wanted.order_by(user_account.c.id))
        return [(int(business), int(key)) for business, key in rows]

    def _first(self, which: Any) -> User | None:
        here = and_(user_account.c.business_id == self._business, which)
        row = self._connection.execute(select(user_account).where(here)).first()
        return _user(row) if row else None

    # -- write ---------------------------------------------------------------------------------------
    def hold(self, key: int) -> None:
        """Keep others from changing a user until this transaction ends; read it afterwards."""
        self._connection.execute(_HOLD, {"business": self._business, "key": key})

    def hold_first(self) -> None:
        """Keep others from making the first user of the database until this transaction ends."""
        self._connection.execute(
            select(business.c.id).order_by(business.c.id).with_for_update(key_share=True)
        )

    def held_admins(self) -> list[int]:
        """The keys of those ADMINs who can sign in; nobody else changes one until this transaction ends.

        Asked before a single user is held, so that two ADMINs who change each other do not wait for ever.
        """
        wanted = select(user_account.c.id).where(
            and_(
                user_account.c.business_id == self._business,
                user_account.c.role == Role.ADMIN.value,
                user_account.c.disabled_at.is_(None),
                _PROVES,
            )
        )
        held = wanted.order_by(user_account.c.id).with_for_update()
        return [int(key) for key in self._connection.execute(held).scalars()]

    def add(self, **values: Unpack[UserColumns]) -> int:
        """A new user."""
        return self._add(user_account, {**values, **made_now(self._at, self._by)})

    def update(self, key: int, **values: Unpack[UserColumns]) -> None:
        """Change a user."""
        self._change(user_account, key, {**values, **changed_now(user_account, self._at, self._by)})

    def tried(self, key: int, **values: Unpack[Tries]) -> None:
        """Note what a try to sign in leaves."""
        self._change(user_account, key, {**values})

    # -- passes --------------------------------------------------------------------------------------
    def add_pass(self, user_id: int, token_hash: str, expires_at: int) -> int:
        """Let whoever has that token act for a user once; those that are over go."""
        over = and_(user_pass.c.business_id == self._business, user_pass.c.expires_at < self._at)
        self._connection.execute(delete(user_pass).where(over))
        values: dict[str, Any] = {"user_id": user_id, "token_hash": token_hash, "expires_at": expires_at}
        return self._add(user_pass, values)

    def take_pass(self, token_hash: str) -> int | None:
        """Use a token up: the key of its user, None where it is none or no longer good."""
        here = and_(user_pass.c.business_id == self._business, user_pass.c.token_hash == token_hash)
        row = self._connection.execute(select(user_pass).where(here)).first()
        if row is None or self._connection.execute(delete(user_pass).where(here)).rowcount == 0:
            return None
        return int(row.user_id) if row.expires_at >= self._at else None


def _proof(row: Row[Any]) -> Proof:
    return Proof(_user(row), row.pin_hash, row.password_hash, row.failures, row.failed_at)


def _user(row: Row[Any]) -> User:
    mark = PhoneMark(row.phone_mark) if row.phone_mark else None
    key = row.phone_key
    return User(
        row.id,
        row.business_id,
        row.name,
        Role(row.role),
        PhoneNumber(key, row.phone_extension, mark, row.phone_typed) if key else None,
        row.email,
        row.customer_id,
        row.discount_limit,
        bool(row.pin_hash),
        bool(row.password_hash),
        bool(row.badge_hash),
        moment_of(row.disabled_at),
        from_us(row.last_in_at) if row.last_in_at is not None else None,
        row.last_in_till,
        stamps_of(row),
    )

"""Who asks: every public call of a desk takes an `Actor` and names the `Permission` it needs."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from threading import Lock, get_ident

from posapp.domain.base.errors import DomainError


class Permission(StrEnum):
    """What somebody may do; enforced by the desks, never by hidden buttons."""

    CUSTOMER_READ = "customer_read"
    CUSTOMER_WRITE = "customer_write"
    CUSTOMER_TERMS = "customer_terms"
    CUSTOMER_MERGE = "customer_merge"
    BOOKING_READ = "booking_read"
    BOOKING_WRITE = "booking_write"
    BOOKING_OVERRIDE = "booking_override"
    TICKET_READ = "ticket_read"
    TICKET_WRITE = "ticket_write"
    TICKET_REOPEN = "ticket_reopen"
    TICKET_RESERVED = "ticket_reserved"
    HAND_BACK_UNPAID = "hand_back_unpaid"
    DEVICE_DISPOSE = "device_dispose"
    PASSCODE_SHOW = "passcode_show"
    PAPER_PRINT = "paper_print"
    ORDER_READ = "order_read"
    ORDER_WRITE = "order_write"
    ORDER_VOID = "order_void"
    PRICE_CHANGE = "price_change"
    DISCOUNT_OVER_LIMIT = "discount_over_limit"
    ACCOUNT_OVER_LIMIT = "account_over_limit"
    GIFT_CARD_READ = "gift_card_read"
    GIFT_CARD_EXPIRE = "gift_card_expire"
    REFUND = "refund"
    REFUND_IN_CASH = "refund_in_cash"
    SHIFT_READ = "shift_read"
    SHIFT_OPEN = "shift_open"
    SHIFT_CLOSE = "shift_close"
    SHIFT_VERIFY = "shift_verify"
    CASH_IN = "cash_in"
    CASH_OUT = "cash_out"
    ITEM_WRITE = "item_write"
    PRICE_LEVEL_WRITE = "price_level_write"
    PRICE_WRITE = "price_write"
    STOCK_MOVE = "stock_move"
    TAX_WRITE = "tax_write"
    REPORT_READ = "report_read"
    SHOP_READ = "shop_read"
    SHOP_WRITE = "shop_write"
    DATA_MAINTAIN = "data_maintain"
    PERSON_EXPORT = "person_export"
    PERSON_ERASE = "person_erase"
    JOURNAL_READ = "journal_read"
    USER_READ = "user_read"
    USER_WRITE = "user_write"
    ROLE_WRITE = "role_write"
    BUSINESS_SWITCH = "business_switch"
    KIOSK_SERVE = "kiosk_serve"
    KIOSK_SIGN_IN = "kiosk_sign_in"
    OWN_READ = "own_read"
    OWN_WRITE = "own_write"


LOOKING = frozenset(one for one in Permission if one.endswith("_read"))
"""What changes nothing, so that no journal would tell who lent it: nobody is asked to."""


@dataclass(slots=True, eq=False)
class Approval:
    """What a manager lends to one action of somebody else: made at sign-in, used up by the first commit.

    `by` is the manager's name, `permissions` what the manager may lend. `used` are those that the action
    needed and its actor lacks: they stand in the journal of that commit beside both names. A commit that
    fails uses nothing up. Of several threads that use it at one moment one commits.
    """

    by: str
    permissions: frozenset[Permission]
    is_spent: bool = False
    _used: dict[int, set[Permission]] = field(default_factory=dict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    @property
    def used(self) -> set[Permission]:
        """What the action of this thread needed."""
        return self._used.setdefault(get_ident(), set())

    def lends(self, permission: Permission) -> bool:
        """Whether it still covers that; if so, it is used."""
        if self.is_spent or permission not in self.permissions:
            return False
        self.used.add(permission)
        return True

    def spend(self) -> None:
        """A commit that needed it begins; refuses with a `DomainError` what was used up before."""
        with self._lock:
            if self.is_spent:
                raise DomainError(
                    "approval_spent", "This was approved for one action. Ask the manager again."
                )
            self.is_spent = True

    def give_back(self) -> None:
        """That commit failed."""
        self.is_spent = False

    def end(self) -> None:
        """The action is over: whatever else is done by the same actor is not part of it."""
        self.used.clear()
        self.is_spent = True


@dataclass(frozen=True, slots=True)
class Actor:
    """The business and till a call comes from, and the signed-in user where the shop has users.

    `permissions` is None while a database has no users: then every actor may do everything and
    records name the till. `user_id` is the key of the user. `customer_id` is set for somebody who acts as a
    customer (role CUSTOMER, or signed in at the kiosk): whatever is asked, only that customer is meant.
    `discount_limit` is what the user may take off alone, in millionths like every discount; None means the
    usual limit. `home` is the business whose user it is, where an ADMIN works in another one.
    """

    business: int
    till: str
    user: str | None = None
    permissions: frozenset[Permission] | None = None
    user_id: int | None = None
    customer_id: int | None = None
    discount_limit: int | None = None
    approval: Approval | None = None
    home: int | None = None

    @property
    def at_home(self) -> "Actor":
        """The same person in the business whose user they are."""
        return self if self.home in (None, self.business) else replace(self, business=self.home)

    @property
    def shown(self) -> str:
        """The name that records carry: the person, else the till."""
        return self.user or self.till

    def may(self, permission: Permission) -> bool:
        """Whether the actor holds `permission`: for what is left out instead of being refused."""
        return self.permissions is None or permission in self.permissions

    def require(
        self, permission: Permission, *, number: str = "", amount_minor: int | None = None, of: object = None
    ) -> None:
        """Refuse with a `DomainError` unless the actor holds `permission`, or a manager lends it.

        What a manager who is asked wants to know: the `number` of the record, `amount_minor`, or the command
        that is refused, which nobody looks into before.
        """
        if self.may(permission) or (self.approval is not None and self.approval.lends(permission)):
            return
        about = {"number": number or None, "amount_minor": amount_minor, "of": of}
        refused = DomainError(
            "not_allowed", f"{self.shown} may not do this. Ask a manager.", permission=permission
        )
        refused.facts |= {name: value for name, value in about.items() if value is not None}
        raise refused

    def answers_for(self, permission: Permission) -> str:
        """The name of whoever answers for it: the manager who lends it, else the person."""
        is_lent = not self.may(permission) and self.approval is not None
        return self.approval.by if is_lent and self.approval is not None else self.shown

    def approved(self, approval: Approval) -> "Actor":
        """The same person with what a manager lends, for one action."""
        return replace(self, approval=approval)

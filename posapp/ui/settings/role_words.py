"""What roles and permissions are called, the permissions by part of the trade."""

from posapp.domain.base.actor import Permission
from posapp.domain.people.roles import KIOSK, OWN, choices
from posapp.domain.people.users import Role
from posapp.ui.wording import translator

_tr = translator("Roles")
P = Permission


def role_word(role: Role) -> str:
    """What a role is called."""
    return {
        Role.ADMIN: _tr("Admin"),
        Role.MANAGER: _tr("Manager"),
        Role.STAFF: _tr("Staff"),
        Role.TECHNICIAN: _tr("Technician"),
        Role.CUSTOMER: _tr("Customer"),
    }[role]


def role_sentence(role: Role) -> str:
    """What somebody of a role does here."""
    return {
        Role.ADMIN: _tr("May do everything, and says what the others may."),
        Role.MANAGER: _tr("Runs the shop, and lends the others what they may not do alone."),
        Role.STAFF: _tr("Serves customers: bookings, tickets, sales, the drawer."),
        Role.TECHNICIAN: _tr("Repairs: sees customers and bookings, works on tickets."),
        Role.CUSTOMER: _tr("Sees and orders for themselves only, at the kiosk."),
    }[role]


def shown_wait(seconds: int) -> str:
    """A lock-out: `30 s`, `4 min`."""
    return _tr("{n} s").format(n=seconds) if seconds < 120 else _tr("{n} min").format(n=-(-seconds // 60))


def permission_groups() -> list[tuple[str, list[tuple[Permission, str]]]]:
    """Each part of the trade with what may be done there; every permission stands once."""
    return [
        (_tr("Customers"), _customers()),
        (_tr("Bookings"), _bookings()),
        (_tr("Tickets"), _tickets()),
        (_tr("Sales"), _sales()),
        (_tr("Shifts and cash"), _shifts()),
        (_tr("Items and prices"), _items()),
        (_tr("Shop and people"), _shop()),
        (_tr("Kiosk"), _kiosk()),
    ]


def permission_word(permission: Permission) -> str:
    """What a permission lets somebody do."""
    return next(words for _part, lines in permission_groups() for one, words in lines if one is permission)


def why_fixed(role: Role, permission: Permission | None) -> str:
    """Why nobody changes this here, "" for what an ADMIN may change; None stands for the discount limit."""
    if role is Role.ADMIN:
        return _tr("An Admin may always do this: somebody must be able to do everything.")
    if role is Role.CUSTOMER:
        return _tr("Customers have what is their own, and nothing else.")
    if permission is None or permission in choices(role):
        return ""
    if permission in choices(Role.MANAGER):
        return _tr("Only managers and Admins may be given this.")
    if permission in OWN | KIOSK:
        return _tr("This is what customers do with what is their own.")
    return _tr("Only Admins do this.")


def _customers() -> list[tuple[Permission, str]]:
    return [
        (P.CUSTOMER_READ, _tr("See customers and their history")),
        (P.CUSTOMER_WRITE, _tr("Add and change customers")),
        (P.CUSTOMER_TERMS, _tr("Set account limit and price level")),
        (P.CUSTOMER_MERGE, _tr("Merge customers")),
        (P.PERSON_EXPORT, _tr("Hand out all data of a person")),
        (P.PERSON_ERASE, _tr("Anonymise a person")),
    ]


def _bookings() -> list[tuple[Permission, str]]:
    return [
        (P.BOOKING_READ, _tr("See bookings")),
        (P.BOOKING_WRITE, _tr("Book, move and cancel")),
        (P.BOOKING_OVERRIDE, _tr("Book anyway, over a clash")),
    ]


def _tickets() -> list[tuple[Permission, str]]:
    return [
        (P.TICKET_READ, _tr("See tickets")),
        (P.TICKET_WRITE, _tr("Take in and work on tickets")),
        (P.TICKET_RESERVED, _tr("Move devices to reserved states")),
        (P.TICKET_REOPEN, _tr("Reopen a closed ticket")),
        (P.HAND_BACK_UNPAID, _tr("Hand back without payment")),
        (P.DEVICE_DISPOSE, _tr("Dispose of uncollected devices")),
        (P.PASSCODE_SHOW, _tr("Show passcodes")),
        (P.PAPER_PRINT, _tr("Print papers")),
    ]


def _sales() -> list[tuple[Permission, str]]:
    return [
        (P.ORDER_READ, _tr("See sales and payments")),
        (P.ORDER_WRITE, _tr("Sell and take payments")),
        (P.ORDER_VOID, _tr("Void a sale")),
        (P.PRICE_CHANGE, _tr("Change the price of a line")),
        (P.DISCOUNT_OVER_LIMIT, _tr("Discount above the limit")),
        (P.ACCOUNT_OVER_LIMIT, _tr("Sell on account above the limit")),
        (P.REFUND, _tr("Refund")),
        (P.REFUND_IN_CASH, _tr("Refund in cash instead")),
        (P.GIFT_CARD_READ, _tr("Look up gift cards")),
        (P.GIFT_CARD_EXPIRE, _tr("Let gift cards expire")),
    ]


def _shifts() -> list[tuple[Permission, str]]:
    return [
        (P.SHIFT_READ, _tr("See shifts and their reports")),
        (P.SHIFT_OPEN, _tr("Open a shift")),
        (P.SHIFT_CLOSE, _tr("Count and close a shift")),
        (P.SHIFT_VERIFY, _tr("Verify a closed shift")),
        (P.CASH_IN, _tr("Put cash into the drawer")),
        (P.CASH_OUT, _tr("Pay cash out of the drawer")),
    ]


def _items() -> list[tuple[Permission, str]]:
    return [
        (P.ITEM_WRITE, _tr("Change items")),
        (P.STOCK_MOVE, _tr("Change stock by hand")),
        (P.PRICE_WRITE, _tr("Change the price list of repairs")),
        (P.PRICE_LEVEL_WRITE, _tr("Change price levels")),
        (P.TAX_WRITE, _tr("Change taxes")),
    ]


def _shop() -> list[tuple[Permission, str]]:
    return [
        (P.SHOP_READ, _tr("See how the shop is set up")),
        (P.SHOP_WRITE, _tr("Change how the shop is set up")),
        (P.REPORT_READ, _tr("See reports and figures")),
        (P.JOURNAL_READ, _tr("Read the journal")),
        (P.DATA_MAINTAIN, _tr("Backups, checks and upkeep")),
        (P.USER_READ, _tr("See users and roles")),
        (P.USER_WRITE, _tr("Add and change users")),
        (P.ROLE_WRITE, _tr("Change what roles may do")),
        (P.BUSINESS_SWITCH, _tr("Work in another business")),
    ]


def _kiosk() -> list[tuple[Permission, str]]:
    return [
        (P.KIOSK_SERVE, _tr("Serve the kiosk: codes and arrivals")),
        (P.KIOSK_SIGN_IN, _tr("Be the kiosk that asks who comes")),
        (P.OWN_READ, _tr("See what is one’s own")),
        (P.OWN_WRITE, _tr("Book and order for oneself")),
    ]

"""What a manager is asked for: the action in words, and what it is about."""

from posapp.domain.base.actor import Permission
from posapp.domain.base.errors import PosappError
from posapp.domain.people.users import Tile
from posapp.ui.wording import Wording, translator

_tr = translator("Approval")


def action_word(permission: Permission) -> str:
    """What somebody wants to do who lacks that."""
    return _words().get(permission) or permission.replace("_", " ").capitalize()


def about(refused: PosappError, wording: Wording) -> str:
    """The number and the amount that the action is about: `S12 · €5.00`."""
    command = refused.facts.get("of")
    command = getattr(command, "refund", command)  # the one half of an exchange that is asked for
    number = refused.facts.get("number") or getattr(command, "number", "")
    minor = refused.facts.get("amount_minor", getattr(command, "amount_minor", None))
    amount = wording.price(minor) if isinstance(minor, int) else ""
    return " · ".join(filter(None, (str(number or ""), amount)))


def proof_word(tile: Tile) -> str:
    """How that manager can prove it, or how long nobody may try."""
    if tile.wait:
        return _tr("after {seconds} s").format(seconds=tile.wait)
    if tile.has_pin:
        return _tr("PIN or badge") if tile.has_badge else _tr("PIN")
    return _tr("Badge")


def _words() -> dict[Permission, str]:
    one = Permission
    return {
        one.CUSTOMER_WRITE: _tr("Change a customer"),
        one.CUSTOMER_TERMS: _tr("Change a customer's terms"),
        one.CUSTOMER_MERGE: _tr("Merge customers"),
        one.BOOKING_WRITE: _tr("Change a booking"),
        one.BOOKING_OVERRIDE: _tr("Book anyway"),
        one.TICKET_WRITE: _tr("Change a ticket"),
        one.TICKET_REOPEN: _tr("Reopen a closed ticket"),
        one.TICKET_RESERVED: _tr("Take a reserved step"),
        one.HAND_BACK_UNPAID: _tr("Hand back unpaid"),
        one.DEVICE_DISPOSE: _tr("Dispose of a device"),
        one.PASSCODE_SHOW: _tr("Show a passcode"),
        one.PAPER_PRINT: _tr("Print a paper"),
        one.ORDER_WRITE: _tr("Sell"),
        one.ORDER_VOID: _tr("Make a sale void"),
        one.PRICE_CHANGE: _tr("Sell at another price"),
        one.DISCOUNT_OVER_LIMIT: _tr("Discount above the limit"),
        one.ACCOUNT_OVER_LIMIT: _tr("More on account than the limit"),
        one.GIFT_CARD_EXPIRE: _tr("Let a gift card expire"),
        one.REFUND: _tr("Refund"),
        one.REFUND_IN_CASH: _tr("Cash for what was not paid in money"),
        one.SHIFT_OPEN: _tr("Open the shift"),
        one.SHIFT_CLOSE: _tr("Close the shift"),
        one.SHIFT_VERIFY: _tr("Verify a closed shift"),
        one.CASH_IN: _tr("Pay cash in"),
        one.CASH_OUT: _tr("Pay cash out"),
        one.ITEM_WRITE: _tr("Change an item"),
        one.PRICE_LEVEL_WRITE: _tr("Change a price level"),
        one.PRICE_WRITE: _tr("Change repair prices"),
        one.STOCK_MOVE: _tr("Move stock"),
        one.TAX_WRITE: _tr("Change taxes"),
        one.SHOP_WRITE: _tr("Change settings of the shop"),
        one.PERSON_EXPORT: _tr("Give out a person's data"),
        one.KIOSK_SERVE: _tr("Serve the kiosk"),
    }

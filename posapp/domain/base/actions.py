"""What the journal tells of: every act that the desks write down, by its word in the chain.

A word that stands in a chain once is there for good, so none is ever renamed or used for something else.
"""

from enum import StrEnum


class Action(StrEnum):
    """An act; the part before the dot is what it is about."""

    BUSINESS_CREATED = "business.created"
    BUSINESS_EDITED = "business.edited"
    HOURS_CHANGED = "hours.changed"
    DAY_CHANGED = "day.changed"
    SERVICE_ADDED = "service.added"
    SERVICE_EDITED = "service.edited"
    SERVICE_ARCHIVED = "service.archived"
    SERVICE_RESTORED = "service.restored"
    SERVICE_ORDERED = "service.ordered"
    RESOURCE_ADDED = "resource.added"
    RESOURCE_EDITED = "resource.edited"
    RESOURCE_ARCHIVED = "resource.archived"
    RESOURCE_RESTORED = "resource.restored"
    RESOURCE_ORDERED = "resource.ordered"

    IDS_INIT = "ids.init"

    CUSTOMER_CREATED = "customer.created"
    CUSTOMER_EDITED = "customer.edited"
    CONTACT_ADDED = "contact.added"
    CONTACT_REMOVED = "contact.removed"
    PHONE_ADDED = "phone.added"
    PHONE_LABELLED = "phone.labelled"
    PHONE_PRIMARY = "phone.primary"
    PHONE_ENDED = "phone.ended"
    PHONE_PASSED_ON = "phone.passed_on"
    PHONE_TAKEN_BACK = "phone.taken_back"
    CONSENT_GIVEN = "consent.given"
    CONSENT_WITHDRAWN = "consent.withdrawn"
    PERSON_EXPORTED = "person.exported"
    PERSON_ERASED = "person.erased"
    PERSON_PAPERS = "person.papers"

    BOOKING_MADE = "booking.made"
    BOOKING_MOVED = "booking.moved"
    BOOKING_STATUS = "booking.status"
    WALK_IN_CAME = "walk_in.came"
    WALK_IN_SERVED = "walk_in.served"
    WALK_IN_LEFT = "walk_in.left"
    WALK_IN_WAITING = "walk_in.waiting"

    PAPER_MADE = "paper.made"
    PAPER_REPRINTED = "paper.reprinted"
    PAPER_SENDING = "paper.sending"
    PAPER_PRINTED = "paper.printed"
    PAPER_FAILED = "paper.failed"
    PAPER_CANCELLED = "paper.cancelled"
    PAPER_TILL = "paper.till"

    TICKET_OPENED = "ticket.opened"
    TICKET_DEVICE_ADDED = "ticket.device_added"
    TICKET_EDITED = "ticket.edited"
    TICKET_STATE = "ticket.state"
    TICKET_SHELVED = "ticket.shelved"
    TICKET_QUALITY = "ticket.quality"
    TICKET_INFORMED = "ticket.informed"
    TICKET_REMINDED = "ticket.reminded"
    TICKET_HANDED_BACK = "ticket.handed_back"
    TICKET_DISPOSED = "ticket.disposed"

    PASSCODE_SHOWN = "passcode.shown"
    PASSCODE_WIPED = "passcode.wiped"
    DEVICE_EDITED = "device.edited"
    PHOTO_ADDED = "photo.added"
    PHOTO_REMOVED = "photo.removed"
    PHOTO_RESTORED = "photo.restored"

    ESTIMATE_ASKED = "estimate.asked"
    ESTIMATE_APPROVED = "estimate.approved"
    ESTIMATE_COVERED = "estimate.covered"
    ESTIMATE_DECLINED = "estimate.declined"
    WARRANTY_CLAIM = "warranty.claim"
    WARRANTY_CLAIMED = "warranty.claimed"

    TAX_ADDED = "tax.added"
    TAX_RATE = "tax.rate"
    TAX_DEFAULT = "tax.default"
    TAX_ARCHIVED = "tax.archived"
    TAX_RESTORED = "tax.restored"
    PRICE_LEVEL_ADDED = "price_level.added"
    PRICE_LEVEL_CHANGED = "price_level.changed"
    ITEM_ADDED = "item.added"
    ITEM_CHANGED = "item.changed"
    ITEM_STOCK = "item.stock"
    ITEM_QUICK = "item.quick"
    COUNT_OPENED = "count.opened"
    COUNT_SCANNED = "count.scanned"
    COUNT_BOOKED = "count.booked"
    COUNT_DROPPED = "count.dropped"
    PRICE_ADDED = "price.added"
    PRICE_CHANGED = "price.changed"
    PRICE_PERCENT = "price.percent"
    PRICE_IMPORTED = "price.imported"
    PART_RESERVED = "part.reserved"
    PART_USED = "part.used"
    PART_RETURNED = "part.returned"
    PART_SCRAPPED = "part.scrapped"
    LOANER_ADDED = "loaner.added"
    LOANER_CHANGED = "loaner.changed"
    LOANER_OUT = "loaner.out"
    LOANER_BACK = "loaner.back"

    ORDER_HELD = "order.held"
    ORDER_RECALLED = "order.recalled"
    ORDER_DROPPED = "order.dropped"
    ORDER_COMPLETED = "order.completed"
    ORDER_REFUNDED = "order.refunded"
    ORDER_VOIDED = "order.voided"
    PAYMENT_TAKEN = "payment.taken"
    GIFT_CARD_SOLD = "gift_card.sold"
    GIFT_CARD_TOPPED_UP = "gift_card.topped_up"
    GIFT_CARD_USED = "gift_card.used"
    GIFT_CARD_RETURNED = "gift_card.returned"
    GIFT_CARD_EXPIRED = "gift_card.expired"
    GIFT_CARD_MONTHS = "gift_card.months"
    SHIFT_OPENED = "shift.opened"
    SHIFT_CASH_IN = "shift.cash_in"
    SHIFT_CASH_OUT = "shift.cash_out"
    SHIFT_CLOSED = "shift.closed"
    SHIFT_VERIFIED = "shift.verified"
    SHIFT_TILL = "shift.till"
    SETTINGS_SHIFTS = "settings.shifts"

    STATE_ADDED = "state.added"
    STATE_CHANGED = "state.changed"
    STATE_MOVES = "state.moves"
    STATE_ARCHIVED = "state.archived"
    STATE_USED_AGAIN = "state.used_again"
    CHECKLIST_CHANGED = "checklist.changed"
    SETTINGS_REPAIRS = "settings.repairs"

    BACKUP_MADE = "backup.made"
    BACKUP_DRILLED = "backup.drilled"
    DATABASE_RESTORED = "database.restored"
    TOTALS_REBUILT = "totals.rebuilt"
    COUNTER_RESTORED = "counter.restored"
    DEMO_BUILT = "demo.built"
    JOURNAL_COUNTED = "journal.counted"
    RECORDS_CHANGED = "records.changed"

    @property
    def about(self) -> str:
        """What it is about: "customer", "phone", "ticket"."""
        return self.partition(".")[0]


def spelled(word: str) -> str:
    """A word that only a newer program knows, as far as it can be read."""
    return word.replace(".", " ").replace("_", " ").capitalize()


def action_of(word: str) -> Action | None:
    """The act that a word of the chain means; None for one that only a newer program knows."""
    return _BY_WORD.get(word)


_BY_WORD = {action.value: action for action in Action}

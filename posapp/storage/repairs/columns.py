"""What is written of tickets and the devices on them, column by column."""

from typing import TypedDict


class NewTicket(TypedDict):
    """The columns of a ticket when it is opened."""

    number: int
    customer_id: int
    contact_id: int | None
    booking_id: int | None
    due_at: int | None
    is_rush: bool
    note: str
    business_day: int
    source: str
    signature_hash: str


class TicketChange(TypedDict, total=False):
    """What changes of a ticket."""

    due_at: int | None
    is_rush: bool
    note: str


class NewJob(TypedDict):
    """The columns of a device on a ticket when it is taken in."""

    position: int
    device_id: int
    state_id: int
    fault: str
    no_serial_reason: str
    accessories: str
    price_minor: int | None
    technician_id: int | None
    shelf_id: int | None


class JobChange(TypedDict, total=False):
    """What changes of a device on a ticket; moments are microseconds, `condition` is JSON."""

    state_id: int
    state_since: int
    is_here: bool
    fault: str
    found: str
    accessories: str
    condition: str
    price_minor: int | None
    technician_id: int | None
    shelf_id: int | None
    passcode: bytes | None
    passcode_wipe_at: int | None
    quality_by: str
    quality_at: int | None
    outcome: str | None
    handed_to: str
    handed_at: int | None
    signature_hash: str

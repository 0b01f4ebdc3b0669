"""What a new shop begins with for repairs: states and moves, checklists, settings."""

from sqlalchemy import Connection, insert, select

from posapp.domain.repairs.tickets import DEFAULT_MOVES, DEFAULT_STATES
from posapp.storage.repairs.tables import checklist, ticket_move, ticket_state
from posapp.storage.shop.tables import setting

_HANDHELD = (
    "Screen glass",
    "Touch",
    "Buttons",
    "Charging",
    "Speaker and microphone",
    "Cameras",
    "Wi-Fi and signal",
)
_COMPUTER = ("Screen", "Keyboard", "Touchpad", "Charging", "Ports", "Wi-Fi", "Starts up")
CHECKLISTS = {
    "phone": (*_HANDHELD, "Face or fingerprint"),
    "tablet": _HANDHELD,
    "laptop": _COMPUTER,
    "desktop": ("Starts up", "Ports", "Fans", "Drives"),
    "console": ("Starts up", "Disc drive", "Controllers", "Video output"),
    "watch": ("Screen", "Buttons", "Charging", "Strap"),
    "other": ("Starts up", "Outside"),
}
SETTINGS = {
    "passcode_days": "14",
    "untouched_hours": "48",
    "uncollected_days": "7",
    "reminder_days": "7,14,30,60",
    "dispose_days": "90",
    "storage_fee_minor": "0",
    "storage_free_days": "14",
    "quality_check": "no",
    "claim_terms": "Bring this ticket to collect. We ask before any work above the estimate.",
}


def seed_repairs(connection: Connection, business_id: int) -> None:
    """Give a business its states, moves, checklists and settings."""
    connection.execute(
        insert(ticket_state),
        [
            {
                "business_id": business_id,
                "code": code,
                "name": name,
                "group_code": group.value,
                "position": position,
                "limit_hours": limit,
            }
            for position, (code, name, group, limit) in enumerate(DEFAULT_STATES, start=1)
        ],
    )
    rows = connection.execute(
        select(ticket_state.c.code, ticket_state.c.id).where(ticket_state.c.business_id == business_id)
    )
    keys = {row.code: row.id for row in rows}
    connection.execute(
        insert(ticket_move),
        [
            {"business_id": business_id, "from_id": keys[before], "to_id": keys[after]}
            for before, after in DEFAULT_MOVES
        ],
    )
    connection.execute(
        insert(checklist),
        [
            {"business_id": business_id, "device_kind": kind, "text": text, "position": position}
            for kind, texts in CHECKLISTS.items()
            for position, text in enumerate(texts, start=1)
        ],
    )
    connection.execute(
        insert(setting),
        [{"business_id": business_id, "name": name, "value": value} for name, value in SETTINGS.items()],
    )

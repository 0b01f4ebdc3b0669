"""Which ticket a screen is asked for, and where in it the cursor goes."""

from dataclasses import dataclass

from posapp.domain.base.errors import PosappError


@dataclass(frozen=True, slots=True)
class TicketPlace:
    """The device at `position` (0: the first one that is here).

    `part` is where the cursor goes first: "note", "tell", "price", "found", "" for the states. `refused` is
    why a move was refused that can be mended there.
    """

    number: str
    position: int = 0
    part: str = ""
    refused: PosappError | None = None

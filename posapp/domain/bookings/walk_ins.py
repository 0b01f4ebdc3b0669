"""Walk-ins: who came without a booking and waits for their turn."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from posapp.domain.base.phone import PhoneNumber
from posapp.domain.base.stamps import Stamps
from posapp.domain.customers.pl_id import PlId


class WalkInState(StrEnum):
    """What became of somebody in the queue."""

    WAITING = "waiting"
    SERVED = "served"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class WalkIn:
    """Somebody in the queue, what for and for how long; `booking` is the one made when they were served."""

    id: int
    customer_id: int
    pl_id: PlId
    customer_name: str
    phone: PhoneNumber | None
    service_id: int
    service: str
    minutes: int
    state: WalkInState
    note: str
    booking: str
    stamps: Stamps

    @property
    def came_at(self) -> datetime:
        """When they joined the queue."""
        return self.stamps.created_at

    def shown_name(self, region: str) -> str:
        """The name, or the phone of a customer who came without one."""
        return self.customer_name or (self.phone.shown(region) if self.phone else str(self.pl_id))


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A place in the queue, from 1, and the turn as it looks now: when, with whom, in how many minutes.

    `starts` is the shop's wall clock; it is None where no free time is in sight today.
    """

    walk_in: WalkIn
    position: int
    wait_minutes: int | None
    starts: datetime | None
    resource_id: int | None
    resource: str

    @property
    def is_now(self) -> bool:
        """Whether their turn has come."""
        return self.wait_minutes == 0

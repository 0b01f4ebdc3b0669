"""What counter brings to the storage floor: repositories, rules of `verify`."""

from typing import TYPE_CHECKING

from posapp.storage.base.part import Repositories, made_once

if TYPE_CHECKING:
    from posapp.storage.base.verify_base import Rule
    from posapp.storage.counter.kiosk import Kiosk


class CounterRepositories(Repositories):
    """What the counter shows of all parts, and what the kiosk keeps."""

    @made_once
    def kiosk(self) -> "Kiosk":
        """Codes, tries and arrivals of the kiosk."""
        from posapp.storage.counter.kiosk import Kiosk

        return Kiosk(self.hands, self.actor.business, self.stamp)


def rules() -> "tuple[Rule, ...]":
    """What `verify` asks about the counter."""
    from posapp.storage.counter import verify

    return (("kiosk", verify.SENTENCE, verify.kiosk),)

"""What counter brings to the storage floor: repositories."""

from typing import TYPE_CHECKING

from posapp.storage.base.part import Repositories, made_once

if TYPE_CHECKING:
    from posapp.storage.counter.facts import Facts


class CounterRepositories(Repositories):
    """What the counter shows of all parts."""

    @made_once
    def facts(self) -> "Facts":
        """What is counted of customers over all parts."""
        from posapp.storage.counter.facts import Facts

        return Facts(self.hands, self.actor.business, self.stamp)

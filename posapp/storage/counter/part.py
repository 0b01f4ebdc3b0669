"""What counter brings to the storage floor: repositories."""

from functools import cached_property

from posapp.storage.base.part import Repositories
from posapp.storage.counter.facts import Facts


class CounterRepositories(Repositories):
    """What the counter shows of all parts."""

    @cached_property
    def facts(self) -> Facts:
        """What is counted of customers over all parts."""
        return Facts(self.connection, self.actor.business, self.stamp)

"""What old data brings to the storage floor: repositories and rules of `verify`."""

from typing import TYPE_CHECKING

from posapp.storage.base.part import Repositories, made_once

if TYPE_CHECKING:
    from posapp.storage.base.verify_base import Rule
    from posapp.storage.old_data.batches import Batches
    from posapp.storage.old_data.built_on import BuiltOn
    from posapp.storage.old_data.duplicates import Duplicates
    from posapp.storage.old_data.mappings import Mappings
    from posapp.storage.old_data.merges import Merges
    from posapp.storage.old_data.old_shops import OldShops
    from posapp.storage.old_data.past_records import PastRecords
    from posapp.storage.old_data.person import PersonOfOldData
    from posapp.storage.old_data.ties import Ties
    from posapp.storage.old_data.undoing import Undoing


class OldDataRepositories(Repositories):
    """What came from other systems, and customers who turned out to be one."""

    def owners_of_old_id(self, code: str, system: str = "") -> list[tuple[int, str, str, str]]:
        """Customers who had that ID, or of whom a record has it."""
        return self.past.owners(code, system)

    @made_once
    def past(self) -> "PastRecords":
        """Past records and old IDs."""
        from posapp.storage.old_data.past_records import PastRecords

        return PastRecords(self.hands, self.actor.business, self.stamp)

    @made_once
    def old_shops(self) -> "OldShops":
        """Which of our businesses those of old systems became."""
        from posapp.storage.old_data.old_shops import OldShops

        return OldShops(self.hands, self.actor.business, self.stamp)

    @made_once
    def mappings(self) -> "Mappings":
        """How tables were read before."""
        from posapp.storage.old_data.mappings import Mappings

        return Mappings(self.hands, self.actor.business, self.stamp)

    @made_once
    def batches(self) -> "Batches":
        """What imports brought."""
        from posapp.storage.old_data.batches import Batches

        return Batches(self.hands, self.actor.business, self.stamp)

    @made_once
    def built_on(self) -> "BuiltOn":
        """What stands on an import."""
        from posapp.storage.old_data.built_on import BuiltOn

        return BuiltOn(self.hands, self.actor.business, self.stamp)

    @made_once
    def undoing(self) -> "Undoing":
        """Takes away what an import brought."""
        from posapp.storage.old_data.undoing import Undoing

        return Undoing(self.hands, self.actor.business, self.stamp)

    @made_once
    def person_of_old_data(self) -> "PersonOfOldData":
        """What old systems said of one customer."""
        from posapp.storage.old_data.person import PersonOfOldData

        return PersonOfOldData(self.hands, self.actor.business, self.stamp)

    @made_once
    def duplicates(self) -> "Duplicates":
        """Customers who may be one person."""
        from posapp.storage.old_data.duplicates import Duplicates

        return Duplicates(self.hands, self.actor.business, self.stamp)

    @made_once
    def merges(self) -> "Merges":
        """Which two customers became one."""
        from posapp.storage.old_data.merges import Merges

        return Merges(self.hands, self.actor.business, self.stamp)

    @made_once
    def ties(self) -> "Ties":
        """Which records of a customer hang together."""
        from posapp.storage.old_data.ties import Ties

        return Ties(self.hands, self.actor.business, self.stamp)


def rules() -> "tuple[Rule, ...]":
    """What `verify` asks about old data."""
    from posapp.storage.old_data import verify, verify_merges

    return (
        ("past_records", "A past record is of its import and counts by its status", verify.past_records),
        ("legacy_ids", "An ID of an old system finds its customer", verify.legacy_ids),
        ("imports", "What an import says of itself holds", verify.imports),
        ("merges", "Each merge leads to its survivor until it is undone", verify_merges.merges),
    )

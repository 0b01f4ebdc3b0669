"""What care brings to the storage floor: the repositories that go through all parts for one person."""

from typing import TYPE_CHECKING

from posapp.storage.base.part import Repositories, made_once

if TYPE_CHECKING:
    from posapp.storage.care.erasing import Erasing
    from posapp.storage.care.person_rows import PersonRows
    from posapp.storage.care.persons import Persons


class CareRepositories(Repositories):
    """Care."""

    @made_once
    def persons(self) -> "Persons":
        """What the shop holds of one customer."""
        from posapp.storage.care.persons import Persons

        return Persons(self.hands, self.actor.business, self.stamp)

    @made_once
    def erasing(self) -> "Erasing":
        """Empties what tells of a person."""
        from posapp.storage.care.erasing import Erasing

        return Erasing(self.hands, self.actor.business, self.stamp)

    @made_once
    def person_rows(self) -> "PersonRows":
        """What the records about one customer say."""
        from posapp.storage.care.person_rows import PersonRows

        return PersonRows(self.hands, self.actor.business, self.stamp)

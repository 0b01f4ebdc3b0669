"""What papers bring to the storage floor: repositories, rules of `verify`."""

from functools import cached_property
from typing import TYPE_CHECKING

from posapp.storage.base.part import Repositories
from posapp.storage.papers.documents import Documents

if TYPE_CHECKING:
    from posapp.storage.base.verify_base import Rule


class PaperRepositories(Repositories):
    """Papers."""

    @cached_property
    def documents(self) -> Documents:
        """Papers and the print queue."""
        return Documents(self.connection, self.actor.business, self.stamp)


def rules() -> "tuple[Rule, ...]":
    """What `verify` asks about papers."""
    from posapp.storage.papers import verify

    return (
        ("pictures", "Logos and signatures are whole", verify.pictures),
        ("documents", "Papers say what they said", verify.documents),
        ("copies", "Copies are numbered without holes", verify.copies),
    )

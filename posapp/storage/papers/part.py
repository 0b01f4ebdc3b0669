"""What papers bring to the storage floor: repositories, rules of `verify`."""

from typing import TYPE_CHECKING

from posapp.storage.base.part import Repositories, made_once

if TYPE_CHECKING:
    from posapp.storage.base.verify_base import Rule
    from posapp.storage.papers.documents import Documents


class PaperRepositories(Repositories):
    """Papers."""

    @made_once
    def documents(self) -> "Documents":
        """Papers and the print queue."""
        from posapp.storage.papers.documents import Documents

        return Documents(self.hands, self.actor.business, self.stamp)


def rules() -> "tuple[Rule, ...]":
    """What `verify` asks about papers."""
    from posapp.storage.papers import verify

    return (
        ("pictures", "Logos and signatures are whole", verify.pictures),
        ("documents", "Papers say what they said", verify.documents),
        ("copies", "Copies are numbered without holes", verify.copies),
    )

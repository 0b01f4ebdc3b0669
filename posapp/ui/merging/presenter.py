"""What the merge screen asks of the desks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from posapp.ui.presenter import Done, Failed, Presenter, ignore

if TYPE_CHECKING:
    from posapp.domain.customers.customers import CustomerCard
    from posapp.domain.old_data.duplicates import DuplicatePair
    from posapp.domain.old_data.merging import Merge, Merged, MergeField, MergePreview, Side, Unmerged
    from posapp.domain.repairs.tickets import StateMap
    from posapp.services.counter.search import Answer


@dataclass(frozen=True, slots=True)
class Listed:
    """The pairs that are to be decided, and those that were."""

    pairs: "tuple[DuplicatePair, ...]"
    dismissed: "tuple[DuplicatePair, ...]"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a merge would do, and the states of tickets by which its open jobs are shown."""

    preview: "MergePreview"
    states: "StateMap"


class MergePresenter(Presenter):
    """Between the merge screen and the desks."""

    topic = "merging"

    def listed(self, done: "Done[Listed]", failed: Failed) -> None:
        """Both lists."""
        self.read(
            lambda shop, actor: Listed(shop.duplicates.pairs(actor), shop.duplicates.dismissed(actor)),
            done,
            failed,
            topic="list",
        )

    def preview(self, survivor_id: int, loser_id: int, done: "Done[Seen]", failed: Failed) -> None:
        """What a merge of two would do."""
        self.read(
            lambda shop, actor: Seen(
                shop.merging.preview(actor, survivor_id, loser_id), shop.ticket_states.map(actor)
            ),
            done,
            failed,
            topic="preview",
        )

    def merge(self, command: "Merge", done: "Done[Merged]", failed: Failed) -> None:
        """Let two be one."""
        self.do(lambda shop, actor: shop.merging.merge(actor, command), done, failed)

    def unmerge(self, merge_id: int, done: "Done[Unmerged]", failed: Failed) -> None:
        """And two again."""
        self.do(lambda shop, actor: shop.merging.unmerge(actor, merge_id), done, failed)

    def dismiss(self, a_id: int, b_id: int, done: "Done[None]" = ignore, failed: Failed = ignore) -> None:
        """They are two people."""
        self.do(lambda shop, actor: shop.duplicates.dismiss(actor, a_id, b_id), done, failed)

    def take_back(self, a_id: int, b_id: int, done: "Done[None]" = ignore, failed: Failed = ignore) -> None:
        """They may be one after all."""
        self.do(lambda shop, actor: shop.duplicates.take_back(actor, a_id, b_id), done, failed)

    def give_pass(self, done: "Done[str]", failed: Failed) -> None:
        """Prove to a command who works here; "" while nobody signs in."""
        if self.session.actor.user_id is None:
            done("")
        else:
            self.do(lambda shop, actor: shop.sign_in.give_pass(actor), done, failed)

    # -- choosing the other one ------------------------------------------------------------------------
    def search(self, text: str, done: "Done[Answer | None]", failed: Failed) -> None:
        """Who is meant by what is typed."""
        self.read(
            lambda shop, actor: shop.search.answer(actor, text) if text.strip() else None,
            done,
            failed,
            topic="search",
            lane=self.session.lanes.search,
        )

    def card(self, customer_id: int, done: "Done[CustomerCard]", failed: Failed) -> None:
        """A customer."""
        self.read(lambda shop, actor: shop.customers.card(actor, customer_id), done, failed, topic="card")

    def resolve(self, text: str, done: "Done[CustomerCard]", failed: Failed) -> None:
        """Whom a scanned code means."""
        self.read(lambda shop, actor: shop.customers.resolve(actor, text), done, failed, topic="card")


Choices = Mapping["MergeField", "Side"]

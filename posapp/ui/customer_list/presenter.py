"""What the list of customers asks of the desks. It is plain Python."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from posapp.domain.figures.customer_list import Wanted
from posapp.ui.presenter import Done, Failed, Presenter, ignore

if TYPE_CHECKING:
    from collections.abc import Callable

    from posapp.domain.figures.customer_list import CustomerFigures, Listed, Reach
    from posapp.ui.customer_list.model import Place


class CustomerListPresenter(Presenter):
    """Between the page and the desks; `wanted` is what the list shows."""

    topic = "customers"
    wanted = Wanted()

    def page(
        self, after: "Place | None", from_end: bool, rows: int, done: "Done[Listed]", failed: Failed
    ) -> None:
        """The customers behind a place; seen from the end of the list they come in the opposite order."""
        asked = self.wanted
        if from_end:
            asked = replace(asked, is_descending=not asked.is_descending)
        self.read(
            lambda shop, actor: shop.customer_list.page(actor, asked, after, rows), done, failed, topic="page"
        )

    def figures(self, done: "Done[CustomerFigures]") -> None:
        """What all of them come to."""
        figures = self.session.lanes.figures
        self.read(
            lambda shop, actor: shop.customer_list.figures(actor), done, ignore, topic="figures", lane=figures
        )

    def keys(self, done: "Done[tuple[int, ...]]", failed: Failed) -> None:
        """The keys of everybody who is listed."""
        asked, figures = self.wanted, self.session.lanes.figures
        self.read(
            lambda shop, actor: shop.customer_list.keys(actor, asked),
            done,
            failed,
            topic="keys",
            lane=figures,
        )

    def save(
        self,
        keys: Sequence[int] | None,
        path: Path,
        *,
        replace: bool = False,
        is_agreed: bool = False,
        goes_on: "Callable[[], bool]",
        done: "Done[int]",
        failed: Failed,
    ) -> None:
        """Write these customers, or everybody who is listed, to a file, as long as it `goes_on`.

        `is_agreed`: only those whom a message may go to.
        """
        asked = self._asked(keys, is_agreed=is_agreed)
        self.do(
            lambda shop, actor: shop.customer_list.save(
                actor, asked, path, keys=keys, replace=replace, goes_on=goes_on
            ),
            done,
            failed,
            lane=self.session.lanes.figures,
        )

    def reach(self, keys: Sequence[int] | None, done: "Done[Reach]", failed: Failed) -> None:
        """Whom a message to these customers, or to everybody who is listed, may go to."""
        asked = self._asked(keys)
        self.do(
            lambda shop, actor: shop.customer_list.reach(actor, asked, keys=keys),
            done,
            failed,
            lane=self.session.lanes.figures,
        )

    def _asked(self, keys: Sequence[int] | None, *, is_agreed: bool = False) -> Wanted:
        order = self.wanted
        if keys is None:
            return replace(order, is_agreed=is_agreed)
        return Wanted(sort=order.sort, is_descending=order.is_descending, is_agreed=is_agreed)

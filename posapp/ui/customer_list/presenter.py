"""What the list of customers asks of the desks. It is plain Python."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from posapp.domain.figures.customer_list import Wanted
from posapp.ui.presenter import Done, Failed, Presenter, ignore

if TYPE_CHECKING:
    from posapp.domain.figures.customer_list import CustomerFigures, Listed
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
        done: "Done[int]",
        failed: Failed,
    ) -> None:
        """Write these customers, or everybody who is listed, to a file."""
        order = self.wanted
        asked = order if keys is None else Wanted(sort=order.sort, is_descending=order.is_descending)
        self.do(
            lambda shop, actor: shop.customer_list.save(actor, asked, path, keys=keys, replace=replace),
            done,
            failed,
            lane=self.session.lanes.figures,
        )

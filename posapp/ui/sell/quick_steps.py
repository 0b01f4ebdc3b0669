"""The quick items of the shop: rung up by a press, or by Ctrl with a digit."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from posapp.ui.actions import Action, hint
from posapp.ui.sell.presenter import SellPresenter
from posapp.ui.sell.sale_view import SaleView
from posapp.ui.wording import translator

if TYPE_CHECKING:
    from posapp.domain.catalogue.items import Item

_WITH_KEY = 10
_tr = translator("Sell")


class QuickSteps(QObject):
    """The first ten have a key each."""

    def __init__(self, view: SaleView, presenter: SellPresenter, enter: Callable[[str], object]) -> None:
        super().__init__(view)
        self._view, self._presenter = view, presenter
        view.quick.chosen.connect(enter)

    def read(self) -> None:
        """As the shop has chosen them now."""
        self._presenter.quick(self._show)

    def _show(self, items: "list[Item]") -> None:
        self._view.quick.show_items(items)
        self._view.order_tabs()


def quick_actions(press: Callable[[int], object], when: Callable[[], bool]) -> tuple[Action, ...]:
    """Ctrl+1 to Ctrl+0."""
    return (
        hint("Ctrl+1…0", _tr("Quick items"), when),
        *(_action(one, press, when) for one in range(_WITH_KEY)),
    )


def _action(place: int, press: Callable[[int], object], when: Callable[[], bool]) -> Action:
    key, words = f"Ctrl+{(place + 1) % 10}", _tr("Quick item {n}").format(n=place + 1)
    return Action(f"sell_quick_{place}", words, key, partial(press, place), when=when, in_bar=False)

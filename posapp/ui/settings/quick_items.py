"""Quick items: the few that are sold with one key, in the order of the keys."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from posapp.domain.catalogue.items import Item
from posapp.ui.actions import Action, hint
from posapp.ui.layout import columns, put, wide
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.settings.section import Section
from posapp.ui.tables import Column
from posapp.ui.tables.edit_table import EditTable
from posapp.ui.widgets.labels import line, remark
from posapp.ui.window.shell import Shell
from posapp.ui.wording import translator

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.services.desks import Shop

_tr = translator("Settings")


class QuickItemsSection(Section):
    """Their order; which items they are is said in the list of items."""

    def __init__(self, presenter: SettingsPresenter, shell: Shell) -> None:
        super().__init__(_tr("Quick items"), presenter, shell)
        shown = (
            Column(_tr("Item"), lambda row: row.name),
            Column(_tr("SKU"), lambda row: row.sku),
            Column(_tr("Price"), lambda row: presenter.wording.price(row.price_minor), is_figure=True),
            Column(_tr("Key"), lambda row: str(row.quick_position), is_figure=True),
        )
        self.table = self.first = EditTable(_tr("Quick items"), shown)
        self.table.moved.connect(self._move)
        self.table.removed.connect(self._take_off)
        words = _tr(
            "Up to twelve items that are sold with one key. Quick item in the list of items adds one."
        )
        put(self.body, columns(wide(remark(words)), pad=(16, 10)), line(), wide(self.table))

    def refresh(self) -> None:
        """Show them in their order."""
        self.table.show_rows(self._items)

    def own_actions(self) -> Sequence[Action]:
        """Order, and take off."""
        return (hint("Alt+↑↓", _tr("Order")), hint("Del", _tr("Take off")))

    @property
    def _items(self) -> Sequence[Item]:
        return self.presenter.known.quick_items

    def _move(self, step: int) -> None:
        record, keys = self.table.chosen(), [one.id for one in self._items]
        if record is None or not 0 <= keys.index(record.id) + step < len(keys):
            return
        place = keys.index(record.id) + step
        after = [key for key in keys if key != record.id]
        after.insert(place, record.id)
        self._put(after, _tr("{name} moved").format(name=record.name))

    def _take_off(self) -> None:
        record = self.table.chosen()
        if record is not None:
            after = [one.id for one in self._items if one.id != record.id]
            self._put(after, _tr("{name} is no quick item any more").format(name=record.name))

    def _put(self, after: list[int], said: str) -> None:
        def now(shop: "Shop", actor: "Actor") -> object:
            return [one.id for one in shop.items.quick(actor)]

        self.presenter.exchange(
            lambda shop, actor, keys: shop.items.set_quick(actor, keys),
            [one.id for one in self._items],
            after,
            said,
            self.presenter.say_failure,
            now=now,
        )

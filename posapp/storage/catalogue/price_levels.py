"""The price levels of a shop."""

from typing import Any, TypedDict, Unpack

from sqlalchemy import Row, and_, select

from posapp.domain.catalogue.price_levels import PriceLevel
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import changed_now, made_now, stamps_of
from posapp.storage.catalogue.tables import price_level


class PriceLevelColumns(TypedDict):
    """What the shop says of a price level."""

    name: str
    percent_off: int


class PriceLevels(Repository):
    """The price levels of one business: a few, so they are read together."""

    def all(self, *, with_archived: bool = False) -> list[PriceLevel]:
        """The price levels by name."""
        own = select(price_level).where(price_level.c.business_id == self._business)
        wanted = own.order_by(price_level.c.name, price_level.c.id)
        if not with_archived:
            wanted = wanted.where(price_level.c.archived_at.is_(None))
        return [_level(row) for row in self._connection.execute(wanted)]

    def get(self, key: int) -> PriceLevel | None:
        """One price level."""
        here = and_(price_level.c.business_id == self._business, price_level.c.id == key)
        row = self._connection.execute(select(price_level).where(here)).first()
        return _level(row) if row else None

    def hold(self) -> None:
        """Keep other tills from changing price levels until this transaction ends; read them afterwards."""
        here = price_level.c.business_id == self._business
        self._connection.execute(select(price_level.c.id).where(here).with_for_update(key_share=True))

    def add(self, **values: Unpack[PriceLevelColumns]) -> int:
        """Insert a price level and return its key."""
        return self._add(price_level, {**values, **made_now(self._at, self._by)})

    def update(self, key: int, *, is_archived: bool, **values: Unpack[PriceLevelColumns]) -> None:
        """Let a price level be so from now on."""
        archived = {"archived_at": self._at if is_archived else None}
        self._change(price_level, key, {**values, **archived, **changed_now(price_level, self._at, self._by)})


def _level(row: Row[Any]) -> PriceLevel:
    return PriceLevel(row.id, row.name, row.percent_off, row.archived_at is not None, stamps_of(row))

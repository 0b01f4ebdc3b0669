"""The taxes of a shop with all their rates."""

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import Row, and_, select

from posapp.domain.base.clock import day_number, day_of
from posapp.domain.catalogue.taxes import ShopTax, TaxPart, TaxRate
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import changed_now, made_now, stamps_of
from posapp.storage.catalogue.tables import tax, tax_part, tax_rate

FIRST_TAX, ALWAYS = "No tax", 19700101


class Taxes(Repository):
    """The taxes of one business: a few, so they are read together."""

    def all(self, *, with_archived: bool = False) -> list[ShopTax]:
        """The taxes with their rates and parts, the default one first, then by name."""
        key = (Taxes, self._business, with_archived)
        return list(self._connection.settled_as(key, lambda: self._all(with_archived=with_archived)))

    def _all(self, *, with_archived: bool) -> list[ShopTax]:
        own = select(tax).where(tax.c.business_id == self._business)
        wanted = own.order_by(tax.c.is_default.desc(), tax.c.name, tax.c.id)
        if not with_archived:
            wanted = wanted.where(tax.c.archived_at.is_(None))
        rates = self._rates()
        return [_tax(row, rates[row.id]) for row in self._connection.execute(wanted)]

    def _rates(self) -> dict[int, list[TaxRate]]:
        parts: dict[int, list[TaxPart]] = defaultdict(list)
        own = select(tax_part).where(tax_part.c.business_id == self._business).order_by(tax_part.c.id)
        for row in self._connection.execute(own):
            parts[row.rate_id].append(TaxPart(row.name, row.rate))
        found: dict[int, list[TaxRate]] = defaultdict(list)
        wanted = (
            select(tax_rate)
            .where(tax_rate.c.business_id == self._business)
            .order_by(tax_rate.c.starts_on.desc(), tax_rate.c.id.desc())
        )
        for row in self._connection.execute(wanted):
            found[row.tax_id].append(TaxRate(row.id, day_of(row.starts_on), row.rate, tuple(parts[row.id])))
        return found

    def hold(self) -> None:
        """Keep other tills from changing taxes until this transaction ends; read them afterwards."""
        self._connection.execute(
            select(tax.c.id).where(tax.c.business_id == self._business).with_for_update(key_share=True)
        )

    def add(self, name: str) -> int:
        """Insert a tax that has no rate yet and return its key."""
        return self._add(tax, {"name": name, **made_now(self._at, self._by)})

    def add_rate(self, tax_id: int, starts: date, rate: int, parts: tuple[TaxPart, ...]) -> int:
        """Let a tax be so much from a day on; returns the key of the rate."""
        stamp = {"created_at": self._at, "created_by": self._by}
        values = {"tax_id": tax_id, "starts_on": day_number(starts), "rate": rate, **stamp}
        key = self._add(tax_rate, values)
        for part in parts:
            self._add(tax_part, {"rate_id": key, "name": part.name, "rate": part.rate})
        return key

    def set_default(self, tax_id: int) -> None:
        """Let items that name no tax bear this one."""
        now = changed_now(tax, self._at, self._by)
        self._change(tax, and_(tax.c.is_default, tax.c.id != tax_id), {"is_default": False, **now})
        self._change(tax, tax_id, {"is_default": True, **now})

    def set_archived(self, tax_id: int, *, is_archived: bool) -> None:
        """Offer a tax no longer, or again."""
        archived = {"archived_at": self._at if is_archived else None}
        self._change(tax, tax_id, {**archived, **changed_now(tax, self._at, self._by)})


def _tax(row: Row[Any], rates: list[TaxRate]) -> ShopTax:
    return ShopTax(
        row.id, row.name, bool(row.is_default), row.archived_at is not None, tuple(rates), stamps_of(row)
    )

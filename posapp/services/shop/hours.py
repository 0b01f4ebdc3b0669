"""The desk of the hours: the usual week of the shop and of everybody in it, and days that are special."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.shop.businesses import ExceptionRow, WeekRow
from posapp.services.shop.businesses import require_resource
from posapp.services.shop.settings_checks import checked_day, checked_week

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store


class HoursDesk:
    """Says when bookings fit."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def set_week(self, actor: Actor, resource_id: int | None, rows: Sequence[WeekRow]) -> None:
        """Replace the hours and breaks of the shop (None) or of one person or bench (no rows: the shop's)."""
        actor.require(Permission.SHOP_WRITE)
        with self._store.work(actor) as uow:
            if resource_id is not None:
                require_resource(uow, resource_id)
            week = uow.hours.week()
            shop = [row for row in week if row.resource_id is None] if resource_id is not None else []
            rows = checked_week(rows, shop)
            before = [row for row in week if row.resource_id == resource_id]
            uow.hours.set_week(resource_id, rows)
            was, is_now = ({"week": [_row_text(row) for row in week]} for week in (before, rows))
            uow.journal.add(Action.HOURS_CHANGED, *_about(actor, resource_id), before=was, after=is_now)
            uow.commit()

    def exceptions(self, actor: Actor, first: date, last: date) -> list[ExceptionRow]:
        """Closed days and days with other hours, both ends included."""
        actor.require(Permission.SHOP_READ)
        with self._store.look(actor) as uow:
            return uow.hours.exceptions(first, last)

    def set_exceptions(
        self, actor: Actor, resource_id: int | None, day: date, rows: Sequence[ExceptionRow]
    ) -> None:
        """Say what is special about one day; no rows: the usual hours again."""
        actor.require(Permission.SHOP_WRITE)
        rows = checked_day(rows)
        with self._store.work(actor) as uow:
            if resource_id is not None:
                require_resource(uow, resource_id)
            before = [row for row in uow.hours.exceptions(day, day) if row.resource_id == resource_id]
            uow.hours.set_exceptions(resource_id, day, rows)
            was, is_now = _day_text(day, before), _day_text(day, rows)
            uow.journal.add(Action.DAY_CHANGED, *_about(actor, resource_id), before=was, after=is_now)
            uow.commit()


def _about(actor: Actor, resource_id: int | None) -> tuple[str, int]:
    """Whose hours: those of the shop, or of one person or bench."""
    return ("business", actor.business) if resource_id is None else ("resource", resource_id)


def _row_text(row: WeekRow) -> str:
    return f"{row.kind} {row.weekday} {row.starts}-{row.ends} {row.label}".strip()


def _day_text(day: date, rows: Sequence[ExceptionRow]) -> dict[str, object]:
    return {"day": day.isoformat(), "hours": [[row.opens, row.closes, row.reason] for row in rows]}

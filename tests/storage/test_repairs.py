"""Boards, lists and promises read what is in the shop through its own index, never the whole past."""

from collections.abc import Callable

import pytest
from sqlalchemy import event

from posapp.domain.base.actor import Actor
from posapp.services.desks import Shop
from posapp.services.repairs.tickets import CardFilter
from tests.repairs import a_ticket, moved

QUESTIONS: dict[str, Callable[[Shop, Actor], object]] = {
    "the board": lambda shop, actor: shop.tickets.board(actor),
    "a list": lambda shop, actor: shop.tickets.cards(actor, CardFilter(words="cracked")),
    "a list of one state": lambda shop, actor: shop.tickets.cards(actor, CardFilter(states=("ready",))),
    "a promise": lambda shop, actor: shop.tickets.promise(actor),
    "what nobody collects": lambda shop, actor: shop.uncollected.list(actor, from_days=0),
    "a device's story": lambda shop, actor: shop.devices.look(actor, "SN1"),
    "models": lambda shop, actor: shop.devices.models(actor, "sam"),
    "a ticket": lambda shop, actor: shop.tickets.get(actor, "T1"),
    "a customer at the counter": lambda shop, actor: shop.counter.at_counter(actor, 1),
}


@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS.keys())
def test_no_question_at_the_counter_reads_every_job(
    sqlite_shop: Shop, ask: Callable[[Shop, Actor], object]
) -> None:
    actor = sqlite_shop.actor("Till 1")
    a_ticket(sqlite_shop, actor)
    moved(sqlite_shop, actor, "T1", "ready")
    asked: list[tuple[str, object]] = []

    @event.listens_for(sqlite_shop.store.database.engine, "before_cursor_execute")
    def _note(_connection: object, _cursor: object, sql: str, values: object, *_more: object) -> None:
        asked.append((sql, values))

    ask(sqlite_shop, actor)
    with sqlite_shop.store.look(actor) as uow:
        driver = uow.connection.connection.driver_connection
        assert driver is not None
        for sql, values in [one for one in asked if one[0].startswith("SELECT")]:
            for row in driver.execute(f"EXPLAIN QUERY PLAN {sql}", values):
                assert (
                    not row[3].startswith(("SCAN job", "SCAN ticket", "SCAN device")) or "ticket_" in row[3]
                ), sql

"""Several tills at one moment, each a program of its own that works on one database.

A till is forked from a server that has loaded the program already, so that a test of eight tills costs eight
forks and not eight starts of Python. The server ends with the process that asked for it.
"""

import multiprocessing
from collections.abc import Callable, Sequence
from typing import Any

from posapp.bootstrap import open_shop
from posapp.domain.actor import Actor
from posapp.domain.clock import Clock
from posapp.services.shop import Shop

Act = Callable[[Shop, Actor], Any]
LOADED = [
    "posapp.storage.unit_of_work",
    "posapp.storage.verify",
    "posapp.services.tickets",
    "posapp.services.walk_ins",
    "sqlalchemy.dialects.sqlite.pysqlite",
    "sqlalchemy.dialects.postgresql.psycopg",
    "phonenumbers",
    "babel.dates",
    "tests.factories",
    "tests.repairs",
]
"""What every till needs; the modules of the desks are loaded by these."""


def at_once(
    place: str, acts: Sequence[Act], *, clock: Clock | None = None, seconds: float = 100
) -> list[Any]:
    """Let each act be done by a till of its own, all begun together; what each gave back, in their order."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(LOADED)
    start, said = context.Barrier(len(acts)), context.Queue()
    tills = [
        context.Process(target=_till, args=(place, number, act, clock, start, said))
        for number, act in enumerate(acts)
    ]
    for till in tills:
        till.start()
    answers = dict(said.get(timeout=seconds) for _ in tills)
    for till in tills:
        till.join()
        assert till.exitcode == 0
    return [answers[number] for number in range(len(acts))]


def _till(place: str, number: int, act: Act, clock: Clock | None, start: Any, said: Any) -> None:
    shop = open_shop(place, clock=clock)
    try:
        actor = shop.actor(f"Till {number}")
        start.wait()
        said.put((number, act(shop, actor)))
    finally:
        shop.close()

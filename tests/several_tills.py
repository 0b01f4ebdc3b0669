"""Several tills at one moment, each a program of its own that works on one database.

A till is forked from a server that has loaded the program already, so that a test of eight tills costs eight
forks and not eight starts of Python. The server ends with the process that asked for it.
"""

import multiprocessing
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from posapp.bootstrap import open_shop
from posapp.domain.base.actor import Actor
from posapp.domain.base.clock import Clock
from posapp.services.desks import Shop

Act = Callable[[Shop, Actor], Any]
LOADED = [
    "posapp.storage.unit_of_work",
    "posapp.storage.care.verify",
    "posapp.services.repairs.tickets",
    "posapp.services.bookings.walk_ins",
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
    return _run([partial(_till, place, number, act, clock) for number, act in enumerate(acts)], seconds)


def programs_at_once(acts: Sequence[Callable[[], Any]], *, seconds: float = 100) -> list[Any]:
    """The same for programs that open nothing before they begin; an act names its own folders."""
    return _run([partial(_program, act) for act in acts], seconds)


def _run(programs: Sequence[Callable[..., Any]], seconds: float) -> list[Any]:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(LOADED)
    start, said = context.Barrier(len(programs)), context.Queue()
    tills = [
        context.Process(target=_answer, args=(number, program, start, said))
        for number, program in enumerate(programs)
    ]
    for till in tills:
        till.start()
    answers = dict(said.get(timeout=seconds) for _ in tills)
    for till in tills:
        till.join()
        assert till.exitcode == 0
    return [answers[number] for number in range(len(programs))]


def _answer(number: int, program: Callable[[Any], Any], start: Any, said: Any) -> None:
    said.put((number, program(start)))


def _program(act: Callable[[], Any], start: Any) -> Any:
    start.wait()
    return act()


def _till(place: str, number: int, act: Act, clock: Clock | None, start: Any) -> Any:
    shop = open_shop(place, clock=clock)
    try:
        actor = Actor(shop.chosen_business().id, f"Till {number}")
        start.wait()
        return act(shop, actor)
    finally:
        shop.close()

"""A long read ends when it is told so from another thread, and the connection goes on working."""

from threading import Event, Thread

import pytest
from sqlalchemy import text

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import EnvironmentFault
from posapp.services.desks import Shop
from posapp.storage.base.stopping import Stopping

ENDLESS = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT (n + 1) % 1000 FROM c) SELECT count(*) FROM c"


def test_a_read_that_nobody_waits_for_ends(shop: Shop, actor: Actor) -> None:
    stopping, ended = Stopping(), Event()

    def stop_until_it_ends() -> None:
        while not ended.wait(0.02):
            stopping.stop()

    other = Thread(target=stop_until_it_ends)
    other.start()
    try:
        with (
            pytest.raises(EnvironmentFault) as refused,
            shop.store.look(actor) as uow,
            stopping.over(uow.connection),
        ):
            uow.connection.execute(text(ENDLESS))
    finally:
        ended.set()
        other.join()
    assert refused.value.code == "interrupted"
    stopping.stop()
    with shop.store.look(actor) as uow, stopping.over(uow.connection):
        assert uow.connection.execute(text("SELECT 1")).scalar_one() == 1

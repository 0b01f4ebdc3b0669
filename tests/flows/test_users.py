"""A shop of the version before, brought up: as before until it gets its first ADMIN, asking from then on."""

import shutil
from functools import partial
from pathlib import Path

import pytest

from posapp.bootstrap import open_shop
from posapp.domain.base.clock import FixedClock
from posapp.domain.base.errors import DomainError
from posapp.domain.people.users import Role
from posapp.ui.start.options import WindowOptions
from posapp.ui.start.program import Program
from tests.factories import NOW, TILL
from tests.fixtures import sqlite_schema
from tests.flows.clerk import Clerk, closed_after, start_program, till_settings, until
from tests.old_shops import lay_down

__all__ = ["sqlite_schema"]
SHOP, PIN = "Harbour Lane Repairs", "482915"


@pytest.fixture
def old_place(tmp_path: Path) -> Path:
    """A shop of the last schema without users."""
    place = tmp_path / "old.db"
    lay_down(str(place), "0015")
    return place


@pytest.fixture
def clerk(qtbot, qapp, look, old_place):
    """The window on it."""
    till_settings()
    clerks = [start_program(qapp, old_place, business=SHOP)]
    qtbot.addWidget(clerks[0].window)
    with closed_after(clerks):
        yield clerks[0]
    look.apply(qapp)


def test_an_upgraded_shop_works_as_before_until_it_gets_its_first_admin(clerk, old_place):
    assert clerk.actor.permissions is None
    clerk.type("marta")
    clerk.press("Return")
    assert clerk.window.counter.name == "Marta Kowalczyk"
    clerk.press("F8")
    clerk.on("settings")
    clerk.window.show_page("settings", "users")
    clerk.press("alt+N")
    clerk.fill(Name="Grace Adeyemi")
    clerk.tab_to("PIN, 6 digits")
    clerk.type(PIN)
    clerk.press("Return")
    clerk.type(PIN)
    clerk.press("ctrl+Return")
    behind = open_shop(old_place, clock=FixedClock(NOW))
    until(behind.sign_in.has_users, "the first user was never made")
    with pytest.raises(DomainError) as refused:
        behind.actor(TILL, SHOP)
    assert refused.value.code == "sign_in_needed"
    business = behind.chosen_business(SHOP).id
    [tile] = behind.sign_in.tiles(business)
    enter = partial(behind.sign_in.by_secret, "Till 2", business, tile.user_id)
    assert enter(PIN).user.role is Role.ADMIN
    behind.close()


def test_the_first_start_makes_the_admin_who_then_signs_in(qtbot, qapp, look, sqlite_schema, tmp_path):
    till_settings()
    place = shutil.copyfile(sqlite_schema, tmp_path / "new.db")
    opener = partial(open_shop, clock=FixedClock(NOW))
    program = Program(qapp, WindowOptions(database=str(place)), opener, lambda _place: None)
    clerk = Clerk(program)
    qtbot.addWidget(program.window)
    with closed_after([clerk]):
        program.window.resize(1366, 768)
        program.run()
        clerk.to_front()
        clerk.on("setup")
        clerk.type("Quay Street Repairs")
        clerk.press("ctrl+Return", "ctrl+Return")
        clerk.type("Grace Adeyemi")
        clerk.tab_to("PIN, 6 digits")
        clerk.type(PIN)
        clerk.press("Return")
        clerk.type(PIN)
        clerk.press("ctrl+Return", "ctrl+Return")
        until(lambda: program.window.locking.is_covered, "nobody was asked who it is")
        clerk.quiet()
        clerk.type(PIN)
        clerk.on("desk")
        assert clerk.actor.user == "Grace Adeyemi"
        clerk.quiet()
    look.apply(qapp)

"""The database goes away and comes back under an open window: a server's restart, a pulled stick."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import create_engine, text

from posapp.bootstrap import open_shop
from posapp.domain.base.clock import FixedClock
from posapp.services.shop.businesses import EditBusiness
from posapp.ui.front_desk.page import FrontDeskPage
from posapp.ui.start.options import WindowOptions
from posapp.ui.start.program import Program
from posapp.ui.start.trouble import TroublePage
from posapp.ui.theme import Theme
from tests.factories import a_customer, a_shop
from tests.own_server import OwnServer


@pytest.fixture
def programs(look: Theme, qapp: QApplication) -> Iterator[list[Program]]:
    made: list[Program] = []
    yield made
    for program in made:
        program.window.close()
    look.apply(qapp)


def started(programs: list[Program], qapp: QApplication, qtbot: QtBot, place: str) -> Program:
    program = Program(qapp, WindowOptions(database=place), open_shop, lambda _place: None)
    programs.append(program)
    qtbot.addWidget(program.window)
    program.run()
    qtbot.waitUntil(lambda: program.session is not None, timeout=10_000)
    return program


def matches(program: Program) -> list[str]:
    desk = program.window.current_page
    assert isinstance(desk, FrontDeskPage)
    return [row.hit.name for row in desk.finder.matches.rows.rows()]


def away_and_back(
    program: Program, qtbot: QtBot, away: Callable[[], object], back: Callable[[], object]
) -> str:
    """What the window said meanwhile; before and after it finds Marta."""
    window, desk = program.window, program.window.current_page
    assert isinstance(desk, FrontDeskPage)
    qtbot.keyClicks(desk.finder.search, "mart")
    qtbot.waitUntil(lambda: matches(program) == ["Marta"], timeout=5_000)
    away()
    qtbot.waitUntil(lambda: window.is_read_only, timeout=10_000)
    assert window.top_bar.till.tone == "danger"
    assert window.top_bar.till.accessibleName().endswith(", no connection")
    assert not window._notice.isHidden()
    said = window._notice.text()
    back()
    qtbot.waitUntil(lambda: not window.is_read_only, timeout=10_000)
    assert window.top_bar.till.tone == "success"
    assert window._notice.isHidden()
    qtbot.waitUntil(lambda: matches(program) == ["Marta"], timeout=5_000)
    assert desk.finder.notice.text() == ""
    assert window.notices.messages()[0].text == "The shop's data answers again"
    return said


@pytest.mark.postgres
def test_a_server_that_stops_makes_the_window_show_only_and_its_return_mends_everything(
    own_server: OwnServer, programs: list[Program], qapp: QApplication, qtbot: QtBot
) -> None:
    admin = create_engine(own_server.url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE window_shop"))
    admin.dispose()
    place = own_server.address(database="window_shop")
    shop = a_shop(place)
    a_customer(shop, shop.actor("Till 1"), "Marta")
    shop.close()
    program = started(programs, qapp, qtbot, place)
    desk = program.window.current_page
    assert isinstance(desk, FrontDeskPage)

    def away() -> None:
        own_server.stop()
        qtbot.keyClicks(desk.finder.search, "a")
        qtbot.waitUntil(lambda: desk.finder.notice.text() != "", timeout=5_000)
        assert matches(program) == []

    said = away_and_back(program, qtbot, away, own_server.start)
    assert said == (
        "The server with the shop's data does not answer. See that it runs, and check the network and its "
        "address. What you type is kept; work goes on by itself."
    )


def test_a_shop_whose_server_is_away_can_be_tried_again_and_offers_no_backup(
    programs: list[Program], qapp: QApplication, qtbot: QtBot
) -> None:
    program = Program(qapp, WindowOptions(database="postgresql://ann@127.0.0.1:1/shop"), open_shop, print)
    programs.append(program)
    qtbot.addWidget(program.window)
    program.run()
    qtbot.waitUntil(lambda: program.has_failed, timeout=10_000)
    page = program.window.current_page
    assert isinstance(page, TroublePage)
    assert [one.text() for one in page.findChildren(QPushButton)] == ["Try again", "Open another file"]
    said = [one.text() for one in page.findChildren(QLabel)]
    assert any(words.startswith("The server with the shop's data does not answer.") for words in said)


def test_a_file_that_is_taken_away_is_noticed_and_welcomed_back(
    sqlite_place: str, programs: list[Program], qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    shop = open_shop(sqlite_place)
    a_customer(shop, shop.actor("Till 1"), "Marta")
    shop.close()
    program = started(programs, qapp, qtbot, sqlite_place)
    aside = str(tmp_path / "aside.db")
    said = away_and_back(
        program,
        qtbot,
        lambda: shutil.move(sqlite_place, aside),
        lambda: shutil.move(aside, sqlite_place),
    )
    assert "was moved or deleted while it was open" in said


def test_the_top_bar_shows_the_clock_of_the_shop_and_the_day_turns_over_in_every_heading(
    programs: list[Program], qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    place = str(tmp_path / "shop.db")
    a_shop(place, time_zone="Asia/Tokyo", locale="en-US").close()
    clock = FixedClock(datetime(2026, 3, 16, 14, 59, 30, tzinfo=UTC))  # in Tokyo 23:59
    opened = partial(open_shop, clock=clock)
    program = Program(qapp, WindowOptions(database=place), opened, lambda _place: None)
    programs.append(program)
    qtbot.addWidget(program.window)
    program.run()
    bar = program.window.top_bar
    qtbot.waitUntil(lambda: bar.clock.text() == "11:59 pm", timeout=10_000)
    qtbot.waitUntil(lambda: "16" in bar.subtitle.text(), timeout=5_000)
    heard: list[str] = []
    assert program.session is not None
    program.session.feed.changed.connect(lambda changes: heard.extend(one.subject for one in changes))
    clock.advance(timedelta(minutes=1))
    qtbot.waitUntil(lambda: bar.clock.text() == "12:00 am", timeout=5_000)
    assert "17" in bar.subtitle.text()
    qtbot.waitUntil(lambda: {"booking", "ticket", "catalogue"} <= set(heard), timeout=5_000)


def test_the_day_that_sales_count_for_turns_over_where_it_begins_later(
    programs: list[Program], qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    place = str(tmp_path / "shop.db")
    shop = a_shop(place, time_zone="Asia/Tokyo", locale="en-US")
    shop.businesses.edit(shop.actor("Till 1"), EditBusiness(cutover_minutes=180))
    shop.close()
    clock = FixedClock(datetime(2026, 3, 16, 17, 59, 30, tzinfo=UTC))  # in Tokyo 02:59
    program = Program(
        qapp, WindowOptions(database=place), partial(open_shop, clock=clock), lambda _place: None
    )
    programs.append(program)
    qtbot.addWidget(program.window)
    program.run()
    bar = program.window.top_bar
    qtbot.waitUntil(lambda: bar.clock.text() == "2:59 am", timeout=10_000)
    assert program.session is not None
    heard: list[str] = []
    program.session.feed.changed.connect(lambda changes: heard.extend(one.subject for one in changes))
    clock.advance(timedelta(minutes=1))
    qtbot.waitUntil(lambda: {"order", "payment", "shift"} <= set(heard), timeout=5_000)

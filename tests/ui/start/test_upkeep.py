"""What is promised daily or after some days, kept by the window: at its start and as the day turns."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from posapp import paths
from posapp.bootstrap import open_shop
from posapp.domain.base.clock import FixedClock
from posapp.domain.base.errors import EnvironmentFault
from posapp.services.base.drafts import Drafts
from posapp.services.care.upkeep import Due
from posapp.till_settings import TillSettings
from posapp.ui.change_feed import ChangeFeed
from posapp.ui.session import Session
from posapp.ui.start.upkeep import Upkeep
from posapp.ui.window.main_window import MainWindow
from tests.factories import NOW, the_clock
from tests.repairs import a_device, a_ticket, handed_back, moved


@pytest.fixture
def session(sqlite_place: str, window: MainWindow, tmp_path: Path) -> Iterator[Session]:
    shop = open_shop(sqlite_place, clock=FixedClock(NOW))
    actor = shop.actor("Till 1")
    yield Session(
        shop=shop,
        actor=actor,
        till=TillSettings(name="Till 1"),
        drafts=Drafts(tmp_path / "drafts", "shop-1"),
        catalogue=shop.businesses.catalogue(actor),
        lanes=window.lanes,
        feed=ChangeFeed(window),
        save_till=lambda _till: None,
    )
    assert window.close()
    shop.close()


def _said(window: MainWindow) -> list[str]:
    return [one.text for one in window.notices.messages()]


def test_what_is_due_at_the_start_is_done_beside_the_work(
    session: Session, window: MainWindow, qtbot: QtBot
) -> None:
    shop, actor = session.shop, session.actor
    number = a_ticket(shop, actor, a_device(passcode="1234")).number
    moved(shop, actor, number, "ready")
    handed_back(shop, actor, number)
    with shop.store.work(actor) as uow:
        uow.connection.execute(text("UPDATE job SET passcode_wipe_at = 1"))
        uow.commit()
    upkeep = Upkeep(window, session, first_ms=1)
    with qtbot.waitSignal(upkeep.child.finished, timeout=30_000) as ended:
        pass
    assert ended.args == [True, "1 passcode wiped, 1 backup made"]
    assert not shop.tickets.get(actor, number).jobs[0].has_passcode
    [made] = paths.backup_dir().glob("*.db")
    with closing(sqlite3.connect(made)) as copy:
        assert copy.execute("SELECT passcode FROM job").fetchall() == [(None,)]
    assert _said(window)[0] == "Daily work: 1 passcode wiped, 1 backup made"


@pytest.fixture
def asked(session: Session, monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """When the desk was asked what is due; nothing ever is."""
    moments: list[datetime] = []

    def due(_actor: object) -> Due:
        moments.append(session.shop.store.clock.now())
        return Due(has_records=False, has_backup=False, reminders=0)

    monkeypatch.setattr(session.shop.upkeep, "due", due)
    return moments


@pytest.fixture
def tick(session: Session, window: MainWindow, qtbot: QtBot) -> Callable[[datetime], None]:
    """Let the minute's timer fire at a moment."""
    upkeep = Upkeep(window, session)

    def at(moment: datetime) -> None:
        the_clock(session.shop).set(moment)
        upkeep.look()
        qtbot.waitUntil(lambda: not session.lanes.is_busy)

    return at


def test_it_asks_at_the_start_each_hour_as_the_day_turns_and_when_the_clock_goes_back(
    asked: list[datetime], tick: Callable[[datetime], None]
) -> None:
    evening = datetime(2026, 11, 18, 23, 30, tzinfo=UTC)
    night = datetime(2026, 11, 19, 0, 1, tzinfo=UTC)
    for moment in (
        evening,
        evening + timedelta(minutes=29),
        night,
        night + timedelta(minutes=59),
        night + timedelta(minutes=60),
        night,
        night + timedelta(days=9, minutes=7),  # the computer slept
    ):
        tick(moment)
    assert asked == [
        evening,
        night,
        night + timedelta(minutes=60),
        night,
        night + timedelta(days=9, minutes=7),
    ]


def test_a_shop_that_does_not_answer_is_asked_again_in_a_minute(
    session: Session, tick: Callable[[datetime], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []

    def due(_actor: object) -> Due:
        tried.append("asked")
        raise EnvironmentFault("database_unreachable", "The server does not answer.")

    monkeypatch.setattr(session.shop.upkeep, "due", due)
    tick(NOW)
    tick(NOW + timedelta(minutes=1))
    assert len(tried) == 2


def test_a_failed_run_says_so_calmly_and_is_tried_again(
    session: Session, window: MainWindow, qtbot: QtBot
) -> None:
    folder = paths.backup_dir()
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("in the way")
    upkeep = Upkeep(window, session, first_ms=1)
    with qtbot.waitSignal(upkeep.child.finished, timeout=30_000) as ended:
        pass
    assert not ended.args[0]
    bar = window._notice
    assert bar.text().startswith("The daily work is not finished: ")
    assert bar.text().endswith(" It is tried again within the hour.")
    assert not bar.isHidden()
    folder.unlink()
    window.set_read_only("The database does not answer.")
    with qtbot.waitSignal(upkeep.child.finished, timeout=30_000) as ended:
        window.set_read_only("")  # what failed is not left for an hour once the database is back
    assert ended.args[0], ended.args[1]
    assert bar.isHidden()


def test_reminders_that_are_due_are_said_once_a_day(
    session: Session, window: MainWindow, qtbot: QtBot
) -> None:
    moved(session.shop, session.actor, a_ticket(session.shop, session.actor).number, "ready")
    the_clock(session.shop).advance(timedelta(days=40))
    upkeep = Upkeep(window, session, first_ms=1)
    with qtbot.waitSignal(upkeep.child.finished, timeout=30_000):
        pass
    the_clock(session.shop).advance(timedelta(hours=2))
    upkeep.look()
    qtbot.waitUntil(lambda: not session.lanes.is_busy)
    said = [one for one in window.notices.messages() if "reminder" in one.text]
    assert [one.text for one in said] == ["A device that nobody collects: a reminder is due"]
    assert [step.text for step in said[0].steps] == ["Show"]

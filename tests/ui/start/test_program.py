"""The whole program in a real window: opening, trouble on the way, and what reaches across the screens."""

import contextlib
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from posapp import paths
from posapp.bootstrap import open_shop
from posapp.domain.base.phone import PhoneNumber
from posapp.services.bookings.bookings import MakeBooking
from posapp.services.care.backup_sight import Seen
from posapp.services.care.backups import BackupDesk
from posapp.services.care.demo import build_demo
from posapp.services.customers.customers import FindOrCreate
from posapp.till_settings import TillSettings, load, save
from posapp.ui.crash_dialog import CrashDialog
from posapp.ui.file_dialogs import FileDialog
from posapp.ui.settings.restore_dialog import RestoreDialog
from posapp.ui.start.application import watch_for_crashes
from posapp.ui.start.options import WindowOptions
from posapp.ui.start.page import StartPage
from posapp.ui.start.program import Program
from posapp.ui.start.trouble import TroublePage
from posapp.ui.start.upkeep import Upkeep
from posapp.ui.theme import Theme
from posapp.ui.window.search_everything import Hit
from tests.factories import DAY, a_booking, a_customer, a_shop, at
from tests.old_shops import lay_down
from tests.printing.samples import text_of

Start = Callable[..., Program]


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication, look: Theme) -> Iterator[Start]:
    """Start the program on a database; every window is closed again, its lanes quiet, the look as before."""
    programs: list[Program] = []

    def started(place: Path, **options: object) -> Program:
        program = Program(
            qapp,
            WindowOptions(database=str(place), **options),  # type: ignore[arg-type]
            open_shop,
            lambda where: build_demo(where, 10),
        )
        programs.append(program)
        qtbot.addWidget(program.window)
        program.run()
        return program

    yield started
    for program in programs:
        program.window.close()
        assert not program.lanes.is_busy
    look.apply(qapp)


def _open(qtbot: QtBot, program: Program) -> Program:
    qtbot.waitUntil(lambda: program.session is not None, timeout=10_000)
    return program


def _button(page: QWidget, words: str) -> QPushButton:
    return next(one for one in page.findChildren(QPushButton) if one.text() == words)


def test_the_window_is_painted_before_the_shop_is_open_and_keeps_what_is_typed(
    start: Start, qtbot: QtBot, tmp_path: Path
) -> None:
    a_shop(tmp_path / "posapp.db").close()
    program = start(tmp_path / "posapp.db")
    page = program.window.current_page
    assert isinstance(page, StartPage)
    assert program.session is None
    qtbot.keyClicks(page.search, "mart")
    _open(qtbot, program)
    assert program.window.current_page_id == "desk"
    qtbot.waitUntil(lambda: program.window.findChild(Upkeep) is not None, timeout=10_000)
    field = program.window.current_page.first_field() if program.window.current_page else None
    assert field is not None
    assert field.property("text") == "mart"


def test_a_database_without_a_shop_opens_the_set_up(start: Start, qtbot: QtBot, tmp_path: Path) -> None:
    program = start(tmp_path / "posapp.db")
    qtbot.waitUntil(lambda: program.window.current_page_id == "setup", timeout=10_000)


def test_a_new_computer_takes_the_shop_of_a_backup(
    start: Start, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[3]))
    old = a_shop(tmp_path / "old.db")
    a_customer(old, old.actor("Till 1"), "Marta Kowalczyk")
    backup = BackupDesk(old.store).make(old.actor("Till 1"), tmp_path / "stick.db").file
    old.close()
    program = start(tmp_path / "posapp.db")
    qtbot.waitUntil(lambda: program.window.current_page_id == "setup", timeout=10_000)
    asked: list[Seen] = []

    def answer(_parent: QWidget, _what: str, seen: Seen) -> list[str]:
        asked.append(seen)
        return ["--last", "PL7"]

    monkeypatch.setattr(RestoreDialog, "ask", answer)
    monkeypatch.setattr(FileDialog, "getOpenFileName", lambda *_: (str(backup), ""))
    page = program.window.current_page
    assert page is not None
    _button(page, "Restore a backup").click()
    qtbot.waitUntil(lambda: program.session is not None, timeout=60_000)
    assert [(seen.is_other, seen.needs_numbers) for seen in asked] == [(False, True)]
    assert program.session is not None
    assert str(a_customer(program.session.shop, program.session.actor).pl_id) == "PL8"


def test_a_damaged_database_says_what_to_do_and_restores_the_latest_backup(
    start: Start, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "posapp.db"
    shop = a_shop(place)
    actor = shop.actor("Till 1")
    a_customer(shop, actor, "Marta Kowalczyk")
    shop.close()
    _run("backup", place)
    place.write_bytes(b"not a database at all" * 1000)
    program = start(place)
    qtbot.waitUntil(lambda: program.has_failed, timeout=10_000)
    page = program.window.current_page
    assert isinstance(page, TroublePage)
    said = " ".join(one.text() for one in page.findChildren(QLabel))
    assert "not a shop's data" in said or "damaged" in said
    assert "Traceback" not in said
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[3]))
    asked: list[Seen] = []

    def answer(_parent: QWidget, _what: str, seen: Seen) -> list[str]:
        asked.append(seen)
        return ["--last", "PL1 B0001"]

    monkeypatch.setattr(RestoreDialog, "ask", answer)
    qtbot.keyClick(_button(page, "Restore the latest backup"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.session is not None, timeout=60_000)
    assert (asked[0].businesses, asked[0].needs_numbers) == ("Harbour Lane Repairs", True)
    assert program.session is not None
    assert str(a_customer(program.session.shop, actor).pl_id) == "PL2"
    assert list(tmp_path.glob("posapp-replaced-*.db"))


def _trouble_of(start: Start, qtbot: QtBot, place: Path) -> Program:
    program = start(place)
    qtbot.waitUntil(lambda: program.has_failed, timeout=10_000)
    return program


def _words_of_buttons(program: Program) -> list[str]:
    return [one.text() for one in _trouble_page(program).findChildren(QPushButton)]


def _trouble_page(program: Program) -> TroublePage:
    page = program.window.current_page
    assert isinstance(page, TroublePage)
    return page


def test_a_shop_of_a_newer_program_offers_the_update_and_no_backup(
    start: Start, qtbot: QtBot, tmp_path: Path
) -> None:
    place = tmp_path / "posapp.db"
    a_shop(place).close()
    with contextlib.closing(sqlite3.connect(place)) as file, file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
    program = _trouble_of(start, qtbot, place)
    assert _words_of_buttons(program) == ["Update", "Try again", "Open another file"]
    _button(_trouble_page(program), "Update").click()
    assert _words_of_buttons(program) == ["Close posapp", "Back"]
    _button(_trouble_page(program), "Back").click()
    assert "Update" in _words_of_buttons(program)
    _button(_trouble_page(program), "Update").click()
    _button(_trouble_page(program), "Close posapp").click()
    assert program.window.isHidden()


def test_a_backup_never_replaces_the_file_of_another_program(
    start: Start, qtbot: QtBot, tmp_path: Path
) -> None:
    place = tmp_path / "letters.db"
    with contextlib.closing(sqlite3.connect(place)) as file, file:
        file.execute("CREATE TABLE letter (id INTEGER)")
    assert _words_of_buttons(_trouble_of(start, qtbot, place)) == ["Open another file", "Try again"]


def test_a_shop_of_an_older_program_is_brought_up_and_the_window_says_so(
    start: Start, qtbot: QtBot, tmp_path: Path
) -> None:
    place = tmp_path / "posapp.db"
    lay_down(str(place), "0003")
    program = _open(qtbot, start(place, business="Next Door"))
    [backup] = paths.backup_dir().glob("*.db")
    said = [one.text for one in program.window.notices.messages()]
    assert any(str(backup) in text for text in said)


def test_which_of_several_shops_it_is_can_be_answered_and_escape_leaves_the_question(
    start: Start, qtbot: QtBot, tmp_path: Path
) -> None:
    place = tmp_path / "posapp.db"
    lay_down(str(place), "0003")
    program = start(place)
    qtbot.waitUntil(lambda: program.has_failed, timeout=10_000)
    page = program.window.current_page
    assert isinstance(page, TroublePage)
    assert program.window.top_bar.till.tone == "danger"
    program.window.escape()
    assert program.window.current_page is page  # behind it nothing works
    assert [one.text() for one in page.findChildren(QPushButton)] == ["Harbour Lane Repairs", "Next Door"]
    qtbot.keyClick(_button(page, "Next Door"), Qt.Key.Key_Return)
    _open(qtbot, program)
    assert program.session is not None
    assert program.session.catalogue.business.name == "Next Door"
    assert program.window.top_bar.till.tone == "success"
    [backup] = paths.backup_dir().glob("*.db")  # made by the first attempt, and still told
    assert any(str(backup) in one.text for one in program.window.notices.messages())


def _run(command: str, place: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "posapp", command, "--database", str(place)], check=True, capture_output=True
    )


def test_trouble_can_be_tried_again(start: Start, qtbot: QtBot, tmp_path: Path) -> None:
    place = tmp_path / "there" / "posapp.db"
    program = start(place)
    qtbot.waitUntil(lambda: program.has_failed, timeout=10_000)
    place.parent.mkdir()
    a_shop(place).close()
    page = program.window.current_page
    assert isinstance(page, TroublePage)
    qtbot.keyClick(_button(page, "Try again"), Qt.Key.Key_Return)
    _open(qtbot, program)
    assert program.window.current_page_id == "desk"


def test_a_booking_of_the_command_line_shows_in_the_window(
    start: Start, qtbot: QtBot, tmp_path: Path
) -> None:
    place = tmp_path / "posapp.db"
    a_shop(place).close()
    program = _open(qtbot, start(place))
    heard: list[str] = []
    assert program.session is not None
    program.session.feed.changed.connect(lambda changes: heard.extend(one.subject for one in changes))
    with qtbot.waitSignal(program.session.feed.changed, timeout=10_000):
        subprocess.run(
            [
                sys.executable,
                "-m",
                "posapp",
                "--database",
                str(place),
                "customer",
                "add",
                "--phone",
                "0851234567",
            ],
            check=True,
            capture_output=True,
        )
    assert "customer" in heard


def test_own_changes_are_announced_once(start: Start, qtbot: QtBot, tmp_path: Path) -> None:
    place = tmp_path / "posapp.db"
    a_shop(place).close()
    program = _open(qtbot, start(place))
    assert program.session is not None
    heard: list[str] = []
    program.session.feed.changed.connect(lambda changes: heard.extend(one.subject for one in changes))
    session = program.session
    who = FindOrCreate(phone=PhoneNumber.parse("0851234567", region="IE"), name="Marta")
    with qtbot.waitSignal(session.feed.changed):
        session.lanes.database.run(
            lambda: session.shop.customers.find_or_create(session.actor, who),
            done=lambda _found: None,
            failed=lambda _error: None,
        )
    assert program._pulse is not None
    program._pulse._ask()  # what the timer does
    qtbot.waitUntil(lambda: not session.lanes.database.is_busy)
    program._pulse._ask()
    qtbot.waitUntil(lambda: not session.lanes.database.is_busy)
    assert heard.count("customer") == 1


@pytest.mark.parametrize(("code", "page"), [("PL1", "desk"), ("B1", "calendar")])
def test_a_scan_opens_what_it_means(start: Start, qtbot: QtBot, tmp_path: Path, code: str, page: str) -> None:
    place = tmp_path / "posapp.db"
    shop = a_shop(place)
    actor = shop.actor("Till 1")
    a_booking(shop, actor, a_customer(shop, actor), starts=at(10, day=DAY))
    shop.close()
    program = _open(qtbot, start(place))
    program.window.show_page("settings")
    program.reach.scanned(code)
    qtbot.waitUntil(lambda: program.window.current_page_id == page, timeout=10_000)
    message = program.window.key_bar.message()
    assert message is not None
    assert message.tone == "success"


def test_an_unknown_code_is_said_and_nothing_is_pressed(start: Start, qtbot: QtBot, tmp_path: Path) -> None:
    place = tmp_path / "posapp.db"
    a_shop(place).close()
    program = _open(qtbot, start(place))
    program.reach.scanned("9781234567897")
    qtbot.waitUntil(lambda: program.window.key_bar.message() is not None, timeout=10_000)
    message = program.window.key_bar.message()
    assert message is not None
    assert (message.text, message.tone) == ("Unknown code 9781234567897", "danger")


def test_search_everything_finds_customers_bookings_and_screens(
    start: Start, qtbot: QtBot, tmp_path: Path
) -> None:
    place = tmp_path / "posapp.db"
    shop = a_shop(place)
    actor = shop.actor("Till 1")
    customer = a_customer(shop, actor, "Marta Kowalczyk")
    shop.bookings.book(actor, MakeBooking(starts=at(10, day=DAY), customer_id=customer.id))
    shop.close()
    program = _open(qtbot, start(place))
    answers: list[list[str]] = []
    for text in ("marta", "B1", "set"):
        before = len(answers)
        program.reach.search(text, partial(_keep_texts, answers))
        qtbot.waitUntil(partial(_longer_than, answers, before), timeout=10_000)
    assert answers == [
        ["Customers:Marta Kowalczyk"],
        ["Bookings:Marta Kowalczyk"],
        ["Actions:Settings"],
    ]


def _keep_texts(answers: list[list[str]], hits: Sequence[Hit], problem: str = "") -> None:
    assert not problem
    answers.append([f"{one.group}:{one.text}" for one in hits])


def _longer_than(answers: list[list[str]], before: int) -> bool:
    return len(answers) > before


def test_a_demonstration_never_touches_the_real_shop(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "posapp"],
        capture_output=True,
        text=True,
        check=True,
        env=_without_screen(tmp_path),
    )
    said = dict(line.split(": ", 1) for line in done.stdout.splitlines() if ": " in line)
    whose = re.search(r"booked for (PL\d+) ", done.stdout)
    assert whose is not None
    for paper in ("Receipt", "Booking slip"):
        assert Path(said[paper]).is_absolute()
        assert whose[1] in text_of(Path(said[paper]).read_bytes())
    assert not (tmp_path / "data").exists()
    assert "Traceback" not in done.stderr


def _without_screen(tmp_path: Path) -> dict[str, str]:
    import os

    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    kept = {name: value for name, value in os.environ.items() if name not in hidden}
    return {**kept, "POSAPP_DATA_DIR": str(tmp_path / "data"), "TMPDIR": str(tmp_path)}


@pytest.mark.parametrize("how", ["before the window", "without a screen"])
def test_a_demonstration_that_the_system_ends_leaves_nothing_behind(tmp_path: Path, how: str) -> None:
    """Ended while its folder is there and no window can hear of it yet, or ever."""
    ended = (
        "import os, signal; from posapp import bootstrap;"
        "import posapp.ui.start.application as a, posapp.ui.start.demonstration as d;"
        "end = lambda *_: (os.kill(os.getpid(), signal.SIGTERM), signal.pause());"
        "a.run_window = d.run_demonstration = end;"
        "from posapp.ui.start.options import WindowOptions;"
        "bootstrap.open_window(WindowOptions(demo=True))"
    )
    env = _without_screen(tmp_path)
    if how == "before the window":
        env["QT_QPA_PLATFORM"] = "offscreen"
    done = subprocess.run([sys.executable, "-c", ended], env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (143, "")
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_comes_with_the_start_is_worn_and_not_kept(
    start: Start, qtbot: QtBot, tmp_path: Path
) -> None:
    place = tmp_path / "posapp.db"
    a_shop(place).close()
    save(TillSettings(name="Front"), paths.till_settings_file())
    program = _open(qtbot, start(place, till="Back room"))
    assert program.session is not None
    assert (program.till.name, program.session.actor.till) == ("Back room", "Back room")
    program.save_till(replace(program.till, theme="dark"))
    assert load(paths.till_settings_file()) == TillSettings(name="Front", theme="dark", signs_in=False)
    program.save_till(replace(program.till, name="Side"))
    assert load(paths.till_settings_file()).name == "Side"


def test_till_settings_are_kept_and_worn(start: Start, qtbot: QtBot, tmp_path: Path) -> None:
    place = tmp_path / "posapp.db"
    a_shop(place).close()
    program = _open(qtbot, start(place))
    program.save_till(replace(program.till, theme="dark", ui_scale=115))
    assert program.theme.is_dark
    assert program.theme.scale == 115
    assert "dark" in paths.till_settings_file().read_text()


def test_what_nobody_expected_is_logged_and_said_calmly(start: Start, qtbot: QtBot, tmp_path: Path) -> None:
    place = tmp_path / "posapp.db"
    a_shop(place).close()
    program = _open(qtbot, start(place))
    hook = watch_for_crashes(program)
    try:
        error = ZeroDivisionError("an accident")
        hook.caught(ZeroDivisionError, error, None)
        qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, CrashDialog)
        said = " ".join(one.text() for one in dialog.findChildren(QLabel))
        assert "Traceback" not in said
        dialog.close()
    finally:
        hook.uninstall()
    assert "an accident" in (paths.log_dir() / "posapp.log").read_text()

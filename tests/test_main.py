"""`posapp` without a command is the window; everything else is the command line."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from posapp import __main__ as program

ROOT = Path(__file__).resolve().parent.parent


def windows_of(monkeypatch: pytest.MonkeyPatch, words: list[str]) -> list[Any]:
    """The options of the windows that a start opens; its exit status is the window's."""
    opened: list[Any] = []

    def open_window(options: object) -> int:
        opened.append(options)
        return 7

    monkeypatch.setattr("posapp.bootstrap.open_window", open_window)
    assert program.main(words) == 7
    return opened


@pytest.mark.parametrize(
    ("words", "place", "is_demo"),
    [
        ([], "", False),
        (["--demo"], "", True),
        (["--database", "shop.db"], "shop.db", False),
        (["--database=shop.db", "--demo"], "shop.db", True),
    ],
)
def test_a_start_without_a_command_opens_the_window(
    monkeypatch: pytest.MonkeyPatch, words: list[str], place: str, is_demo: bool
):
    [options] = windows_of(monkeypatch, words)
    assert (options.database, options.demo) == (place, is_demo)


def test_a_start_may_name_the_till(monkeypatch: pytest.MonkeyPatch):
    [options] = windows_of(monkeypatch, ["--till", " Back room "])
    assert (options.till, options.demo) == ("Back room", False)


def test_a_till_whose_name_no_other_can_show_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr("posapp.bootstrap.open_window", lambda options: pytest.fail("a window"))
    assert program.main(["--till", "x" * 41]) == 1
    assert "at most 40 characters" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--database", "--business", "--till"])
def test_a_name_that_is_empty_opens_no_window(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], option: str
):
    """An unset variable of a script must not mean the default shop."""
    monkeypatch.setattr("posapp.bootstrap.open_window", lambda options: pytest.fail("a window"))
    assert program.main([option, ""]) == 2
    assert f"{option}: it is empty" in capsys.readouterr().err


def test_the_window_opens_the_database_of_the_environment(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("POSAPP_DATABASE", "other.db")
    [options] = windows_of(monkeypatch, [])
    assert options.database == "other.db"


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["ids", "--help"]])
def test_a_command_opens_no_window(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str]
):
    monkeypatch.setattr("posapp.bootstrap.open_window", lambda options: pytest.fail("a window"))
    assert program.main(words) == 0
    assert capsys.readouterr().out


@pytest.mark.parametrize("words", [["--json"], ["--database"], ["--nonsense"], ["--demo", "ids", "status"]])
def test_options_that_need_a_command_are_wrong_usage(capsys: pytest.CaptureFixture[str], words: list[str]):
    assert program.main(words) == 2
    assert capsys.readouterr().err


def test_neither_a_start_nor_the_help_loads_what_is_heavy():
    look = (
        "import sys; from posapp.__main__ import main, _window_options; assert _window_options([]);"
        "print(sorted({'sqlalchemy', 'phonenumbers', 'reportlab', 'posapp.cli'} & set(sys.modules)));"
        "main(['--help']);"
        "assert not {'sqlalchemy', 'reportlab', 'PySide6'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", look], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("[]\n")

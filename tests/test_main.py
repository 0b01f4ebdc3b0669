"""`posapp` without a command is the window; everything else is the command line."""

import subprocess
import sys
from pathlib import Path

import pytest

from posapp import __main__ as program

ROOT = Path(__file__).resolve().parent.parent


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
    opened = []
    monkeypatch.setattr("posapp.bootstrap.open_window", lambda options: opened.append(options) or 7)
    assert program.main(words) == 7
    [options] = opened
    assert (options.database, options.demo) == (place, is_demo)


def test_the_window_opens_the_database_of_the_environment(monkeypatch: pytest.MonkeyPatch):
    opened = []
    monkeypatch.setenv("POSAPP_DATABASE", "other.db")
    monkeypatch.setattr("posapp.bootstrap.open_window", lambda options: opened.append(options) or 0)
    assert program.main([]) == 0
    assert opened[0].database == "other.db"


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

"""Runs commands in this process, on a shop's file of their own."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from posapp.cli import main
from tests.fixtures import empty_place, sqlite_place, sqlite_template

PINS = {"Ann": "482917", "Bob": "730195", "Mia": "915027", "Tom": "260481", "Zoe": "158304"}
"""The PIN of each user whom tests add; anybody else has that of Ann."""
__all__ = ["Cli", "People", "Run", "bare", "cli", "empty_place", "sqlite_place", "sqlite_template"]


@dataclass(frozen=True, slots=True)
class Run:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The document on standard output."""
        assert self.status == 0, self.err
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, Any]:
        """The refusal on standard error."""
        assert not self.out
        found: dict[str, Any] = json.loads(self.err)["error"]
        return found


Cli = Callable[..., Run]


@pytest.fixture
def bare(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Runs a command without naming a database."""
    monkeypatch.setenv("POSAPP_DATABASE", "")

    def run(*words: object) -> Run:
        status = main([str(word) for word in words])
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return Run(status, said.out, said.err)

    return run


@pytest.fixture
def cli(bare: Cli, sqlite_place: str, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Runs a command on a shop in Dublin that has no customer yet."""
    monkeypatch.setenv("POSAPP_DATABASE", sqlite_place)
    return bare


class People:
    """Commands of a shop with users: `people("Bob", "customer", "show", "PL1")` signs Bob in."""

    def __init__(self, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
        self.cli, self._monkeypatch = cli, monkeypatch
        self.run("", "user", "add", "Ann", "--role", "admin", new_pin="Ann")

    def __call__(self, user: str, *words: object) -> Run:
        """A command of that user."""
        return self.run(user, *words)

    def add(self, name: str, role: str, *words: object, by: str = "Ann") -> Run:
        """A further user, with the PIN that stands above."""
        added = self.run(by, "user", "add", name, "--role", role, *words, new_pin=name)
        assert added.status == 0, added.err
        return added

    def run(self, user: str, *words: object, new_pin: str = "", pin: str | None = None) -> Run:
        """A command of a user, with the PIN of `user` (or `pin`) and of whom `new_pin` names."""
        known = PINS.get(user, PINS["Ann"]) if user else ""
        self._monkeypatch.setenv("POSAPP_PIN", known if pin is None else pin)
        self._monkeypatch.setenv("POSAPP_NEW_PIN", PINS.get(new_pin, new_pin))
        return self.cli(*words, *(["--user", user] if user else []))


@pytest.fixture
def people(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> People:
    """The shop in Dublin, whose ADMIN is Ann."""
    return People(cli, monkeypatch)

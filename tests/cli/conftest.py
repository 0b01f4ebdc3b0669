"""Runs commands in this process, on a shop's file of their own."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from posapp.cli import main
from tests.fixtures import empty_place, sqlite_place, sqlite_template

__all__ = ["Cli", "Run", "bare", "cli", "empty_place", "sqlite_place", "sqlite_template"]


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

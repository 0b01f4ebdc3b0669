"""What every test stands on: Qt off-screen, folders of its own, real servers where the machine has them.

POSAPP_TEST_PLATFORM=xcb runs the windows on a screen, TMPDIR chooses where files of tests lie.
POSAPP_REQUIRE_SERVERS=1 turns "PostgreSQL is not installed" from skipped into failed tests (CI sets it).
"""

import gc
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

# before anything imports PySide6
os.environ["QT_QPA_PLATFORM"] = os.environ.get("POSAPP_TEST_PLATFORM", "offscreen")
os.environ["CUPS_SERVER"] = "127.0.0.1:1"  # nobody there: no test prints on a real printer
os.environ.pop("POSAPP_DATABASE", None)
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # programs that tests start are compiled once, not each time

import pytest
from hypothesis import settings

from posapp.services.people import hashing
from posapp.ui.qt_log import silence_fonts
from tests.brought_up import bring_up_once
from tests.compiled import compile_once
from tests.own_server import OwnServer

hashing.TIME_COST, hashing.MEMORY_COST, hashing.LANES = 1, 8, 1  # a hash costs 140 ms on purpose; not here

compile_once()
bring_up_once()

silence_fonts()  # as the program does, before there is an application; a test has no rules of its own

gc.disable()  # see `garbage`; what is collected until the first test stays anyway

TOOLS = Path(__file__).parent / "tools"
MEMORY, ROOM = Path("/dev/shm"), 4 << 30
YOUNG, FULL_EVERY = 20_000, 100
_ended = itertools.count(1)

# Files of tests lie in memory where there is room: no test takes the power from a disk, so none waits for it.
if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
    os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)

settings.register_profile("posapp", deadline=None, print_blob=True)
settings.load_profile("posapp")


@dataclass(frozen=True, slots=True)
class PrintQueue:
    """A private CUPS with the queues PDF, RAW and BROKEN; what is printed lands in `folder`."""

    server: str
    folder: Path

    def file_of(self, request: str) -> Path:
        """The file that a print request became (`lp` calls it PDF-1), once CUPS is through with it."""
        queue = request.partition("-")[0]
        while request in _answer("lpstat", "-W", "not-completed", "-o", queue):
            continue  # the test's own time limit ends this
        [file] = self.folder.glob(f"{request}.*")
        return file


def pytest_collection_finish() -> None:
    """As in the program: what stands at the start is left out, and no lane collects garbage of the window."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def garbage() -> Iterator[None]:
    """Collected after a test, on this thread."""
    yield
    if next(_ended) % FULL_EVERY == 0:
        gc.collect()
    elif gc.get_count()[0] > YOUNG:
        gc.collect(1)


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the data or settings of whoever runs it, nor of another test."""
    monkeypatch.setenv("POSAPP_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("POSAPP_CONFIG_DIR", str(tmp_path / "config"))


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """SQLAlchemy's address of an empty database on a PostgreSQL server that lives as long as the session."""
    with _postgres() as said:
        yield said["DATABASE_URL"]


@pytest.fixture(scope="session")
def own_server() -> Iterator[OwnServer]:
    """A server of its own that tests stop and start; whoever stops it starts it again."""
    with _postgres() as said:
        server = OwnServer.at(said["DATABASE_URL"])
        yield server
        server.stop()


@pytest.fixture(scope="session")
def print_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrintQueue]:
    """The CUPS server behind `print_queue`, which lives as long as the session."""
    folder = tmp_path_factory.mktemp("printed")
    with _tool("print-queue", str(folder), missing="CUPS is not installed") as said:
        yield PrintQueue(server=said["CUPS_SERVER"], folder=folder)


@pytest.fixture
def print_queue(print_server: PrintQueue, monkeypatch: pytest.MonkeyPatch) -> PrintQueue:
    """The system's printers are those of a private CUPS during this test, all three of them enabled."""
    monkeypatch.setenv("CUPS_SERVER", print_server.server)
    subprocess.run(["cancel", "-a"], check=False, capture_output=True)
    programs = os.pathsep.join([os.environ["PATH"], "/usr/sbin", "/sbin"])
    for program in ("cupsenable", "cupsaccept"):
        found = shutil.which(program, path=programs) or program
        subprocess.run([found, "PDF", "RAW", "BROKEN"], check=True, capture_output=True)
    return print_server


def _postgres() -> AbstractContextManager[dict[str, str]]:
    """A server that does only what it is told: it never counts or cleans tables by itself."""
    return _tool("throwaway-postgres", "--set", "autovacuum=off", missing="PostgreSQL is not installed")


@contextmanager
def _tool(name: str, *arguments: str, missing: str) -> Iterator[dict[str, str]]:
    """Run a server tool of tests/tools until the block ends; gives the settings it prints."""
    command = [sys.executable, str(TOOLS / name), "--until-eof", *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as tool:
        assert tool.stdin
        assert tool.stdout
        try:
            line = tool.stdout.readline().removeprefix("export ").strip()
            if not line:
                _absent(missing)
            yield dict([line.split("=", 1)])
        finally:
            tool.stdin.close()  # the tool takes its server down; so it does when this process is killed
            tool.stdout.read()


def _answer(*command: str) -> list[str]:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


def _absent(reason: str) -> None:
    if os.environ.get("POSAPP_REQUIRE_SERVERS"):
        pytest.fail(reason)
    pytest.skip(reason)

"""The assistant in a real window, and a stand-in for its child process that answers what a test has said."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from posapp.cli.old_data.imports import document_of
from posapp.domain.old_data.imports import ImportResult
from posapp.ui.imports import runner
from posapp.ui.imports.order import Draft
from posapp.ui.imports.page import ImportPage
from posapp.ui.scanner import Scanner
from posapp.ui.session import Session
from posapp.ui.settings.page import SettingsPage
from posapp.ui.theme import Theme
from posapp.ui.window.main_window import MainWindow
from posapp.ui.window.notices import Message
from posapp.ui.window.page import PageEntry
from tests.ui.imports.made_up import square, tried
from tests.ui.settings.conftest import Manager, session, shop

__all__ = ["session", "shop"]

STAND_IN = """
import json, os, pathlib, signal, sys, time
here = pathlib.Path(__file__).parent.parent
(here / "pid").write_text(str(os.getpid()))
words = sys.argv[1:]
key = "sight" if "--sight" in words else "trial" if "--dry-run" in words else "import"
if words[:2] in (["import", "undo"], ["import", "resume"]):
    key = words[1]
with (here / "asked.jsonl").open("a") as asked:
    print(json.dumps([key, *words]), file=asked)
plan = json.loads((here / f"{key}.json").read_text())
for done in range(plan.get("steps", 0)):
    print(json.dumps({"progress": {"step": key, "done": done, "total": 100}}), file=sys.stderr, flush=True)
while plan.get("waits") and not (here / "go").exists():
    time.sleep(0.01)
if plan.get("refused"):
    code, message = plan["refused"]
    error = {"code": code, "message": message, "field": None}
    print(json.dumps({"error": error}), file=sys.stderr)
    sys.exit(1)
print(json.dumps(plan.get("answer", {}), indent=2))
"""


@dataclass
class Child:
    """What the stand-in for `posapp import` answers, by what it is asked for."""

    folder: Path

    def says(self, key: str, answer: object = None, **plan: Any) -> None:
        """What it answers when it is asked for a sight, a trial, an import, an undo, a resume."""
        told = {**plan, "answer": answer} if answer is not None else plan
        (self.folder / f"{key}.json").write_text(json.dumps(told), encoding="utf-8")

    def knows(self, draft: Draft, trial: ImportResult, result: ImportResult) -> None:
        """A file, what its trial run finds, and what it brings."""
        files = [asdict(one) for one in draft.sights]
        self.says("sight", {"files": files, "region": draft.region, "currency": draft.currency})
        self.says("trial", document_of(trial))
        self.says("import", document_of(result))
        self.says("undo", {})

    def goes_on(self) -> None:
        """What waits goes on."""
        (self.folder / "go").touch()

    def pid(self) -> int:
        """Of the one that runs."""
        return int((self.folder / "pid").read_text())

    def asked(self, key: str) -> list[list[str]]:
        """The words of each such command so far."""
        file = self.folder / "asked.jsonl"
        told = [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []
        return [words[1:] for words in told if words[0] == key]


@dataclass
class Importer(Manager):
    """A manager in front of the assistant."""

    child: Child | None = None
    popup: QWidget | None = None

    @property
    def focus(self) -> QWidget:
        """Of a list that lies over the window what is inside."""
        self.popup = popup = QApplication.activePopupWidget()  # kept, or what is inside would go with it
        inside: QWidget | None = popup.focusWidget() if popup is not None else None
        return inside or super().focus

    @property
    def assistant(self) -> ImportPage:
        page = self.window.page("import")
        assert isinstance(page, ImportPage)
        return page

    def until(self, condition: Callable[[], object], what: str = "") -> None:
        """Wait until something holds."""
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=30_000)
        self.settle()

    def rest(self) -> None:
        """Wait until no child runs and its answer is shown."""
        self.until(lambda: not self.assistant.assistant.is_busy)

    def take(self, *names: str) -> None:
        """Drop files and wait for the trial run."""
        paths = []
        for name in names:
            assert self.child is not None
            file = self.child.folder / name
            if not file.exists():
                file.write_text("Name\nAoife\n", encoding="utf-8")
            paths.append(str(file))
        self.window.show_page("import", paths)
        self.rest()


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Child:
    """A stand-in for `posapp` that is found first on the child's path."""
    folder = tmp_path / "child"
    package = folder / "posapp"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(STAND_IN, encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PYTHONPATH", str(folder))
    made = Child(folder)
    made.knows(square(), tried(), tried(is_trial=False))
    return made


@pytest.fixture
def importer(
    qtbot: QtBot,
    look: Theme,
    session: Session,
    child: Child,
    show: Callable[[QWidget], QWidget],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Importer]:
    """The assistant, opened from the settings."""
    monkeypatch.setattr(runner, "SOON_MS", 20)
    window = MainWindow(look, till="Till 1", shop="Harbour Lane Repairs", lanes=session.lanes)
    settings = SettingsPage(window, session)
    window.add_page(PageEntry("settings", "Settings", "settings", "F8", make=lambda _shell: settings))
    page = ImportPage(window, session)
    window.add_page(PageEntry("import", "Import", "upload", "", lambda _shell: page, in_rail=False))
    window.resize(1366, 768)
    made = Importer(qtbot, session, window, settings, child=child)

    def toasted(message: Message) -> None:
        made.toasts.append(message.text)

    def status_said(message: Message) -> None:
        made.said.append(message.text)

    window.notices.toasted.connect(toasted)
    window.notices.status_said.connect(status_said)
    Scanner(window, gap_ms=35)
    window.show_page("settings")
    window.show_page("import")
    show(window)
    made.settle()
    yield made
    child.goes_on()
    page.assistant.runner.stop()
    made.settle()

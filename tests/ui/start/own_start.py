"""The program's own start in a process of its own, with somebody at it who wants what threads may kill.

`python -m tests.ui.start.own_start TASK DATABASE FOLDER` prints what it found as one line of JSON. Nothing is
set that the program does not set; `faulthandler` ends a window that stands still, and says where.
"""

import faulthandler
import gc
import json
import os
import sys
import threading
import traceback
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from types import FrameType
from typing import Any, ClassVar

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLayout, QMainWindow, QWidget
from shiboken6 import isValid

from posapp.bootstrap import build_small_demo, open_shop
from posapp.domain.papers.documents import PaperSize
from posapp.ui.fonts import make_font
from posapp.ui.start.application import make_application, run_window
from posapp.ui.start.loading import SCREENS
from posapp.ui.start.options import WindowOptions
from posapp.ui.start.program import Program

SECONDS = 100
"""After so long the window counts as frozen."""

NAMES = ("নাম محمد Test", "অনিতা রহমান رحيم", "שרה נאסר عمر", "สมชาย ใจดี", "陈小明 नेहा")
found: dict[str, Any] = {}


def wait(milliseconds: int) -> None:
    """Let the window work."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until(is_true: Callable[[], bool]) -> None:
    """Let the window work until something is so."""
    while not is_true():
        wait(2)


# -- what lanes do ---------------------------------------------------------------------------------------
_QT = ("PySide6", "shiboken6", "Shiboken")


def _is_qt(called: Any) -> bool:
    owner = getattr(called, "__self__", None)
    homes = (type(owner).__module__, getattr(owner, "__module__", ""), getattr(called, "__module__", ""))
    objclass = getattr(called, "__objclass__", None)
    return any(str(home or "").startswith(_QT) for home in (*homes, getattr(objclass, "__module__", "")))


def watch_lane(frame: FrameType, event: str, called: Any) -> None:
    """Note calls of Qt on a lane but the signal that wakes the window, and imports of what is Qt's."""
    if not threading.current_thread().name.startswith("lane-"):
        return
    name, file = frame.f_code.co_name, frame.f_code.co_filename
    if event == "c_call" and called.__name__ != "emit" and _is_qt(called):
        found["qt on lanes"].append(f"{called.__name__} in {name} of {Path(file).name}")
    if event == "call" and name == "<module>" and ("posapp/ui" in file or "PySide6" in file):
        found["imported on lanes"].append(file)


def visit(program: Program, folder: Path) -> None:
    """Type, look at each screen, and have papers shown, kept and printed, in scripts not met before."""
    session, window = program.session, program.window
    assert session is not None
    field: Any = window.page("desk").first_field()
    for text in ("নাম", "Test", "0851", "ana@"):
        field.setText(text)
        until(lambda: not program.lanes.is_busy)
    for screen in SCREENS:
        window.show_page(screen.id)
        until(lambda: not program.lanes.is_busy)
    for number in ("B1", "T1"):
        window.show_page("preview", number)
        until(lambda: not program.lanes.is_busy)
    from posapp.services.papers.content import PaperOf
    from posapp.services.papers.papers import Output
    from posapp.ui.preview.print_watch import paper_file, print_watch

    session.shop.papers.order(session.actor, "B2", Output(paper=PaperSize.ROLL_80, to_file=True))
    print_watch(window).give_out("B2")
    print_watch(window).print_paper("B3")
    until(lambda: not program.lanes.is_busy)
    paper_file(PaperOf(number="B2")).rename(folder / "B2.pdf")
    window.show_page("desk")


def strays() -> list[str]:
    """Widgets and layouts without a parent that are no windows: only Python holds them, and may free them."""
    gc.collect()
    made = [one for one in gc.get_objects() if isinstance(one, QWidget | QLayout) and isValid(one)]
    return sorted(
        type(one).__name__
        for one in made
        if one.parent() is None and not (isinstance(one, QWidget) and _is_window(one))
    )


def _is_window(widget: QWidget) -> bool:
    return isinstance(widget, QMainWindow | QDialog) or widget.windowType() != Qt.WindowType.Window


def papers(program: Program, folder: Path) -> list[Path]:
    """Have papers kept by both lanes that make some; returns where they will lie."""
    session = program.session
    assert session is not None
    shop, actor = session.shop, session.actor
    files = [folder / f"closing-{number}.pdf" for number in range(1, 6)]
    for number, file in enumerate(files, 1):
        lane = program.lanes.paper if number % 2 else program.lanes.database
        keep = partial(shop.papers.save_pdf, actor, f"B{number}", PaperSize.A4, file)
        lane.run(keep, done=lambda _paper: None, failed=print)
    return files


def lanes(program: Program, folder: Path) -> None:
    """What is done on lanes, and whether a window closes while papers are being made."""
    visit(program, folder)
    found["strays"] = strays()
    files = papers(program, folder)
    program.window.close()
    found["kept while closing"] = sum(file.exists() for file in files)


def freeze(program: Program) -> None:
    """A thread that shapes beside a window that paints the same scripts for the first time.

    No lane does so; this is what is left if one ever should.
    """
    from posapp.printing.base.fonts import Weight
    from posapp.printing.base.shaped_text import shape

    until(lambda: program._collector is not None)  # the fonts of other scripts are loaded
    label = QLabel("অনিতা রহমান رحيم", program.window)
    label.resize(900, 80)
    label.show()
    sizes = iter(range(10, 34))
    is_painted = threading.Event()

    def repaint() -> None:
        size = next(sizes, 0)
        if size:
            label.setFont(make_font(size, 400 + 200 * (size % 2)))
        else:
            is_painted.set()

    timer = QTimer(interval=0)
    timer.timeout.connect(repaint)
    timer.start()

    def paper() -> None:
        for number in count():
            shape(f"অনিতা রহমান رحيم {number}", Weight.REGULAR, right_to_left=False)
            if is_painted.is_set():
                return

    thread = threading.Thread(target=paper)
    thread.start()
    until(lambda: not thread.is_alive())
    timer.stop()
    found["shaped beside painting"] = is_painted.is_set()


class Knot:
    """Garbage that only the collector finds."""

    gone: ClassVar[list[str]] = []

    def __init__(self) -> None:
        self.again = self

    def __del__(self) -> None:
        self.gone.append(threading.current_thread().name)


def collect(program: Program) -> None:
    """Garbage of the window while a lane makes far more objects than the collector waits for."""
    until(lambda: program._collector is not None)
    found["collects by itself"] = gc.isenabled()
    for _ in range(10):
        for _ in range(300):
            Knot()
        program.lanes.database.run(
            lambda: [[number] for number in range(30_000)] and None, done=lambda _none: None, failed=print
        )
        until(lambda: not program.lanes.is_busy)
    until(lambda: len(Knot.gone) >= 3000)
    found["collected on"] = sorted(set(Knot.gone))


def beside(program: Program, folder: Path) -> None:
    """What other threads do beside a window that paints and makes garbage."""
    freeze(program)
    collect(program)
    program.window.close()


TASKS: dict[str, Callable[[Program, Path], None]] = {"lanes": lanes, "beside": beside}


def main(task: str, place: str, folder: str) -> None:
    """Start the program as `posapp` does, do the task once the clerk could work, and tell."""
    faulthandler.dump_traceback_later(SECONDS, exit=True)
    found.update({"qt on lanes": [], "imported on lanes": []})
    if task == "lanes":
        threading.setprofile(watch_lane)
    app = make_application()

    def begin() -> None:
        program = app.findChild(Program)
        if program is None or program.session is None or program.window.current_page_id != "desk":
            QTimer.singleShot(2, begin)
            return
        try:
            TASKS[task](program, Path(folder))
        except BaseException:  # noqa: BLE001 - told and ended, or the parent would wait
            traceback.print_exc()
            os._exit(1)

    QTimer.singleShot(0, begin)
    found["status"] = run_window(WindowOptions(database=place), open_shop, build_small_demo)
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    assert QApplication.instance() is None
    main(*sys.argv[1:])

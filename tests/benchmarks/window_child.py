"""What runs in a process of its own for the benchmarks of the window: one task, one line of JSON."""

import gc
import json
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QEvent,
    QEventLoop,
    QObject,
    QSortFilterProxyModel,
    QStringListModel,
    Qt,
    QTimer,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QListView,
    QMainWindow,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

if TYPE_CHECKING:
    from posapp.ui.start.program import Program

STARTED = int(os.environ.get("BENCH_STARTED", "0"))  # when the parent made this process, in nanoseconds
MiB = 1 << 20


def since_start() -> float:
    """Milliseconds since the parent made this process."""
    return (time.time_ns() - STARTED) / 1e6


def memory() -> dict[str, float]:
    """Resident memory in MiB, and the share that is this process's own."""
    lines = dict(
        line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines() if ":" in line
    )
    return {name: int(lines[key].split()[0]) / 1024 for name, key in (("rss", "VmRSS"), ("own", "RssAnon"))}


class Painted(QObject):
    """Hears of paint events of a widget."""

    def __init__(self, widget: QWidget, heard: Callable[[], None]) -> None:
        super().__init__(widget)
        self._heard = heard
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self._heard)  # the painting itself comes after the filter
        return False


class Heart(QObject):
    """Beats every millisecond and notes how long the event loop was away."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=1, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last) * 1000)
        self._last = now

    def begin(self) -> None:
        """Forget what was."""
        self.gaps.clear()
        self._last = time.perf_counter()

    def summary(self) -> dict[str, float]:
        """The longest absences, in milliseconds."""
        ordered = sorted(self.gaps)
        return {
            "longest": ordered[-1],
            "p99": ordered[len(ordered) * 99 // 100],
            "above 16": sum(gap > 16 for gap in ordered),
        }


def empty() -> dict[str, Any]:
    """An empty main window."""
    app = QApplication(["bench"])
    window = QMainWindow()
    window.resize(1366, 768)
    found: dict[str, Any] = {}

    def painted() -> None:
        found.setdefault("frame", since_start())
        QTimer.singleShot(300, app.quit)

    Painted(window, painted)
    window.show()
    app.exec()
    return {**found, **memory()}


def _program(place: str) -> "tuple[QApplication, Program]":
    from posapp.bootstrap import build_small_demo, open_shop

    gc.disable()  # as `open_window` does
    from posapp.ui.start.application import make_application
    from posapp.ui.start.options import WindowOptions
    from posapp.ui.start.program import Program

    app = make_application()
    program = Program(app, WindowOptions(database=place), open_shop, build_small_demo)
    program.window.resize(1366, 768)
    return app, program


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _until(is_true: Callable[[], bool]) -> None:
    loop = QEventLoop()
    timer = QTimer(interval=1)
    timer.timeout.connect(lambda: loop.quit() if is_true() else None)
    timer.start()
    loop.exec()


def _finder(program: "Program") -> Any:
    return _desk(program).finder


def _desk(program: "Program") -> Any:
    """The Desk once it is there; its module is the program's to import."""
    _until(lambda: program.session is not None)
    from posapp.ui.front_desk.page import FrontDeskPage

    _until(lambda: program.window.findChild(FrontDeskPage) is not None)
    return program.window.findChild(FrontDeskPage)


def start(place: str) -> dict[str, Any]:
    """The real window: first frame, first answer, longest pause, memory before and after 400 searches."""
    _, program = _program(place)
    found: dict[str, Any] = {}
    heart = Heart()

    def painted() -> None:
        if "frame" not in found:
            found["frame"] = since_start()
            heart.begin()

    Painted(program.window, painted)
    program.run()
    finder = _finder(program)
    finder.search.setText("ma")
    _until(lambda: finder.answer is not None)
    found["ready"] = since_start()
    _wait(1500)  # what is loaded behind the first answer belongs to the start, too
    found["pause"] = heart.summary()["longest"]
    found |= {f"started {name}": value for name, value in memory().items()}
    for text in _typed_texts(place, 80):
        finder.search.setText(text)
        _until(lambda: finder.answer is not None)
    found |= {f"searched {name}": value for name, value in memory().items()}
    program.window.close()
    _wait(50)
    return found


def _typed_texts(place: str, names: int) -> list[str]:
    """Names as they grow key by key."""
    from tests.benchmarks.searching import texts_of

    whole = texts_of(Path(place), seed=21)["whole name"][:names]
    return [name[:length] for name in whole for length in range(1, 6)]


class _Typist:
    """Presses keys and waits for the painted list; answers come from the shop, or were known beforehand."""

    def __init__(self, page: Any) -> None:
        self._finder = page.finder
        self._page = page
        self._loop = QEventLoop()
        self._known: dict[str, Any] = {}
        self._is_known = False
        self._finder.typed.disconnect(page._search)
        self._finder.typed.connect(self._typed)
        for part in (self._finder.matches.viewport(), self._finder.notice):
            Painted(part, self._painted)

    def _typed(self, text: str) -> None:
        if self._is_known and text in self._known:
            self._finder.show_answer(self._known[text])
        else:
            self._page._search(text)

    def _painted(self) -> None:
        if self._finder.answer is not None:
            self._loop.quit()

    def press(self, text: str, *, is_known: bool) -> float:
        """Milliseconds from the last key of a text to its painted answer."""
        search, self._is_known = self._finder.search, is_known
        search.setText(text[:-1])
        _wait(3)
        _until(lambda: not text[:-1].strip() or self._finder.answer is not None)
        started = time.perf_counter()
        QApplication.sendEvent(
            search, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, text[-1])
        )
        QTimer.singleShot(2000, self._loop.quit)
        self._loop.exec()
        took = (time.perf_counter() - started) * 1000
        if self._finder.answer is not None:
            self._known[text] = self._finder.answer
        return took


def keys(place: str) -> dict[str, Any]:
    """Key press to painted list, with answers searched for and with the same answers known beforehand."""
    _, program = _program(place)
    program.run()
    page = _desk(program)
    _wait(2500)
    typist = _Typist(page)
    heart = Heart()
    texts = _typed_texts(place, 50)
    for text in texts:  # so that both paint what was painted before, and every answer is known
        typist.press(text, is_known=False)
    heart.begin()
    times: dict[bool, list[float]] = {False: [], True: []}
    for turn, text in enumerate(texts):
        for is_known in (False, True) if turn % 2 else (True, False):
            times[is_known].append(typist.press(text, is_known=is_known))
    asked, known = times[False], times[True]
    beats = heart.summary()
    program.window.close()
    _wait(50)
    return {"asked": asked, "known": known, **beats}


class _Scans:
    """Scans codes into the sale and waits for the painted line; what they mean is asked, or was known."""

    def __init__(self, page: Any) -> None:
        self._page, self._ask = page, page.presenter.scanned
        self._loop = QEventLoop()
        self._known: dict[str, Any] = {}
        self._is_known, self._wanted = False, 0
        page.presenter.scanned = self._scanned
        Painted(page.sale.table.viewport(), self._painted)

    def _scanned(self, text: str, customer_id: int | None, done: Any, failed: Any) -> None:
        def answered(found: Any) -> None:
            self._known[text] = found
            done(found)

        if self._is_known:
            done(self._known[text])
        else:
            self._ask(text, customer_id, answered, failed)

    def _painted(self) -> None:
        if len(self._page.steps.sale.cart.lines) >= self._wanted:
            self._loop.quit()

    def scan(self, code: str, *, is_known: bool) -> tuple[float, float]:
        """Milliseconds from Enter to the painted line, and those that the window's thread worked."""
        self._is_known, self._wanted = is_known, len(self._page.steps.sale.cart.lines) + 1
        edit = self._page.sale.field.edit
        edit.setText(code)
        _wait(3)
        started, worked = time.perf_counter(), time.thread_time()
        enter = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(edit, enter)
        QTimer.singleShot(2000, self._loop.quit)
        self._loop.exec()
        return (time.perf_counter() - started) * 1000, (time.thread_time() - worked) * 1000


def scan(place: str, *codes: str) -> dict[str, Any]:
    """Codes of items to painted lines of the sale, in sales of ten lines."""
    _, program = _program(place)
    program.run()
    _desk(program)
    _wait(2500)
    program.window.show_page("sell")
    from posapp.ui.sell.page import SellPage

    _until(lambda: program.window.findChild(SellPage) is not None)
    page: Any = program.window.findChild(SellPage)
    _wait(500)
    scans = _Scans(page)
    times: dict[bool, list[tuple[float, float]]] = {False: [], True: []}
    for first in range(0, len(codes), 10):
        for is_known in (False, True, False, True):
            page.steps.begin()
            _wait(5)
            times[is_known] += [scans.scan(code, is_known=is_known) for code in codes[first : first + 10]]
    program.window.close()
    _wait(50)
    asked, known = times[False], times[True]
    return {
        "asked": [took for took, _ in asked],
        "known": [took for took, _ in known],
        "worked": [worked for _, worked in asked],
    }


class _PlainBoard(QWidget):
    """A list of Qt's own a column, with the same words, filtered by Qt's own filter."""

    def __init__(self, columns: list[list[str]]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        self.filters: list[QSortFilterProxyModel] = []
        for words in columns:
            view, model = QListView(), QSortFilterProxyModel()
            model.setSourceModel(QStringListModel(words, model))
            model.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            view.setUniformItemSizes(True)
            view.setModel(model)
            row.addWidget(view)
            self.filters.append(model)

    def look_for(self, text: str) -> None:
        """Only rows with these words."""
        for model in self.filters:
            model.setFilterFixedString(text)


def board_keys(place: str, *texts: str) -> dict[str, Any]:
    """Keys in the board's field to painted cards, and the same keys in front of plain lists."""
    app, program = _program(place)
    program.run()
    _desk(program)
    _wait(2500)
    program.window.show_page("tickets")
    from posapp.ui.tickets.page import TicketsPage

    _until(lambda: program.window.findChild(TicketsPage) is not None)
    page: Any = program.window.findChild(TicketsPage)
    _until(lambda: page._presenter.board is not None)
    _wait(500)
    plain = _PlainBoard([[card.words for card in one.cards] for one in page._presenter.columns()])
    plain.resize(page.size())
    plain.show()
    _wait(200)
    times: dict[str, list[float]] = {name: [] for name in ("board", "list", "plain")}

    def timed(name: str, work: Callable[[], object]) -> None:
        started = time.thread_time()
        work()
        for _ in range(3):  # Qt's own lists lay out a round later, and paint in the next
            app.processEvents()
        times[name].append((time.thread_time() - started) * 1000)
        _wait(20)  # nothing of it is left for what comes next

    for view in ("board", "list"):
        page.tools.view.set_current(view)
        page._show()
        _wait(300)
        for text in texts:
            for length in (*range(1, len(text) + 1), 0):
                timed(view, partial(page.tools.words.setText, text[:length]))
                timed("plain", partial(plain.look_for, text[:length]))
    program.window.close()
    _wait(50)
    return {**times, "devices": sum(len(one.cards) for one in page._presenter.columns())}


def paint(place: str) -> dict[str, Any]:
    """Thirty rows of results, and a table of C++ items with four columns, painted in turn."""
    from posapp.ui.front_desk.lists import FinderDelegate, Match, RowsView
    from posapp.ui.wording import Wording
    from tests.benchmarks.shops import opened

    _, program = _program(place)
    with opened(place) as (shop, actor):
        hits = shop.search.search(actor, "ma", limit=30).hits
        wording = Wording.of(shop.businesses.get(actor), shop.store.clock)
    host = QWidget()
    ours = RowsView("Matches", FinderDelegate(wording, host))
    ours.rows.show_rows([Match(hit, "ma", None) for hit in hits])
    theirs = QTableWidget(len(hits), 4)
    theirs.verticalHeader().hide()
    theirs.horizontalHeader().hide()
    for row, hit in enumerate(hits):
        cells = (hit.number, hit.name, hit.phone.key if hit.phone else "", hit.email)
        for column, text in enumerate(cells):
            theirs.setItem(row, column, QTableWidgetItem(text))
    views: tuple[QListView | QTableWidget, ...] = (ours, theirs)
    for view in views:
        view.resize(600, 30 * 62)
        view.show()
    _wait(200)
    times: dict[str, list[float]] = {"ours": [], "theirs": []}
    for _ in range(200):
        for name, view in zip(times, views, strict=True):
            started = time.perf_counter()
            view.viewport().repaint()
            times[name].append((time.perf_counter() - started) * 1000)
    program.lanes.close()
    return {**times, "rows": len(hits)}


TASKS: dict[str, Callable[..., dict[str, Any]]] = {
    "empty": empty, "start": start, "keys": keys, "scan": scan, "paint": paint,
    "board-keys": board_keys,
}  # fmt: skip

if __name__ == "__main__":
    print(json.dumps(TASKS[sys.argv[1]](*sys.argv[2:])), flush=True)
    os._exit(0)  # the figures are out; taking Qt apart is not measured

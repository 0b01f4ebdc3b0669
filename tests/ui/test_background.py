import json
import sqlite3
import sys
import threading
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from posapp.domain.base.errors import DomainError, EnvironmentFault
from posapp.threads import on_window_thread
from posapp.ui.background import ChildProcess, Errands, Lane, Lanes


def unwanted(answer: object) -> None:
    pytest.fail(f"unexpected: {answer!r}")


def nothing(_answer: object) -> None:
    """An answer that nobody needs."""


def test_answers_come_on_the_thread_that_asked_and_in_order(qtbot: QtBot, lanes: Lanes) -> None:
    said: list[tuple[int, bool]] = []

    def note(result: int) -> None:
        said.append((result, threading.current_thread() is threading.main_thread()))

    for number in range(5):
        lanes.database.run(partial(int, number), done=note, failed=unwanted)
    qtbot.waitUntil(lambda: not lanes.is_busy)
    assert said == [(number, True) for number in range(5)]


def test_a_lane_keeps_one_thread_so_that_a_connection_stays(qtbot: QtBot, lanes: Lanes) -> None:
    kept = threading.local()

    def work() -> tuple[int, bool]:
        is_new = not hasattr(kept, "connection")
        kept.connection = getattr(kept, "connection", None) or sqlite3.connect(":memory:")
        kept.connection.execute("select 1")
        return threading.get_ident(), is_new

    said: list[tuple[int, bool]] = []
    for _ in range(3):
        lanes.search.run(work, done=said.append, failed=unwanted)
    lanes.search.run(
        lambda: kept.connection.close(),  # noqa: PLW0108 - the lane's own
        done=nothing,
        failed=unwanted,
    )
    qtbot.waitUntil(lambda: not lanes.is_busy)
    assert len({thread for thread, _ in said}) == 1
    assert [is_new for _, is_new in said] == [True, False, False]


def test_a_lane_has_done_on_the_windows_thread_what_it_must_not_do_itself(qtbot: QtBot, lanes: Lanes) -> None:
    def work() -> list[int]:
        return [threading.get_ident(), on_window_thread(threading.get_ident)]

    said: list[list[int]] = []
    lanes.paper.run(work, done=said.append, failed=unwanted)
    qtbot.waitUntil(lambda: bool(said))
    assert said[0][0] != threading.get_ident() == said[0][1]


def test_an_error_of_an_errand_comes_back_to_the_lane(qtbot: QtBot, lanes: Lanes) -> None:
    def refuse() -> None:
        raise DomainError("no_font", "No font has this letter.")

    failed: list[Exception] = []
    lanes.paper.run(lambda: on_window_thread(refuse), done=unwanted, failed=failed.append)
    qtbot.waitUntil(lambda: bool(failed))
    assert str(failed[0]) == "No font has this letter."


def test_lanes_that_wait_for_the_window_and_for_each_other_end_when_it_closes(qtbot: QtBot) -> None:
    """The database lane waits for a lock that the paper lane holds while it waits for the window."""
    made, lock, kept = Lanes(), threading.Lock(), list[str]()
    has_lock = threading.Event()

    def paper() -> None:
        with lock:
            has_lock.set()
            for _ in range(20):
                on_window_thread(int)
        kept.append("paper")

    def record() -> None:
        has_lock.wait()
        with lock:
            kept.append("record")

    made.paper.run(paper, done=nothing, failed=unwanted)
    made.database.run(record, done=nothing, failed=unwanted)
    assert made.close()
    assert kept == ["paper", "record"]


def test_a_job_that_was_broken_off_in_place_of_another_is_done_again(qtbot: QtBot, lanes: Lanes) -> None:
    """The job that was to be interrupted ended a moment before, and this one ran already."""
    times: list[int] = []

    def read() -> int:
        times.append(1)
        if len(times) == 1:
            raise EnvironmentFault("interrupted", "Stopped.")
        return 7

    said: list[int] = []
    lanes.search.run(read, done=said.append, failed=unwanted, topic="scan")
    qtbot.waitUntil(lambda: bool(said))
    assert said == [7]


def test_what_a_lane_wants_of_a_window_that_is_closed_is_refused(qtbot: QtBot) -> None:
    errands = Errands()
    errands.close()
    refused: list[str] = []

    def ask() -> None:
        try:
            errands.call(int)
        except EnvironmentFault as fault:
            refused.append(fault.code)

    worker = threading.Thread(target=ask)
    worker.start()
    worker.join()
    assert refused == ["window_busy"]


def test_a_refusal_goes_to_failed_and_to_nobody_else(
    qtbot: QtBot, lanes: Lanes, monkeypatch: pytest.MonkeyPatch
) -> None:
    hooked: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda *args: hooked.append(args))

    def refuse() -> None:
        raise DomainError("slot_taken", "Another till took this time.")

    failed: list[Exception] = []
    lanes.database.run(refuse, done=unwanted, failed=failed.append)
    qtbot.waitUntil(lambda: bool(failed))
    assert str(failed[0]) == "Another till took this time."
    assert hooked == []


def test_a_bug_goes_to_failed_and_to_the_crash_hook(
    qtbot: QtBot, lanes: Lanes, monkeypatch: pytest.MonkeyPatch
) -> None:
    hooked: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: hooked.append(kind))
    failed: list[Exception] = []
    lanes.database.run(lambda: 1 // 0, done=unwanted, failed=failed.append)
    qtbot.waitUntil(lambda: bool(failed))
    assert isinstance(failed[0], ZeroDivisionError)
    assert hooked == [ZeroDivisionError]


def test_newer_work_of_a_topic_drops_and_breaks_off_the_older(qtbot: QtBot) -> None:
    begun, go_on, interrupted = threading.Event(), threading.Event(), []

    def interrupt() -> None:
        interrupted.append(True)
        go_on.set()

    lane = Lane("search", interrupt=interrupt)

    def slow() -> str:
        begun.set()
        go_on.wait(10)
        return "old"

    said: list[str] = []
    lane.run(slow, done=said.append, failed=unwanted, topic="text")
    assert begun.wait(10)
    lane.run(lambda: "waiting", done=said.append, failed=unwanted, topic="text")
    lane.run(lambda: "new", done=said.append, failed=unwanted, topic="text")
    qtbot.waitUntil(lambda: not lane.is_busy)
    assert said == ["new"]
    assert interrupted == [True]
    assert lane.close()


def test_closing_finishes_what_was_given_and_delivers_nothing(qtbot: QtBot) -> None:
    lane, done = Lane("database"), []
    lane.run(lambda: done.append("saved"), done=lambda _: done.append("told"), failed=unwanted)
    assert lane.close()
    qtbot.waitUntil(lambda: not lane.is_busy)
    assert done == ["saved"]
    assert lane.run(lambda: done.append("late"), done=unwanted, failed=unwanted) == 0
    assert not lane.is_busy
    assert done == ["saved"]


def test_a_worker_never_frees_what_the_window_gave_it(qtbot: QtBot, lanes: Lanes) -> None:
    freed_on: list[bool] = []

    class Tracked:
        def __del__(self) -> None:
            freed_on.append(threading.current_thread() is threading.main_thread())

    for _ in range(200):
        thing, other = Tracked(), Tracked()
        lanes.database.run(partial(id, thing), done=partial(lambda kept, _: None, other), failed=unwanted)
        del thing, other
    qtbot.waitUntil(lambda: len(freed_on) == 400)
    assert all(freed_on)


def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> ChildProcess:
    """A stand-in for `posapp` that is found first on the child's path."""
    package = tmp_path / "posapp"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(body, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return ChildProcess()


def test_a_child_tells_its_steps_and_its_last_sentence(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = (
        "import json, sys\n"
        "assert sys.argv[1:] == ['backup', '--progress']\n"
        "for step in (1, 2): print(json.dumps({'step': step}), file=sys.stderr, flush=True)\n"
        "print('Backup written.')\n"
    )
    steps: list[object] = []
    child = command(tmp_path, monkeypatch, body)
    child.progress.connect(steps.append)
    with qtbot.waitSignal(child.finished, timeout=20_000) as end:
        child.start(["backup"])
    assert steps == [json.loads('{"step": 1}'), {"step": 2}]
    assert end.args == [True, "Backup written."]


def test_a_child_that_fails_gives_its_sentence(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = command(tmp_path, monkeypatch, "import sys; sys.exit('The disk is full.')")
    with qtbot.waitSignal(child.finished, timeout=20_000) as end:
        child.start(["backup"])
    assert end.args == [False, "The disk is full."]


def test_a_cancelled_child_ends(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body = "import sys, time\nprint('{}', file=sys.stderr, flush=True)\ntime.sleep(60)\n"
    child = command(tmp_path, monkeypatch, body)
    with qtbot.waitSignal(child.progress, timeout=20_000):
        child.start(["demo"])
    with qtbot.waitSignal(child.finished, timeout=20_000) as end:
        child.cancel()
    assert end.args == [False, "Stopped."]

"""Questions and changes reach the lanes, late answers never come, and an error has its words."""

import threading
from collections.abc import Iterator
from types import SimpleNamespace
from typing import cast

import pytest
from pytestqt.qtbot import QtBot

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.ui.background import Lanes
from posapp.ui.own_writes import OwnWrites
from posapp.ui.presenter import Presenter, code_of, sentence_of
from posapp.ui.session import Session
from posapp.ui.window.undo import Turn


class Asking(Presenter):
    topic = "asking"


@pytest.fixture
def session(lanes: Lanes) -> Session:
    made = SimpleNamespace(
        shop="shop", actor=Actor(1, "Till 1"), lanes=lanes, own=OwnWrites(), ask_manager=None
    )
    return cast(Session, made)


@pytest.fixture
def presenter(session: Session) -> Asking:
    return Asking(session)


@pytest.fixture
def gate(lanes: Lanes) -> Iterator[threading.Event]:
    """Holds the database lane until it is set."""
    made = threading.Event()
    lanes.database.run(made.wait, done=lambda _none: None, failed=lambda _error: None)
    yield made
    made.set()


def wait(qtbot: QtBot, session: Session) -> None:
    qtbot.waitUntil(lambda: not session.lanes.is_busy)


def test_a_question_gets_shop_and_actor_of_its_time(
    qtbot: QtBot, session: Session, presenter: Asking, gate: threading.Event
) -> None:
    got: list[str] = []
    presenter.read(lambda shop, actor: f"{shop} {actor.till}", got.append)
    presenter.do(lambda shop, actor: f"{shop} {actor.till}", got.append)
    session.actor = Actor(2, "Till 2")
    gate.set()
    wait(qtbot, session)
    assert got == ["shop Till 1", "shop Till 1"]


def test_a_newer_question_drops_the_answer_of_the_older_one(
    qtbot: QtBot, session: Session, presenter: Asking, gate: threading.Event
) -> None:
    got: list[int] = []
    presenter.read(lambda _shop, _actor: 1, got.append)
    presenter.read(lambda _shop, _actor: 2, got.append)
    presenter.read(lambda _shop, _actor: 3, got.append, topic="other")
    Asking(session).read(lambda _shop, _actor: 4, got.append)
    gate.set()
    wait(qtbot, session)
    assert got == [2, 3, 4]


def test_what_is_forgotten_is_never_answered(
    qtbot: QtBot, session: Session, presenter: Asking, gate: threading.Event
) -> None:
    got: list[int] = []
    presenter.read(lambda _shop, _actor: 1, got.append)
    presenter.read(lambda _shop, _actor: 2, got.append, topic="other")
    presenter.forget()
    gate.set()
    wait(qtbot, session)
    assert got == [2]


def test_what_changes_something_is_always_answered_in_order(
    qtbot: QtBot, session: Session, presenter: Asking, gate: threading.Event
) -> None:
    got: list[int] = []
    presenter.do(lambda _shop, _actor: 1, got.append)
    presenter.do(lambda _shop, _actor: 2, got.append)
    gate.set()
    wait(qtbot, session)
    assert got == [1, 2]


def test_what_follows_a_save_is_done_on_the_lane_and_only_if_it_was_saved(
    qtbot: QtBot, session: Session, presenter: Asking
) -> None:
    where: list[str] = []

    def refuse(_shop: object, _actor: object) -> None:
        raise DomainError("no", "No.")

    def saved() -> None:
        where.append(threading.current_thread().name)

    presenter.do(refuse, saved=saved)
    presenter.do(lambda _shop, _actor: None, saved=saved)
    wait(qtbot, session)
    assert where == ["lane-database"]


def test_a_record_follows_what_this_window_wrote_and_never_what_another_till_did(
    qtbot: QtBot, session: Session, presenter: Asking
) -> None:
    version, errors = [1], list[str]()

    def change(_shop: object, _actor: object, seen: int | None) -> int:
        if seen not in (None, version[0]):
            raise DomainError("changed_elsewhere", "Look again.")
        version[0] += 1
        return version[0]

    def ask(*, always: bool = False) -> None:
        presenter.write(
            "B1", 1, change, int, failed=lambda error: errors.append(code_of(error)), always=always
        )
        wait(qtbot, session)

    ask()
    ask()
    assert (version, errors) == ([3], [])
    version[0] = 9
    ask()
    assert errors == ["changed_elsewhere"]
    ask(always=True)
    assert (version, errors) == ([10], ["changed_elsewhere"])


def test_a_step_back_tells_its_turn_how_it_went(qtbot: QtBot, session: Session, presenter: Asking) -> None:
    said: list[str] = []
    turn = Turn(lambda: said.append("done"), lambda error: said.append(sentence_of(error)))
    presenter.turn(lambda _shop, _actor: None)(turn)
    wait(qtbot, session)
    assert said == ["done"]


def test_an_error_of_the_shop_speaks_and_a_bug_does_not() -> None:
    refusal = DomainError("past", "This time is past.")
    assert (sentence_of(refusal), code_of(refusal)) == ("This time is past.", "past")
    assert (sentence_of(KeyError("x")), code_of(KeyError("x"))) == ("That did not work.", "")
    assert sentence_of(KeyError("x"), "The board cannot be read.") == "The board cannot be read."

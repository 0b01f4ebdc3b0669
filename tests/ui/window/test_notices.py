from functools import partial

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from posapp.domain.base.errors import DomainError
from posapp.ui.theme import Theme
from posapp.ui.window.notices import Message, Notices, Step
from posapp.ui.window.toast import Toast
from posapp.ui.window.undo import Turn, at_once


def test_the_last_twenty_messages_are_kept_newest_first(qapp: object) -> None:
    notices = Notices()
    for number in range(25):
        notices.status(f"message {number}")
    assert [message.text for message in notices.messages()][:2] == ["message 24", "message 23"]
    assert len(notices.messages()) == 20


class Log:
    """Steps that note what was taken back and done again."""

    def __init__(self) -> None:
        self.notices, self.done, self.turns = Notices(), list[str](), list[Turn]()

    def do(self, name: str, *, redo: bool = True) -> None:
        """A step that is taken back at once."""
        self.notices.toast(
            name,
            undo=at_once(partial(self.done.append, f"-{name}")),
            redo=at_once(partial(self.done.append, f"+{name}")) if redo else None,
        )

    def do_slowly(self, name: str) -> None:
        """A step whose desk answers later."""
        self.notices.toast(name, undo=self.turns.append, redo=self.turns.append)

    def said(self) -> str:
        return self.notices.messages()[0].text


@pytest.fixture
def log(qapp: object) -> Log:
    return Log()


def test_twenty_steps_can_be_undone_newest_first(log: Log) -> None:
    for number in range(22):
        log.do(f"step {number}")
    assert log.notices.steps.last is not None
    assert log.notices.steps.last.text == "step 21"
    while log.notices.undo_last():
        pass
    assert log.done == [f"-step {number}" for number in range(21, 1, -1)]
    while log.notices.redo_last():
        pass
    assert log.done[20:] == [f"+step {number}" for number in range(2, 22)]
    assert log.notices.steps.last is not None
    assert log.notices.steps.last.text == "step 21"


def test_what_is_undone_and_done_again_is_named(log: Log) -> None:
    log.do("T12: ready")
    assert log.notices.undo_last()
    assert log.said() == "Undone: T12: ready"
    assert log.notices.redo_last()
    assert log.said() == "Done again: T12: ready"
    assert log.done == ["-T12: ready", "+T12: ready"]


def test_a_new_step_leaves_nothing_to_do_again(log: Log) -> None:
    log.do("one")
    log.do("two")
    log.notices.undo_last()
    log.do("three")
    assert not log.notices.redo_last()
    log.notices.undo_last()
    log.notices.undo_last()
    assert log.done == ["-two", "-three", "-one"]
    assert not log.notices.undo_last()


def test_what_cannot_be_done_again_is_only_taken_back(log: Log) -> None:
    log.do("one", redo=False)
    log.do("two")
    assert log.notices.undo_last()
    assert log.notices.undo_last()
    assert log.notices.redo_last()
    assert not log.notices.redo_last()
    assert log.done == ["-two", "-one", "+two"]


def test_a_step_that_is_refused_says_why_and_is_gone(log: Log) -> None:
    log.do("one")
    log.do_slowly("two")
    assert log.notices.undo_last()
    assert not log.notices.undo_last()  # the answer is still out
    log.turns[0].failed(DomainError("changed_elsewhere", "T12 was changed by Till 2 a moment ago."))
    log.turns[0].done()
    assert log.said() == "Not undone: two. T12 was changed by Till 2 a moment ago."
    assert not log.notices.redo_last()
    assert log.notices.undo_last()
    assert log.done == ["-one"]


def test_the_button_of_a_toast_and_the_key_undo_only_once(log: Log) -> None:
    toasts: list[Message] = []
    log.notices.toasted.connect(toasts.append)
    log.do("B319 booked")
    undo = toasts[0].steps[-1]
    undo.run()
    undo.run()
    assert not log.notices.undo_last()
    assert log.done == ["-B319 booked"]


def test_another_user_or_database_has_nothing_to_take_back(log: Log) -> None:
    log.do("one")
    log.do("two")
    log.notices.undo_last()
    log.notices.forget_undo()
    assert not log.notices.undo_last()
    assert not log.notices.redo_last()


@pytest.mark.parametrize(
    ("page", "customer", "is_elsewhere"),
    [("board", None, False), ("board", 5, False), ("board", 7, True), ("desk", None, True)],
)
def test_a_step_belongs_to_its_screen_and_customer(
    log: Log, page: str, customer: int | None, is_elsewhere: bool
) -> None:
    log.notices.where = lambda: ("board", 5)
    log.do("one")
    log.notices.where = lambda: (page, customer)
    assert log.notices.belongs_elsewhere() is is_elsewhere


def test_a_notice_that_is_raised_again_is_listed_once(qtbot: QtBot) -> None:
    notices = Notices()
    notices.raise_notice("The printer does not answer.", region="printer")
    notices.raise_notice("The printer does not answer.", region="printer")
    assert len(notices.messages()) == 1
    with qtbot.waitSignal(notices.notice_withdrawn) as told:
        notices.withdraw("printer")
    assert told.args == ["printer"]
    with qtbot.assertNotEmitted(notices.notice_withdrawn):
        notices.withdraw("printer")


def test_a_toast_with_a_step_shows_its_whole_sentence_also_after_a_shorter_one(
    qtbot: QtBot, look: Theme
) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1000, 700)
    host.show()
    toast = Toast(host)
    toast.show_message(Message("Draft kept", "success"))
    toast.show_message(Message("T73: ready", "success", (Step("Undo", lambda: None),)))
    assert toast.width() == toast.sizeHint().width()
    for words in toast.findChildren(QLabel):
        assert words.width() >= words.sizeHint().width()

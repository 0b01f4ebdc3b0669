from functools import partial

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from posapp.ui.notices import Message, Notices, Step
from posapp.ui.theme import Theme
from posapp.ui.widgets.messages import Toast


def test_the_last_twenty_messages_are_kept_newest_first(qapp: object) -> None:
    notices = Notices()
    for number in range(25):
        notices.status(f"message {number}")
    assert [message.text for message in notices.messages()][:2] == ["message 24", "message 23"]
    assert len(notices.messages()) == 20


def test_twenty_steps_can_be_undone_newest_first(qapp: object) -> None:
    notices, done = Notices(), list[int]()
    for number in range(22):
        notices.toast(f"step {number}", undo=partial(done.append, number))
    assert notices.undo_text() == "step 21"
    while notices.undo_last():
        pass
    assert done == list(range(21, 1, -1))


def test_the_button_of_a_toast_and_the_key_undo_only_once(qapp: object) -> None:
    notices, done, toasts = Notices(), list[str](), list[Message]()
    notices.toasted.connect(toasts.append)
    notices.toast("B319 booked", undo=lambda: done.append("B319"))
    undo = toasts[0].steps[-1]
    undo.run()
    undo.run()
    assert not notices.undo_last()
    assert done == ["B319"]


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

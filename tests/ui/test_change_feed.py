import threading

from pytestqt.qtbot import QtBot

from posapp.domain.base.journal import Change
from posapp.services.base.changes import Changes
from posapp.ui.change_feed import ChangeFeed


def test_a_commit_on_any_thread_is_told_on_the_thread_of_the_window(qtbot: QtBot) -> None:
    changes, feed = Changes(), ChangeFeed()
    heard: list[tuple[list[Change], bool]] = []
    feed.changed.connect(
        lambda said: heard.append((said, threading.current_thread() is threading.main_thread()))
    )
    feed.listen_to(changes)
    change = Change("booking", 7)
    worker = threading.Thread(target=changes.publish, args=([change],))
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [([change], True)]


def test_after_stop_nothing_is_told(qtbot: QtBot) -> None:
    changes, feed = Changes(), ChangeFeed()
    feed.listen_to(changes)
    feed.stop()
    with qtbot.assertNotEmitted(feed.changed, wait=0):
        changes.publish([Change("booking", 7)])

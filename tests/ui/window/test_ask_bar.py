"""The question over the foot of a screen."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from posapp.ui.theme import Theme
from posapp.ui.window.ask_bar import AskBar


def test_a_missing_reason_is_said_below_a_field_of_full_height(
    show: Callable[[QWidget], QWidget], look: Theme, qtbot: QtBot
) -> None:
    host = QWidget()
    host.resize(380, 600)
    show(host)
    given: list[str] = []
    bar = AskBar(host)
    bar.say(
        "Fairphone 5 goes back to waiting for parts. Why?", answer=given.append, word="Move it", tone="info"
    )
    field = bar.reason.editor
    before = field.height()
    bar.buttons()[0].click()
    qtbot.waitUntil(lambda: bar.reason.height() > before + look.line("small"))
    qtbot.waitUntil(lambda: field.height() == before)
    assert bar.geometry().bottom() <= host.height()
    qtbot.keyClicks(field, "No display")
    bar.buttons()[0].click()
    assert given == ["No display"]

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from posapp.ui.scanner import Scanner
from posapp.ui.widgets.pad_key import PadKey
from posapp.ui.widgets.pin_pad import PinPad
from tests.ui.wedge import Wedge


@pytest.fixture
def pad(show: Callable[[QWidget], QWidget]) -> PinPad:
    made = PinPad(6)
    show(made)
    made.setFocus()
    return made


@pytest.fixture
def typed(pad: PinPad) -> list[str]:
    heard: list[str] = []
    pad.typed.connect(heard.append)
    return heard


@pytest.fixture
def scans(pad: PinPad) -> Iterator[list[str]]:
    heard: list[str] = []
    scanner = Scanner(pad)
    scanner.scanned.connect(heard.append)
    yield heard
    scanner.deleteLater()


def filled(pad: PinPad) -> str:
    return pad.dots.accessibleDescription()


def test_the_last_digit_tells_the_pin_once(pad: PinPad, typed: list[str], qtbot: QtBot) -> None:
    qtbot.keyClicks(pad.dots, "27194")
    assert (typed, filled(pad)) == ([], "5 of 6 digits")
    qtbot.keyClicks(pad.dots, "6")
    qtbot.waitUntil(lambda: typed == ["271946"])
    assert pad.dots.text() == ""


def test_fingers_and_keypad_type_and_take_back_like_keys(pad: PinPad, typed: list[str], qtbot: QtBot) -> None:
    keys = {key.text() or "back": key for key in pad.findChildren(PadKey)}
    for name in ("2", "9", "back", "7", "1"):
        keys[name].click()
    for digit in "946":
        qtbot.keyClick(pad.dots, digit, Qt.KeyboardModifier.KeypadModifier)
    qtbot.waitUntil(lambda: typed == ["271946"])
    pad.clear()
    keys["3"].click()
    keys["Clear"].click()
    qtbot.keyClicks(pad.dots, "88")
    qtbot.keyClick(pad.dots, Qt.Key.Key_Backspace)
    assert filled(pad) == "1 of 6 digits"
    qtbot.keyClick(pad.dots, Qt.Key.Key_Escape)
    assert filled(pad) == "0 of 6 digits"
    for digit in "271946":
        keys[digit].click()
    assert typed == ["271946", "271946"]


def test_a_wrong_pin_is_said_until_the_next_digit(pad: PinPad, typed: list[str], qtbot: QtBot) -> None:
    qtbot.keyClicks(pad.dots, "271946")
    qtbot.waitUntil(lambda: bool(typed))
    pad.show_wrong("PIN not right, 4 tries left.")
    said = next(one for one in pad.findChildren(QLabel) if "4 tries" in one.text())
    qtbot.keyClicks(pad.dots, "2")
    assert (said.text(), filled(pad)) == ("", "1 of 6 digits")


def test_digits_typed_while_one_is_looked_at_belong_to_the_next_try(
    pad: PinPad, typed: list[str], qtbot: QtBot
) -> None:
    for digit in "271946":
        pad.press(digit)
    qtbot.keyClicks(pad.dots, "55")
    assert typed == ["271946"]
    pad.show_wrong("PIN not right.")
    assert filled(pad) == "2 of 6 digits"
    qtbot.keyClicks(pad.dots, "1234")
    qtbot.waitUntil(lambda: typed == ["271946", "551234"])
    pad.clear()
    assert filled(pad) == "0 of 6 digits"


def test_other_shops_have_shorter_pins(pad: PinPad, typed: list[str], qtbot: QtBot) -> None:
    pad.set_length(4)
    qtbot.keyClicks(pad.dots, "2719")
    qtbot.waitUntil(lambda: typed == ["2719"])


def test_a_scan_is_never_a_pin(pad: PinPad, typed: list[str], scans: list[str], qtbot: QtBot) -> None:
    wedge = Wedge(pad)
    qtbot.keyClicks(pad.dots, "27")
    for code in ("BADGE-A2B3C4D5E6F7G8H9J2K3L4M5", "5391510000017"):
        wedge.rest()
        wedge.scan(code)
        assert (scans.pop(), filled(pad)) == (code, "2 of 6 digits")
    qtbot.keyClicks(pad.dots, "1946")
    qtbot.waitUntil(lambda: typed == ["271946"])


def test_digits_of_a_scanner_that_presses_no_key_afterwards_are_no_pin(
    pad: PinPad, typed: list[str], qtbot: QtBot
) -> None:
    qtbot.keyClicks(pad.dots, "5391510000017")
    qtbot.waitUntil(lambda: filled(pad) == "0 of 6 digits")
    assert typed == []


def test_letters_are_told_and_digits_stay(pad: PinPad, typed: list[str], qtbot: QtBot) -> None:
    heard: list[str] = []
    pad.lettered.connect(heard.append)
    qtbot.keyClicks(pad.dots, "2")
    qtbot.keyClicks(pad.dots, "gra")
    qtbot.waitUntil(lambda: heard == ["gra"])
    assert filled(pad) == "1 of 6 digits"


def test_a_badge_of_a_slow_scanner_needs_enter(pad: PinPad, typed: list[str], qtbot: QtBot) -> None:
    heard: list[str] = []
    pad.entered.connect(heard.append)
    qtbot.keyClicks(pad.dots, "BADGE-A2")
    qtbot.keyClick(pad.dots, Qt.Key.Key_Return)
    assert (heard, typed, filled(pad)) == (["BADGE-A2"], [], "0 of 6 digits")

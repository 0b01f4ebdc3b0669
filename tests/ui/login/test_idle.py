"""How long nobody has touched anything."""

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from posapp.ui.login.idle import Idle


def _idle(parent: QObject, minutes: int) -> tuple[Idle, list[float], list[bool]]:
    idle, clock, passed = Idle(lambda: minutes, parent), [100.0], list[bool]()
    idle.seconds = lambda: clock[0]
    idle.passed.connect(lambda: passed.append(True))
    idle.begin()
    return idle, clock, passed


def test_it_tells_once_the_minutes_are_over(show) -> None:
    field = show(QLineEdit())
    idle, clock, passed = _idle(field, 5)
    clock[0] += 299
    idle.look()
    assert passed == []
    clock[0] += 1
    idle.look()
    idle.look()
    assert passed == [True]
    idle.stop()


def test_keys_and_mouse_begin_it_anew_and_0_is_never(show) -> None:
    field = show(QLineEdit())
    idle, clock, passed = _idle(field, 1)
    clock[0] += 50
    window = field.window().windowHandle()
    QTest.keyClick(window, Qt.Key.Key_A)
    clock[0] += 50
    idle.look()
    assert passed == []
    at, none = QPointF(1, 1), Qt.MouseButton.NoButton
    moved = QMouseEvent(QEvent.Type.MouseMove, at, at, none, none, Qt.KeyboardModifier.NoModifier)
    QGuiApplication.sendEvent(window, moved)
    clock[0] += 59
    idle.look()
    assert passed == []
    idle.stop()
    never, clock, passed = _idle(field, 0)
    clock[0] += 1e9
    never.look()
    assert passed == []
    never.stop()

"""Where Tab leads in a form, and where it has to: through everything that is shown, as it is read."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QWidget

from posapp.ui.focus_filter import focused

_MOST = 80


def stops_of(form: QWidget) -> list[QWidget]:
    """Every part that is shown and takes the focus by Tab, from top to bottom and along each line."""
    parts = [one for one in form.findChildren(QWidget) if one.isVisibleTo(form) and one.isEnabled()]
    takers = [
        one for one in parts if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.focusProxy() is None
    ]
    inner = [one for one in takers if any(two is not one and two.isAncestorOf(one) for two in takers)]
    read = sorted((one for one in takers if one not in inner), key=lambda one: _place(form, one))
    return _lines(form, read)


def _lines(form: QWidget, read: list[QWidget]) -> list[QWidget]:
    """Buttons of different heights that end on one line are read along it."""
    for _ in read:
        for place, (one, two) in enumerate(pairwise(read)):
            if _foot(form, one) == _foot(form, two) and _left(form, two) < _left(form, one):
                read[place : place + 2] = [two, one]
    return read


def _foot(form: QWidget, widget: QWidget) -> int:
    return widget.mapTo(form, QPoint(0, widget.height())).y()


def _left(form: QWidget, widget: QWidget) -> int:
    return widget.mapTo(form, QPoint(0, 0)).x()


def _place(form: QWidget, widget: QWidget) -> tuple[int, int, int]:
    """Where it is read; what scrolls stands where its area does, however far down it lies in it."""
    areas = [one for one in form.findChildren(QScrollArea) if one.isAncestorOf(widget)]
    host = (areas[0].widget() if areas else form) or form
    above = areas[0].mapTo(form, QPoint(0, 0)).y() if areas else 0
    middle = widget.mapTo(host, QPoint(0, min(widget.height(), 30) // 2))
    return (above // 8, middle.y() // 8, middle.x()) if areas else (middle.y() // 8, 0, middle.x())


def tabbed(form: QWidget, first: QWidget) -> list[QWidget]:
    """Where Tab leads from `first` until it leaves the form or comes round."""
    first.setFocus(Qt.FocusReason.TabFocusReason)
    been: list[QWidget] = []
    for _ in range(_MOST):
        now = focused()
        if now is None or now in been or not form.isAncestorOf(now):
            break
        been.append(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
    return been


def words_of(stops: Sequence[QWidget]) -> list[str]:
    """How the parts are called."""
    return [one.accessibleName() or getattr(one, "text", lambda: "")() for one in stops]


def assert_tab_reads(form: QWidget, last: Sequence[QWidget] = ()) -> list[str]:
    """Tab goes through everything as it is read; `last` stand elsewhere and come at the end."""
    expected = [one for one in stops_of(form) if one not in last]
    expected += [one for one in last if one.isVisibleTo(form)]
    been = tabbed(form, expected[0])
    assert words_of(been) == words_of(expected), f"Tab goes {words_of(been)}, read is {words_of(expected)}"
    return words_of(been)

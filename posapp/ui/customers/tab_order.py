"""The order of Tab, where parts of a form come and go while it is open."""

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def chain(stops: Iterable[QWidget]) -> None:
    """Let Tab go through these one after the other."""
    for first, second in pairwise(stops):
        QWidget.setTabOrder(first, second)


def stops_in(host: QWidget) -> list[QWidget]:
    """Everything in `host` that Tab can reach, in the order in which it was made."""
    parts = host.findChildren(QWidget)
    return [part for part in parts if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisibleTo(host)]

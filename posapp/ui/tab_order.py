"""The order of Tab, where parts of a form come and go while it is open."""

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def chain(stops: Iterable[QWidget]) -> None:
    """Let Tab go through these one after the other."""
    ordered = []
    for stop in stops:
        # Qt moves no widget without a focus policy, not even one that hands the focus on.
        if stop.focusProxy() is not None and stop.focusPolicy() == Qt.FocusPolicy.NoFocus:
            stop.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # One that takes no focus at all (a group that has no choices yet) would break the chain in two.
        if stop.focusPolicy() != Qt.FocusPolicy.NoFocus:
            ordered.append(stop)
    for first, second in pairwise(ordered):
        QWidget.setTabOrder(first, second)


def stops_in(host: QWidget) -> list[QWidget]:
    """Everything in `host` that Tab can reach while it is shown, in the order in which it was made.

    A field hands the focus on to its editor and is a stop for Tab itself, so it stands for its editor here:
    moving only the editor would leave a second way to it somewhere else in the order.
    """
    window = host.window()
    parts = [part for part in host.findChildren(QWidget) if part.window() is window]  # no popup of a part
    fields = [part for part in parts if (inner := part.focusProxy()) and part.isAncestorOf(inner)]
    stops = []
    for part in parts:
        is_inside = any(field.isAncestorOf(part) for field in fields)
        if part in fields or (part.focusPolicy() & Qt.FocusPolicy.TabFocus and not is_inside):
            stops.append(part)
    return stops


def stops_below(layout: QLayout) -> list[QWidget]:
    """What Tab can reach in rows that are made anew, from top to bottom."""
    hosts = [item.widget() for place in range(layout.count()) if (item := layout.itemAt(place))]
    return [stop for host in hosts if host is not None for stop in stops_in(host)]

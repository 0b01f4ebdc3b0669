"""A chart and the table of the same figures in one place, of which one is seen: Alt+T swaps them."""

from PySide6.QtWidgets import QWidget

from posapp.ui.focus_filter import focused
from posapp.ui.widgets.stack import Stack


class Swapped(Stack):
    """`first` is seen first."""

    def __init__(self, first: QWidget, second: QWidget | None) -> None:
        super().__init__()
        for one in (first, second):
            if one is not None:
                self.addWidget(one)

    @property
    def has_two(self) -> bool:
        """Whether there is anything to swap."""
        return self.count() > 1

    def swap(self) -> None:
        """Show the other one; the focus goes with it."""
        now = focused()
        had_focus = now is not None and self.isAncestorOf(now)
        self.setCurrentIndex(1 - self.currentIndex())
        if had_focus:
            self.shown().setFocus()

    def shown(self) -> QWidget:
        """The one that is seen."""
        now = self.currentWidget()
        assert now is not None
        return now

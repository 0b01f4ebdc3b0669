"""How the screen of a ticket is laid out: head and states above, three columns below.

In a narrow window the right column waits behind Ctrl+. and lies over the edge when it is asked for.
"""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from posapp.ui.layout import put, rows, sides, wide
from posapp.ui.theme import theme
from posapp.ui.ticket.aside import Aside
from posapp.ui.ticket.head import Head
from posapp.ui.ticket.tabs import DeviceTabs
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.labels import line

_LEFT, _MIDDLE, _RIGHT, _WIDEST, _OVER = 340, 528, 362, 440, 400


class TicketFrame(QWidget):
    """Holds the parts; knows nothing of tickets."""

    def __init__(
        self,
        head: Head,
        notice: QWidget,
        tabs: DeviceTabs,
        views: QStackedWidget,
        middle: QWidget,
        aside: Aside,
    ) -> None:
        super().__init__()
        self.aside = aside
        self._is_narrow = False
        device = Card()
        put(device.body, tabs, line(), wide(views))
        device.setMaximumWidth(theme().px(_WIDEST))
        aside.setMaximumWidth(theme().px(_WIDEST))
        self._columns = sides(wide(device, _LEFT), wide(middle, _MIDDLE), wide(aside, _RIGHT), gap=12)
        for part, least in ((device, 240), (middle, 400), (aside, 240)):
            part.setMinimumWidth(theme().px(least))
        rows(head, notice, wide(self._columns), gap=12, pad=16, host=self)

    def set_narrow(self, is_narrow: bool) -> None:
        """The right column lies over the others on demand, or stands beside them."""
        if is_narrow == self._is_narrow:
            return
        self._is_narrow = is_narrow
        if is_narrow:
            self._columns.removeWidget(self.aside)
            self.aside.hide()
        else:
            self._columns.addWidget(self.aside, _RIGHT)
            self.aside.show()

    @property
    def lies_over(self) -> bool:
        """Whether the right column lies over the others now."""
        return self._is_narrow and not self.aside.isHidden()

    def show_aside(self) -> None:
        """Make sure that it can be seen."""
        if self._is_narrow:
            self.aside.show()
            self._place()
            self.aside.raise_()

    def hide_aside(self) -> bool:
        """Put it away; False if it does not lie over anything."""
        if not self.lies_over:
            return False
        self.aside.hide()
        return True

    def _place(self) -> None:
        width = min(theme().px(_OVER), self.width())
        left = 0 if self.isRightToLeft() else self.width() - width
        self.aside.setGeometry(left, 0, width, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """It keeps to its edge."""
        super().resizeEvent(event)
        if self.lies_over:
            self._place()

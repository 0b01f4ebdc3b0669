"""What pushes others: a click that was on its way to where they stood hits nothing."""

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

HOLD_MS = 400
"""About as long as it takes to see that something moved."""


class ClickHold(QObject):
    """For a moment the region of a widget that came or went takes no click."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._timer = QTimer(self, singleShot=True, interval=HOLD_MS)
        self._timer.timeout.connect(self._let_go)

    def begin(self) -> None:
        """It came or went just now."""
        region = self._region()
        if region is not None and region.isVisible():
            region.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._timer.start()

    def _let_go(self) -> None:
        region = self._region()
        if region is not None:
            region.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, False)

    def _region(self) -> QWidget | None:
        """The nearest part of the window in which something else stands as well."""
        region = self._widget.parentWidget()
        while region is not None and (layout := region.layout()) is not None and layout.count() < 2:
            region = region.parentWidget()
        return region

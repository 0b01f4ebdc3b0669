"""An event filter that sits on whatever widget has the focus, and on nothing else.

Keys that a widget does not take travel on to its parents; a filter on the whole application sees each of them
several times and is also asked about every paint and every move of the mouse. This one sees each key once.
"""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget


class FocusFilter(QObject):
    """Base of filters for keys: subclasses override `eventFilter`, and `focus_moved` if they care."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watched: QWidget | None = None
        application().focusChanged.connect(self._follow)
        self._follow(None, focused())

    def focus_moved(self, now: QWidget | None) -> None:
        """Called after the focus went elsewhere."""

    def _follow(self, old: QWidget | None, now: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        if now is not None:
            now.removeEventFilter(self)
            now.installEventFilter(self)
        self._watched = now
        self.focus_moved(now)


def focused() -> QWidget | None:
    """The widget with the focus, in any window of the program; None if there is none."""
    return QApplication.focusWidget()


def application() -> QApplication:
    """The running application; there is always one where there are widgets."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app

"""What Qt has to say: which of it is heard at all, and its way into the log of the program.

Qt may speak while it holds a lock of its own, and a handler in Python then waits for the interpreter. If the
thread that has the interpreter waits for that lock (a font call), both wait for ever. So what Qt says under
the lock of its fonts is switched off before there is a handler, and the handler itself only notes: it takes
no lock of `logging`, whose handlers wait for files.
"""

import logging
from queue import Empty, SimpleQueue

from PySide6.QtCore import QLoggingCategory, QMessageLogContext, QtMsgType

_SILENT = ("qt.text.*", "qt.qpa.fonts")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_NOISE = ("propagateSizeHints",)
_noted: SimpleQueue[tuple[QtMsgType, str]] = SimpleQueue()


def silence_fonts() -> None:
    """Say to Qt what nobody wants to hear; before an application or a message handler is made."""
    QLoggingCategory.setFilterRules("\n".join(f"{category}=false" for category in _SILENT))


def note_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """The message handler, on whatever thread Qt speaks; `write_qt` writes what it noted."""
    _noted.put((kind, message))
    if kind == QtMsgType.QtFatalMsg:  # Qt ends the process next
        write_qt()


def write_qt() -> None:
    """Write what was noted into the log."""
    while True:
        try:
            kind, message = _noted.get_nowait()
        except Empty:
            return
        if not any(noise in message for noise in _NOISE):
            logging.getLogger("qt").log(_LEVELS.get(kind, logging.WARNING), "%s", message)

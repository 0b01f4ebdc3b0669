"""The program's log while a command runs: the same file that the window writes."""

import contextlib
import logging
from collections.abc import Iterator

from posapp import paths
from posapp.files import PrivateLog, make_folder

_LARGEST = 1_000_000
_FORM = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"


@contextlib.contextmanager
def logging_to_file() -> Iterator[None]:
    """Write what posapp logs into its folder; a folder that cannot be made costs the log, not the command."""
    handler: logging.Handler = logging.NullHandler()
    with contextlib.suppress(OSError):
        make_folder(paths.log_dir())
        path = paths.log_dir() / "posapp.log"
        handler = PrivateLog(path, maxBytes=_LARGEST, backupCount=2, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter(_FORM))
    handler.handleError = lambda record: None  # type: ignore[method-assign]  # a full disk must not print a traceback
    log = logging.getLogger("posapp")
    before = log.level
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    try:
        yield
    finally:
        log.setLevel(before)
        log.removeHandler(handler)
        handler.close()

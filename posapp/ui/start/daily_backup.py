"""The automatic backup of each day: made beside the work, in a process of its own."""

from datetime import UTC, datetime

from PySide6.QtCore import QObject, QTimer

from posapp.ui.background import ChildProcess
from posapp.ui.main_window import MainWindow
from posapp.ui.notices import Step
from posapp.ui.session import Session
from posapp.ui.settings.place import child_place

FIRST_MS, HOUR_MS = 60_000, 3_600_000
REGION = "window"


class DailyBackup(QObject):
    """Asks a minute after the start, then every hour, whether today's backup is still to be made."""

    def __init__(self, window: MainWindow, session: Session, *, first_ms: int = FIRST_MS) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self.child = ChildProcess(self)
        self.child.finished.connect(self._finished)
        self._timer = QTimer(self, interval=first_ms)
        self._timer.timeout.connect(self._ask)
        self._timer.start()
        window.closing.connect(self._stop)

    def _ask(self) -> None:
        from posapp.services.backups import BackupDesk

        self._timer.setInterval(HOUR_MS)
        store = self._session.shop.store
        self._session.lanes.database.run(
            lambda: BackupDesk(store).due(datetime.now(UTC)),
            done=lambda is_due: self._begin() if is_due else None,
            failed=lambda _error: None,
            topic="backup-due",
        )

    def _begin(self) -> None:
        if not self.child.is_running:
            self._window.notices.withdraw(REGION)
            self.child.start(["backup"], database=child_place(self._session.shop))

    def _finished(self, went_well: bool, sentence: str) -> None:
        if went_well:
            self._window.notices.status(self.tr("Today's backup is made"), "success")
            return
        self._window.notices.raise_notice(
            self.tr("Today's backup is not made: {reason}").format(reason=sentence),
            tone="warning",
            steps=(Step(self.tr("Back up now"), self._begin),),
            region=REGION,
        )

    def _stop(self) -> None:
        self._timer.stop()
        self.child.cancel()

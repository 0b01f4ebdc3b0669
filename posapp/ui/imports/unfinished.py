"""An import that nobody is at any more, found after the start: it can be gone on with or taken back."""

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import QObject, QTimer

from posapp.domain.base.actor import Permission
from posapp.domain.old_data.imports import Batch
from posapp.ui.imports.page import ImportPage
from posapp.ui.imports.presenter import UNFINISHED
from posapp.ui.imports.words import system_word
from posapp.ui.presenter import Presenter
from posapp.ui.session import Session
from posapp.ui.window.main_window import MainWindow
from posapp.ui.window.notices import Step

FIRST_MS = 4_000
QUIET = timedelta(minutes=2)
"""One that was written to since is at work in another window."""
REGION = "import"


class Unfinished(QObject):
    """Looks once for whoever works here and may import; the notice goes as soon as something is done."""

    def __init__(self, window: MainWindow, session: Session, *, first_ms: int = FIRST_MS) -> None:
        super().__init__(window)
        self._window, self._session, self._presenter = window, session, Presenter(session)
        self._timer = QTimer(self, singleShot=True, interval=first_ms)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        session.feed.actor_changed.connect(lambda _actor: self._timer.start())
        window.closing.connect(self._timer.stop)

    def look(self) -> None:
        """Ask for imports that were broken off."""
        self._window.notices.withdraw(REGION)
        if not self._session.actor.may(Permission.DATA_MAINTAIN):
            return
        self._presenter.read(lambda shop, actor: shop.imports.batches(actor), self._found)

    def _found(self, batches: Sequence[Batch]) -> None:
        now = self._session.shop.store.clock.now()
        left = [one for one in batches if one.state in UNFINISHED]
        quiet = [one for one in left if one.touched_at is None or now - one.touched_at > QUIET]
        if not quiet or not self._session.actor.may(Permission.DATA_MAINTAIN):
            return
        batch = quiet[0]
        words = self.tr(
            "An import is not finished: {what}, begun {when} by {who}. What has come so far is here."
        )
        when = self._session.wording.moment(batch.made_at)
        self._window.notices.raise_notice(
            words.format(what=system_word(batch.system), when=when, who=batch.made_by),
            tone="warning",
            steps=(
                Step(self.tr("Go on"), lambda: self._go_on(batch)),
                Step(self.tr("Show imports"), self._show),
            ),
            region=REGION,
        )

    def _go_on(self, batch: Batch) -> None:
        self._window.notices.withdraw(REGION)
        page = self._window.show_page("import")
        if isinstance(page, ImportPage):
            page.go_on(batch)

    def _show(self) -> None:
        self._window.notices.withdraw(REGION)
        self._window.show_page("settings", "data")

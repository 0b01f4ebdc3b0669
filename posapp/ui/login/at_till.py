"""Who is at the till, for the whole program: locks, lets in, switches, follows what changes elsewhere."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.base.journal import Change
from posapp.domain.people.secrets import BADGE
from posapp.ui.actions import Action
from posapp.ui.login.idle import Idle
from posapp.ui.login.presenter import LoginPresenter
from posapp.ui.presenter import code_of, sentence_of
from posapp.ui.session import Session
from posapp.ui.start.pulse import SHOWN
from posapp.ui.window.locking import COVER
from posapp.ui.window.main_window import MainWindow

if TYPE_CHECKING:
    from posapp.services.people.sign_in import SignedIn
    from posapp.ui.login.page import LoginPage
    from posapp.ui.login.user_menu import UserMenu

_RIGHTS = frozenset({"user", "role"})
REFRESH_MS = 60_000
"""What another shop of the database changes of its people is no news here: it is looked up."""


class AtTill(QObject):
    """One for a session. While a shop has no users it does nothing but wait for the first one.

    `arrive` is called when somebody signs in before there is a first screen; it ends with `uncover`.
    """

    moved = Signal(object, str)  # Actor, and the name of the other shop where they go on

    def __init__(self, window: MainWindow, session: Session, arrive: Callable[[], object]) -> None:
        super().__init__(window)
        self._window, self._session, self._arrive = window, session, arrive
        self._presenter = LoginPresenter(session)
        self._page: LoginPage | None = None
        self._menu: UserMenu | None = None
        self.idle = Idle(lambda: session.till.lock_minutes, self)
        self.idle.passed.connect(self.lock)
        self._again = QTimer(self, interval=REFRESH_MS)
        self._again.timeout.connect(self._refresh)
        window.who = lambda: session.actor
        window.top_bar.user.clicked.connect(self._open_menu)
        window.rail.lock_asked.connect(self.lock)
        window.closing.connect(self._stop)
        session.feed.changed.connect(self._changed)
        session.feed.actor_changed.connect(self._show)

    @property
    def has_users(self) -> bool:
        """Whether people sign in here."""
        return self._session.actor.permissions is not None

    def _stop(self) -> None:
        self.idle.stop()
        self._again.stop()

    def _show(self) -> None:
        """Name whoever works here."""
        window, name = self._window, self._session.actor.user or ""
        window.top_bar.user.show_user(name)
        if self.has_users and window.rail.lock.isHidden():
            window.rail.lock.show()
            words = self.tr("Lock or switch user")
            window.shortcuts.bind([Action("lock", words, "F12", self.lock, word=self.tr("Lock"))])
            self._again.start()

    # -- out -----------------------------------------------------------------------------------------
    def lock(self) -> None:
        """Nobody is signed in until somebody proves who they are; the work stays as it is."""
        if self.has_users and not self._window.locking.is_covered:
            self._cover()

    def ask(self, note: str = "") -> None:
        """Nobody may do anything any more, or yet."""
        actor = self._session.actor
        self._session.act_as(Actor(actor.business, actor.till, permissions=frozenset()))
        self._cover(note)

    def _cover(self, note: str = "") -> None:
        page = self._made_page()
        self.idle.stop()
        self._window.locking.cover(page, page.pad)
        page.open_for(self._session.actor.user_id, note)

    def _made_page(self) -> "LoginPage":
        if self._page is None:
            from posapp.ui.login.page import LoginPage

            self._page = LoginPage(self._presenter, self._window.locking, self._window.key_bar)
            self._page.signed_in.connect(self._signed_in)
            self._window.shortcuts.bind(self._page.own_actions(), COVER)
        return self._page

    # -- in ------------------------------------------------------------------------------------------
    def _signed_in(self, found: "SignedIn") -> None:
        page = self._made_page()
        page.leave()
        if not self._window.locking.is_covered:
            return  # a second proof of the same moment
        self._session.act_as(found.actor)
        if self._window.current_page_id in ("", "start"):
            self._arrive()
        else:
            self.uncover()

    def uncover(self) -> None:
        """Whoever has signed in goes on: where they were, or where they may."""
        is_new = self._window.locking.uncover(self._session.actor.user_id)
        if is_new:
            self._session.feed.announce([Change(subject, 0) for subject in SHOWN])
        self.idle.begin()

    def take_scan(self, code: str) -> bool:
        """Whether a scan is for this: all of them while nobody is signed in, else a badge."""
        if self._window.locking.is_covered:
            self._made_page().take_scan(code)
            return True
        if not self.has_users or not code.upper().startswith(BADGE):
            return False
        self._presenter.by_badge(code, self._switched, self._not_switched)
        return True

    def _switched(self, found: "SignedIn") -> None:
        if self._window.locking.is_covered:
            return  # locked meanwhile: then the login asks
        self._session.act_as(found.actor)
        self.uncover()
        words = self.tr("{name} is at the till").format(name=found.user.name)
        self._window.notices.status(words, "success", seconds=4.0)

    def _not_switched(self, error: Exception) -> None:
        self._window.notices.status(sentence_of(error), "danger", seconds=6.0)

    # -- changed elsewhere ---------------------------------------------------------------------------
    def _changed(self, changes: Sequence[Change]) -> None:
        if _RIGHTS & {change.subject for change in changes}:
            self._refresh()

    def _refresh(self) -> None:
        if self._window.locking.is_covered:
            self._made_page().refresh()
        if self._session.actor.user_id is not None:
            self._presenter.refresh(self._refreshed, self._not_refreshed)
        elif not self.has_users:
            self._presenter.has_users(self._has_first)

    def _has_first(self, has_users: bool) -> None:
        if has_users and not self.has_users:
            self.ask(self.tr("This shop has users now: sign in."))

    def _refreshed(self, found: "SignedIn") -> None:
        now = self._session.actor
        if found.actor.user_id == now.user_id and found.actor != now:
            self._session.act_as(replace(found.actor, till=now.till))
            self._window.locking.show_rights()

    def _not_refreshed(self, error: Exception) -> None:
        if isinstance(error, DomainError) and code_of(error) in ("signed_out", "sign_in_needed"):
            self.ask(sentence_of(error))

    # -- the menu ------------------------------------------------------------------------------------
    def _open_menu(self) -> None:
        from posapp.ui.login.user_menu import UserMenu

        if self._menu is None:
            self._menu = UserMenu(self._window, self._presenter, self)
            self._menu.lock_asked.connect(self.lock)
            self._menu.moved.connect(self.moved)
        self._menu.open()

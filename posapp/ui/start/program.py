"""The program: paints its window, opens the shop behind it, and joins the screens to it.

Nothing but Qt and the standard library is loaded before the first frame. The shop is opened on the
database lane, while the screens are imported here, in slices; what is typed meanwhile waits in the
search field.
"""

import contextlib
import logging
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from posapp import paths
from posapp.domain.base.actor import Actor
from posapp.till_settings import TillSettings
from posapp.ui.background import Lanes
from posapp.ui.own_keys import own_keys
from posapp.ui.start import loading
from posapp.ui.start.collector import Collector
from posapp.ui.start.options import TillFile, WindowOptions
from posapp.ui.start.page import StartPage
from posapp.ui.theme import Theme
from posapp.ui.window.main_window import MainWindow
from posapp.ui.window.notices import Step
from posapp.ui.window.page import PageEntry

if TYPE_CHECKING:
    from posapp.services.base.drafts import Drafts
    from posapp.services.desks import Shop
    from posapp.services.shop.businesses import Catalogue
    from posapp.ui.session import Session
    from posapp.ui.start.opening import Opened, Opening
    from posapp.ui.start.pulse import Pulse
    from posapp.ui.start.trouble import Trouble

UPGRADED = "upgraded"
NEXT_TURN_MS = 3
"""Long enough for keys and painting to come in between."""
log = logging.getLogger(__name__)


class Program(QObject):
    """One running window. `open_shop` turns a place into an open shop; `build_demo` fills a new one first.

    `comes` works here without signing in anew: they came from another shop of the database, whose window is
    `before`.
    """

    followed = Signal(object)  # Program: its window stands in the place of this one

    def __init__(
        self,
        app: QApplication,
        options: WindowOptions,
        open_shop: "Callable[..., Shop]",
        build_demo: Callable[[str | Path], object],
        *,
        before: "Program | None" = None,
        comes: Actor | None = None,
    ) -> None:
        super().__init__(app)
        self._app, self._before, self._comes = app, before, comes
        self._options = options
        self._open_shop = open_shop
        self._build_demo = build_demo
        self._till_file = TillFile(options)
        self.till = self._till_file.read()
        self.place: str | Path = options.database or self.till.database or paths.default_database()
        self.theme: Theme = before.theme if before is not None else self._dressed()
        own_keys().wear(self.till.keys)
        self.lanes = Lanes(parent=self)
        self.window = MainWindow(self.theme, till=self.till.name, lanes=self.lanes)
        self.window.closing.connect(self._closing)
        self.window.closed.connect(self._closed)
        self.session: Session | None = None
        self._shop: Shop | None = None
        self._drafts: Drafts | None = None
        self._opened: Opened | None = None
        self._has_screens = False
        self._is_closing = False
        self._collector: Collector | None = None
        self._pulse: Pulse | None = None
        self._start = StartPage(self.window, is_open=not self.till.signs_in)
        self.has_failed = False
        self._told: list[str] = []  # of an upgrade: also said where another question comes first
        self.window.add_page(PageEntry("start", "", "house", "", lambda _shell: self._start, in_rail=False))
        self.window.show_page("start")

    def _dressed(self) -> Theme:
        made = Theme(choice=self.till.theme, scale=self.till.ui_scale, touch=self.till.touch)
        made.apply(self._app)
        return made

    def run(self) -> None:
        """Show the window; the shop is opened once the first frame is painted."""
        self.window.installEventFilter(self)
        if self._before is not None:
            self._take_place_of(self._before)
        elif QApplication.platformName() == "offscreen":
            self.window.show()
        elif self._options.demo:
            self.window.showMaximized()
        else:
            self.window.showFullScreen()  # a till shows nothing else; F11 gives the desktop back

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open the shop after the first frame, so that what is loaded for it does not hold the frame up."""
        if watched is self.window and event.type() == QEvent.Type.Paint:
            self.window.removeEventFilter(self)
            QTimer.singleShot(0, self.open)
        return False

    # -- another shop of the database ------------------------------------------------------------------
    def _move(self, actor: Actor, name: str) -> None:
        """Whoever works here goes on in another shop, in a window of its own: nothing of this one stays."""
        options = replace(self._options, business=name)
        after = Program(self._app, options, self._open_shop, self._build_demo, before=self, comes=actor)
        self.followed.emit(after)
        after.run()

    def _take_place_of(self, before: "Program") -> None:
        """Stand where the window of before stood; that one is closed, and what it had given out is done."""
        self._before = None
        self.window.setGeometry(before.window.geometry())
        self.window.setWindowState(before.window.windowState())
        self.window.show()
        before.window.close()
        before.window.deleteLater()

    # -- opening ---------------------------------------------------------------------------------------
    def open(self) -> None:
        """Open the shop on the database lane, and import the screens here."""
        from posapp.ui.start.opening import Opening  # here: no lane imports what may lead to Qt

        self.has_failed = False
        self._opened = None
        self.window.loading.begin(self.tr("Opening the shop"))
        lane = self.lanes.database
        plan = partial(loading.plan, loading.FIRST)
        lane.run(plan, done=partial(self._load, self._has_first), failed=self._failed, topic="plan")
        how = partial(self._open, Opening)
        lane.run(how, done=self._was_opened, failed=self._failed, topic="open")

    def _load(self, then: Callable[[], object], names: list[str]) -> None:
        """A slice now, and the next when keys and painting have been seen to."""
        loading.load(names)
        if names:
            self._next(partial(self._load, then, names))
        else:
            then()

    def _has_first(self) -> None:
        self._has_screens = True
        self._begin_when_ready()

    def _was_opened(self, opened: "Opened") -> None:
        self._opened = opened
        self._shop = opened.shop
        self._begin_when_ready()

    def _begin_when_ready(self) -> None:
        if self._opened is not None and self._has_screens:
            self._ready(self._opened)

    def _open(self, opening: "type[Opening]") -> "Opened":
        if self._options.demo and not Path(self.place).exists():
            self._build_demo(self.place)
        return opening(
            open_shop=self._open_shop,
            place=self.place,
            till=self.till.name,
            business=self._options.business,
            comes=self._comes,
            told=self._told,
        ).open()

    def _failed(self, error: Exception) -> None:
        self.has_failed = True
        self._comes = None  # who opens it later, perhaps another file, signs in
        self._collect()
        self._trouble.show(error, self.place)

    @cached_property
    def _trouble(self) -> "Trouble":
        from posapp.ui.start.trouble import Trouble

        made = Trouble(self.window, self._take_shop)
        made.again_asked.connect(self.open)
        made.business_chosen.connect(self._open_business)
        made.file_chosen.connect(self._open_file)
        return made

    def _take_shop(self) -> "Shop | None":
        shop, self._shop = self._shop, None
        return shop

    def _open_business(self, name: str) -> None:
        self._options = replace(self._options, business=name)
        self.open()

    def _open_file(self, file: Path) -> None:
        self.place = file
        self.open()

    def _ready(self, opened: "Opened") -> None:
        self.window.loading.end()
        self.window.top_bar.till.show_tone("success")
        if self._drafts is not None:
            self._drafts.close()
        self._drafts = opened.drafts
        if opened.actor is None or opened.catalogue is None:
            self._set_up(opened.shop, opened.drafts)
            return
        self._connect(opened.shop, opened.drafts, opened.actor, opened.catalogue)

    def _set_up(self, shop: "Shop", drafts: "Drafts") -> None:
        from posapp.ui.fonts import load_fallback_fonts
        from posapp.ui.setup.page import SetupPage

        self._collect()
        page = SetupPage(
            self.window,
            shop,
            self.till,
            self.lanes,
            drafts,
            done=self._was_set_up,
            demo=self.open_demo,
            restore=lambda: self._trouble.restore_file(self.place, self._shop),
        )
        self.window.add_page(PageEntry("setup", "", "store", "", make=lambda _shell: page, in_rail=False))
        self.window.show_page("setup")
        self._next(load_fallback_fonts)

    def _was_set_up(self, till: TillSettings) -> None:
        try:
            self.save_till(till)
        except OSError as error:  # the shop is made; only this till forgets what was chosen for it
            log.warning("till settings not written: %s", error)
            words = self.tr("The settings of this till cannot be written to {file}.")
            self.window.notices.toast(words.format(file=paths.till_settings_file()))
        self._reopen()

    def open_demo(self) -> None:
        """Leave this shop alone and open the demonstration shop in a window of its own."""
        import subprocess
        import sys

        program = [] if getattr(sys, "frozen", False) else ["-m", "posapp"]
        subprocess.Popen([sys.executable, *program, "--demo"], start_new_session=True)

    def _reopen(self) -> None:
        if self._shop is not None:
            self._shop.close()
            self._shop = None
        self.open()

    def _connect(self, shop: "Shop", drafts: "Drafts", actor: "Actor", catalogue: "Catalogue") -> None:
        from posapp.ui.change_feed import ChangeFeed
        from posapp.ui.login.at_till import AtTill
        from posapp.ui.session import Session
        from posapp.ui.start.screens import add_screens

        feed = ChangeFeed(self)
        feed.listen_to(shop.changes)
        session = Session(
            shop=shop,
            actor=actor,
            till=self.till,
            drafts=drafts,
            catalogue=catalogue,
            lanes=self.lanes,
            feed=feed,
            save_till=self.save_till,
        )
        self.lanes.search.set_interrupt(shop.search.interrupt)
        self.lanes.figures.set_interrupt(shop.reports.interrupt)
        self.window.set_shop(catalogue.business.name)
        self.reach = add_screens(self.window, session)
        self.at_till = AtTill(self.window, session, partial(self._make_desk, session))
        self.at_till.moved.connect(self._move)
        self.reach.at_till = self.at_till
        self._keep_signs_in(actor)
        if actor.permissions is not None and actor.user_id is None:
            self._watch(session)  # the login stands in front; what the till does by itself goes on
            self.window.show_page("start")  # what was asked on the way here is answered
            self.at_till.ask()
            self._next(partial(self._warm_up, session))
            return
        session.act_as(actor)
        # Making the Desk and showing it take 50 ms each: keys are taken in between.
        self._next(partial(self._make_desk, session))

    def _keep_signs_in(self, actor: Actor) -> None:
        signs_in = actor.permissions is not None
        if self.till.signs_in != signs_in:
            with contextlib.suppress(OSError):  # only the next start shows its field for a moment
                self.save_till(replace(self.till, signs_in=signs_in))

    def _next(self, step: Callable[[], object]) -> None:
        """Go on when keys and painting have been seen to, unless the window was closed meanwhile."""
        QTimer.singleShot(NEXT_TURN_MS, self, lambda: None if self._is_closing else step())

    def _make_desk(self, session: "Session") -> None:
        page_id = self.window.first_page_id
        self.window.prepare_page(page_id)
        self._next(partial(self._place_desk, session, page_id))

    def _place_desk(self, session: "Session", page_id: str) -> None:
        self.window.page(page_id)
        self._next(partial(self._begin, session, page_id))

    def _watch(self, session: "Session") -> None:
        from posapp.ui.start.pulse import Pulse

        self.session = session
        self.window.notices.forget_undo()
        self._pulse = Pulse(self.window, session, self._opened.elsewhere if self._opened else None)

    def _begin(self, session: "Session", page_id: str) -> None:
        """From here on the clerk works."""
        is_first = self.session is not session
        if is_first:
            self._watch(session)
        typed = "" if self.at_till.has_users else self._start.typed()
        self.window.show_page(page_id, typed or None)
        if self.at_till.has_users:
            self.at_till.uncover()
        self._tell_of_upgrade()
        if is_first:
            self._next(partial(self._warm_up, session))

    def _tell_of_upgrade(self) -> None:
        notices = self.window.notices
        for text in self._opened.told if self._opened else ():
            seen = Step(self.tr("Understood"), partial(notices.withdraw, UPGRADED))
            notices.raise_notice(text, tone="info", steps=(seen,), region=UPGRADED)

    def _warm_up(self, session: "Session") -> None:
        """Load the other screens, and what the first slip and other scripts need: the clerk already works."""
        plan = partial(loading.plan, loading.LATER)
        load = partial(self._load, partial(self._look_after, session))
        session.lanes.paper.run(plan, done=load, failed=self._failed, topic="plan")

    def _look_after(self, session: "Session") -> None:
        from posapp.ui.fonts import load_fallback_fonts
        from posapp.ui.imports.unfinished import Unfinished
        from posapp.ui.start.upkeep import Upkeep

        if self._is_closing or self.session is not session:
            return
        if not self._options.demo:
            Upkeep(self.window, session)
            Unfinished(self.window, session)
        self._next(load_fallback_fonts)
        papers = session.shop.papers
        session.lanes.paper.run(
            papers.warm_up, done=lambda _none: self._collect(), failed=lambda _error: self._collect()
        )

    def _collect(self) -> None:
        """What stands now stays; what comes from here on is looked through for garbage."""
        if self._collector is None:
            self._collector = Collector(self.window)

    # -- while it runs -----------------------------------------------------------------------------------
    def save_till(self, till: TillSettings) -> None:
        """Keep new settings of this till, and wear them."""
        self.till = till
        self._till_file.write(till)
        if self.session is not None:
            self.session.till = till
        self.theme.change(choice=till.theme, scale=till.ui_scale, touch=till.touch)
        own_keys().wear(till.keys)
        self.window.top_bar.till.show_state(till.name)

    def _closing(self) -> None:
        """The window waits for its lanes next."""
        self._is_closing = True
        if self._pulse is not None:
            self._pulse.stop()
        if self.session is not None:
            self.session.feed.stop()

    def _closed(self, has_ended: bool) -> None:
        """The connections close once every lane is through: a paper may still be on its way."""
        if self._shop is not None and has_ended:
            self._shop.close()
            self._shop = None
        if self._drafts is not None and has_ended:
            self._drafts.close()  # what is left may be taken over by another window

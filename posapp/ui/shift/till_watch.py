"""The till in the top bar: whether its shift is open, since when, and the menu of its drawer."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtWidgets import QMenu

from posapp.domain.base.actor import Permission
from posapp.domain.selling.shifts import CashKind
from posapp.ui.presenter import Presenter
from posapp.ui.session import Session
from posapp.ui.shift.words import kind_words, opening_time
from posapp.ui.window.main_window import MainWindow

if TYPE_CHECKING:
    from posapp.domain.base.journal import Change
    from posapp.services.selling.shifts import TillDrawer
    from posapp.ui.shift.steps import ShiftSteps

AGAIN_MS = 5 * 60 * 1000
"""A shift becomes a forgotten one by the clock alone."""
_SUBJECTS = frozenset({"shift", "catalogue"})


class TillWatch(QObject):
    """One for a window; pages ask nothing of it."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self._presenter = Presenter(session)
        self._is_open = False
        self._steps: ShiftSteps | None = None
        self._again = QTimer(self, interval=AGAIN_MS)
        self._again.timeout.connect(self.refresh)
        self._again.start()
        window.top_bar.till.clicked.connect(self.open_menu)
        window.closing.connect(self._again.stop)
        session.feed.changed.connect(self._changed)
        session.feed.actor_changed.connect(self._user_changed)
        self.refresh()

    def refresh(self) -> None:
        """Read the state of this till; of a failure whatever else is asked of the database tells.

        That its shift is open is no secret: the login tells it to everybody.
        """
        till = self._session.as_till
        self._presenter.read(lambda shop, _actor: shop.shifts.at_till(till), self._show)

    def _user_changed(self) -> None:
        """The menu is for who may look into the drawer's shift."""
        self._window.top_bar.till.setEnabled(self._window.may(Permission.SHIFT_READ))

    def _changed(self, changes: "list[Change]") -> None:
        if _SUBJECTS & {change.subject for change in changes}:
            self.refresh()

    def _show(self, drawer: "TillDrawer") -> None:
        shift, wording = drawer.shift, self._session.wording
        self._is_open = shift is not None
        if shift is None:
            self._window.top_bar.till.show_shift(self.tr("no shift"), "neutral")
        elif drawer.is_forgotten:
            words = self.tr("open since {day}").format(day=wording.day_in_list(shift.day))
            self._window.top_bar.till.show_shift(words, "warning")
        else:
            words = self.tr("open {time}").format(time=opening_time(shift.opened_at, wording))
            self._window.top_bar.till.show_shift(words, "success")

    # -- the menu --------------------------------------------------------------------------------------
    def open_menu(self) -> None:
        """What can be done about the drawer now."""
        menu = QMenu(self._window)
        menu.setAccessibleName(self.tr("Shift"))
        show = self._window.leave_for
        if self._is_open:
            menu.addAction(self.tr("Close the shift")).triggered.connect(lambda: show("shift", "close"))
            for kind in CashKind:
                menu.addAction(kind_words(kind)).triggered.connect(partial(self._cash, kind))
            menu.addAction(self.tr("X report")).triggered.connect(lambda: self._made_steps().x())
            menu.addSeparator()
        word = self.tr("This shift") if self._is_open else self.tr("Open the shift")
        menu.addAction(f"{word}\tShift+F5").triggered.connect(lambda: show("shift"))
        menu.addAction(self.tr("Shifts of all tills")).triggered.connect(lambda: show("shift", "list"))
        menu.aboutToHide.connect(menu.deleteLater)
        till = self._window.top_bar.till
        menu.setActiveAction(menu.actions()[0])
        menu.popup(till.mapToGlobal(QPoint(0, till.height() + self._window.theme.px(4))))

    def _cash(self, kind: CashKind, _checked: bool = False) -> None:
        self._made_steps().cash(kind)

    def _made_steps(self) -> "ShiftSteps":
        """Loaded when it is first needed: the first screen needs nothing of it."""
        if self._steps is None:
            from posapp.ui.shift.steps import ShiftSteps

            self._steps = ShiftSteps(self._window, self._session, self)
        return self._steps

"""The menu of whoever is at the till: lock, own PIN, own record, other shops, light or dark."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu

from posapp.domain.base.actor import Permission
from posapp.till_settings import Theme
from posapp.ui.login.presenter import LoginPresenter
from posapp.ui.presenter import sentence_of
from posapp.ui.window.main_window import MainWindow
from posapp.ui.window.notices import Step

if TYPE_CHECKING:
    from posapp.domain.shop.businesses import Business
    from posapp.services.customers.customers import Found


class UserMenu(QObject):
    """Opened from the top bar, when the other shops are known."""

    lock_asked = Signal()
    moved = Signal(object, str)  # Actor, the shop where they go on

    def __init__(self, window: MainWindow, presenter: LoginPresenter, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._presenter = window, presenter
        self._session = presenter.session

    def open(self) -> None:
        """Ask which shops there are, of those who may switch; then open."""
        if self._session.actor.may(Permission.BUSINESS_SWITCH):
            self._presenter.businesses(self._show, lambda _error: self._show(()))
        else:
            self._show(())

    def _show(self, businesses: "Sequence[Business]") -> None:
        window, tr = self._window, self.tr
        if window.locking.is_covered:
            return
        menu = QMenu(window)
        menu.setAccessibleName(self._session.actor.shown)
        words = tr("Lock or switch user")
        menu.addAction(f"{words}\tF12").triggered.connect(self.lock_asked)
        menu.addSeparator()
        menu.addAction(tr("Change my PIN")).triggered.connect(self.change_pin)
        actor = self._session.actor
        if actor.at_home.business == actor.business:  # the record lies in the shop where they are at home
            menu.addAction(tr("My customer record")).triggered.connect(self._ask_own)
        others = [one for one in businesses if one.id != actor.business]
        if others:
            shops = menu.addMenu(tr("Work in another shop"))
            for one in others:
                shops.addAction(one.name).triggered.connect(partial(self._move, one.id, one.name))
        looks = menu.addMenu(tr("Theme"))
        names: tuple[tuple[Theme, str], ...] = (
            ("system", tr("As the system")),
            ("light", tr("Light")),
            ("dark", tr("Dark")),
        )
        for choice, name in names:
            look = looks.addAction(name)
            look.setCheckable(True)
            look.setChecked(self._session.till.theme == choice)
            look.triggered.connect(partial(self._wear, choice))
        menu.aboutToHide.connect(menu.deleteLater)
        user = window.top_bar.user
        menu.setActiveAction(menu.actions()[0])
        menu.popup(user.mapToGlobal(QPoint(0, user.height() + window.theme.px(4))))

    def _say(self, error: Exception) -> None:
        self._window.notices.status(sentence_of(error), "danger", seconds=6.0)

    # -- the PIN -------------------------------------------------------------------------------------
    def change_pin(self) -> None:
        """In a sheet, with the PIN of before."""
        self._presenter.own_length(self._open_pin)

    def _open_pin(self, length: int) -> None:
        from posapp.ui.login.pin_forms import OwnPin

        form = OwnPin(self._presenter, length)
        form.done.connect(self._has_new_pin)
        self._window.open_sheet(self.tr("Change my PIN"), form)

    def _has_new_pin(self) -> None:
        self._window.close_sheet()
        self._window.notices.toast(self.tr("Your new PIN is valid now"))

    # -- oneself as a customer -----------------------------------------------------------------------
    def _ask_own(self) -> None:
        """A record is made only for who says so."""
        from posapp.ui.window.ask_bar import AskBar

        page = self._window.current_page
        if page is None:
            return
        ask = AskBar(page)

        def open_own() -> None:
            ask.settle()
            self._presenter.own_customer(self._show_own, self._say)

        words = self.tr("Open your own customer record? It is made where there is none yet.")
        step = Step(self.tr("Open my record"), open_own)
        ask.say(words, (step,), tone="info", is_safe=True, closed=ask.deleteLater)

    def _show_own(self, found: "Found") -> None:
        self._window.leave_for("desk", found.customer.id)

    # -- other shops, looks --------------------------------------------------------------------------
    def _move(self, business: int, name: str, _checked: bool = False) -> None:
        self._presenter.move_to(business, lambda actor: self.moved.emit(actor, name), self._say)

    def _wear(self, choice: Theme, _checked: bool = False) -> None:
        session = self._session
        try:
            session.save_till(replace(session.till, theme=choice))
        except OSError:
            self._window.notices.status(self.tr("The settings of this till cannot be written."), "danger")

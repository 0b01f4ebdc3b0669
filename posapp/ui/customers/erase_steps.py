"""Forgetting a person: says what it would do, asks, does it, and says which backups still hold them."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from posapp.ui.alive import while_alive
from posapp.ui.customers.erase_dialog import EraseDialog, copies_words
from posapp.ui.customers.presenter import CustomerPresenter
from posapp.ui.presenter import why_not_saved
from posapp.ui.window.notice_bar import NoticeBar
from posapp.ui.window.notices import Message, Notices
from posapp.ui.wording import translator

if TYPE_CHECKING:
    from posapp.domain.customers.privacy import Erased, ErasePlan

_tr = translator("Privacy")


class EraseSteps:
    """Belongs to a part of a screen; `forgotten` is called once the person is, `busy` while it is done."""

    def __init__(
        self,
        host: QWidget,
        presenter: CustomerPresenter,
        notice: NoticeBar,
        notices: Notices,
        forgotten: Callable[[], object],
        busy: Callable[[bool], object] = bool,
    ) -> None:
        self._host, self._presenter = host, presenter
        self._notice, self._notices = notice, notices
        self._forgotten, self._busy = forgotten, busy

    def ask(self, customer_id: int, shown_name: str) -> None:
        """Read what it would do, then ask."""
        self._presenter.erase_plan(
            customer_id,
            while_alive(self._host, partial(self._ask, shown_name)),
            while_alive(self._host, self._not_done),
        )

    def _ask(self, shown_name: str, plan: "ErasePlan") -> None:
        who = plan.pl_id if shown_name == plan.pl_id else f"{plan.pl_id} {shown_name}".strip()
        dialog = EraseDialog(self._host.window(), plan, who, self._presenter.wording)
        dialog.accepted.connect(lambda: self._erase(plan, dialog.reason.text()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _erase(self, plan: "ErasePlan", reason: str) -> None:
        self._busy(True)
        self._presenter.erase(
            plan, reason, while_alive(self._host, self._done), while_alive(self._host, self._not_done)
        )

    def _done(self, done: "Erased") -> None:
        self._forgotten()
        words = [_tr("{pl} is anonymised.").format(pl=done.pl_id)]
        words.append(copies_words(done.backups, self._presenter.wording))
        self._notices.toast(" ".join(filter(None, words)))

    def _not_done(self, error: Exception) -> None:
        self._busy(False)
        self._notice.show_message(Message(why_not_saved(error), "danger"))

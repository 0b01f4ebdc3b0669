"""What is done to the customer under the cursor, or to those who are chosen."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from posapp.domain.base.actor import Permission
from posapp.ui.actions import Action
from posapp.ui.alive import while_alive
from posapp.ui.customer_list.message_sheet import MessageSheet
from posapp.ui.customer_list.presenter import CustomerListPresenter
from posapp.ui.customer_list.table import CustomerTable
from posapp.ui.customers.erase_steps import EraseSteps
from posapp.ui.customers.presenter import CustomerPresenter
from posapp.ui.history.export_steps import ExportSteps
from posapp.ui.presenter import Done, Failed, sentence_of
from posapp.ui.window.notice_bar import NoticeBar
from posapp.ui.window.shell import Shell
from posapp.ui.wording import translator

if TYPE_CHECKING:
    from posapp.domain.figures.customer_list import CustomerLine, Reach

_tr = translator("Customers")


class CustomerSteps:
    """Made with the table that says whom they mean."""

    def __init__(
        self,
        host: QWidget,
        shell: Shell,
        presenter: CustomerListPresenter,
        table: CustomerTable,
        notice: NoticeBar,
        listed: Callable[[], int | None],
    ) -> None:
        """`listed` says how many the list has, None where that is not known."""
        self._host, self._shell, self._table, self._presenter = host, shell, table, presenter
        self._listed, self._notice = listed, notice
        self._file = self._exporting(self._save)
        self._agreed_file = self._exporting(partial(self._save, is_agreed=True))
        self._erasing = EraseSteps(
            host, CustomerPresenter(presenter.session), notice, shell.notices, table.choose_none
        )
        self._make_actions()

    def _exporting(self, save: Any) -> ExportSteps:
        return ExportSteps(
            self._host,
            self._shell,
            save,
            self._notice,
            title=_tr("Export customers"),
            failed=_tr("The customers could not be exported."),
            kinds=("csv", "xlsx"),
            counted=(_tr("customer"), _tr("customers")),
        )

    def _make_actions(self) -> None:
        self.export = Action(
            "customers_export",
            _tr("Export those who are chosen, else all of the list"),
            "Ctrl+E",
            self._ask_where,
            "download",
            on_record=True,
            when=self._has_some,
            word=_tr("Export"),
            needs=Permission.PERSON_EXPORT,
        )
        self.message = Action(
            "customers_message",
            _tr("Message to those who are chosen, else to all of the list"),
            "Alt+M",
            self._ask_message,
            "message-square",
            on_record=True,
            when=self._has_some,
            word=_tr("Message"),
            needs=Permission.PERSON_EXPORT,
        )
        self.merge = Action(
            "customers_merge",
            _tr("Merge the two who are chosen"),
            "Shift+F6",
            self._merge,
            "users",
            on_record=True,
            word=_tr("Merge"),
            when=lambda: self.count() == 2,
            needs=Permission.CUSTOMER_MERGE,
        )
        self.erase = Action(
            "customers_erase",
            _tr("Anonymise"),
            "",
            self.ask_erase,
            "eye-off",
            when=self.can_erase,
            needs=Permission.PERSON_ERASE,
        )

    def for_one(self) -> tuple[Action, ...]:
        """What is done for the customer under the cursor, who comes along to the other screen."""
        one, go = self.has_one, self._go
        take_in, write = Permission.TICKET_WRITE, Permission.BOOKING_WRITE
        ticket, book, history = _tr("New ticket"), _tr("New booking"), _tr("History")
        return (
            Action(
                "customers_ticket", ticket, "Ctrl+T", partial(go, "intake"), when=one, word=_tr("Ticket"),
                needs=take_in,
            ),
            Action(
                "customers_book", book, "Ctrl+B", partial(go, "calendar"), when=one, word=_tr("Book"),
                needs=write,
            ),
            Action("customers_history", history, "Ctrl+H", partial(go, "history"), when=one),
        )  # fmt: skip

    # -- whom they mean ----------------------------------------------------------------------------------
    def has_one(self) -> bool:
        """Whether there is a customer under the cursor."""
        return self._table.isVisibleTo(self._host) and self._table.current() is not None

    def count(self) -> int:
        """How many are chosen; of a list that was not counted yet as many as are read."""
        return self._table.chosen.count(self._listed_count())

    def can_erase(self) -> bool:
        """Whether one customer is meant: the only one who is chosen, else the one under the cursor."""
        return self._one() is not None and self._shell.may(Permission.PERSON_ERASE)

    def _has_some(self) -> bool:
        return self._table.customers.rowCount() > 0 or self.count() > 0

    def _one(self) -> "CustomerLine | None":
        chosen = self._table.chosen
        if not chosen.keys and not chosen.is_all:
            line: CustomerLine | None = self._table.current()
            return line
        if self.count() != 1:
            return None
        return next((line for line in self._table.customers.rows() if line.id in chosen), None)

    # -- other screens -----------------------------------------------------------------------------------
    def open(self) -> None:
        """Enter: the Desk with the customer."""
        self._go("desk")

    def _go(self, page_id: str) -> None:
        if self.has_one():
            self._shell.show_page(page_id, self._table.current().id)

    def _merge(self) -> None:
        """The one who came first stays, until that is swapped."""
        chosen = self._table.chosen
        if chosen.is_all:
            keys = [line.id for line in self._table.customers.rows() if line.id in chosen]
        else:
            keys = sorted(chosen.keys)
        first, second = keys
        self._table.choose_none()
        self._shell.show_page("merging", (min(first, second), max(first, second)))

    def ask_erase(self) -> None:
        """Del: say what it would do, then ask."""
        line = self._one()
        if line is not None and self.can_erase() and not self._shell.is_read_only:
            self._erasing.ask(line.id, line.name)

    # -- a file ------------------------------------------------------------------------------------------
    def _ask_where(self) -> None:
        self._file.name = _tr("customers")
        self._file.ask_where()

    def _save(
        self, path: Path, *, replace: bool, done: "Done[int]", failed: Failed, is_agreed: bool = False
    ) -> None:
        """Those who are meant; the window says that it is written, with *Cancel*."""
        stop, loading = Event(), self._shell.loading
        loading.begin(_tr("Writing the customers"), cancel=stop.set)

        def ended(hears: Callable[[Any], object], outcome: Any) -> None:
            loading.end()
            hears(outcome)

        def write(keys: Sequence[int] | None) -> None:
            self._presenter.save(
                keys,
                path,
                replace=replace,
                is_agreed=is_agreed,
                goes_on=lambda: not stop.is_set(),
                done=heard_done,
                failed=heard_failed,
            )

        heard_done = while_alive(self._host, partial(ended, done))
        heard_failed = while_alive(self._host, partial(ended, failed))
        self._meant(write, heard_failed)

    def _meant(self, go_on: Callable[[Sequence[int] | None], object], failed: Failed) -> None:
        """Who is meant: those who are chosen, else (None) all; of *all but some* the keys are read first."""
        chosen = self._table.chosen.copy()
        if not chosen.is_all:
            go_on(sorted(chosen.keys) or None)
        elif not chosen.keys:
            go_on(None)
        else:
            left_out = frozenset(chosen.keys)
            self._presenter.keys(
                while_alive(self._host, lambda keys: go_on([key for key in keys if key not in left_out])),
                failed,
            )

    # -- a message ---------------------------------------------------------------------------------------
    def _ask_message(self) -> None:
        """Alt+M: whom it may go to, and their addresses."""
        loading = self._shell.loading
        loading.begin(_tr("Looking who agreed"))

        def show(chosen: int, reach: "Reach") -> None:
            loading.end()
            sheet = MessageSheet(reach, chosen)
            sheet.copied.connect(self._shell.notices.toast)
            sheet.save_asked.connect(self._ask_where_agreed)
            self._shell.open_sheet(_tr("Message"), sheet)

        def failed(error: Exception) -> None:
            loading.end()
            self._notice.say(sentence_of(error, _tr("It could not be read who agreed.")), "danger")

        shown = while_alive(self._host, partial(show, self.count() or self._listed_count()))
        heard = while_alive(self._host, failed)
        self._meant(lambda keys: self._presenter.reach(keys, shown, heard), heard)

    def _listed_count(self) -> int:
        listed = self._listed()
        return self._table.customers.rowCount() if listed is None else listed

    def _ask_where_agreed(self) -> None:
        self._agreed_file.name = _tr("message to customers")
        self._agreed_file.ask_where()

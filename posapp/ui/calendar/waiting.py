"""Who waits without a booking, beside the bookings: how many and how long, and the queue in a sheet."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from posapp.ui.front_desk.presenter import FrontDeskPresenter
from posapp.ui.front_desk.today_steps import WalkInSteps
from posapp.ui.front_desk.walk_ins import WalkIns, walk_in_rows
from posapp.ui.layout import STRETCH, columns, rows
from posapp.ui.presenter import Presenter, ignore
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import button
from posapp.ui.wording import shown_minutes

if TYPE_CHECKING:
    from posapp.domain.bookings.walk_ins import QueueLine
    from posapp.ui.session import Session
    from posapp.ui.window.shell import Shell

_SHEET = 560


class _QueuePresenter(Presenter):
    topic = "queue"


class _Counter:
    """Who stands at the counter; whoever is called is served on the Desk."""

    def __init__(self, shell: "Shell") -> None:
        self._shell = shell

    @property
    def shown_id(self) -> int | None:
        """The key of who is served."""
        key = getattr(self._shell.counter, "id", None)
        return key if isinstance(key, int) else None

    def open(self, customer_id: int, booking: str = "") -> None:
        """Bring a customer to the counter."""
        self._shell.close_sheet()
        self._shell.show_page("desk", customer_id)


class QueueSheet(QWidget):
    """The queue as on the Desk, at the top of a sheet."""

    def __init__(self) -> None:
        super().__init__()
        self.walk_ins = WalkIns()
        rows(self.walk_ins, STRETCH, gap=0, host=self)


class Waiting(QWidget):
    """A line with a button that says who waits, hidden while nobody does, and the sheet that it opens."""

    def __init__(self, shell: "Shell", session: "Session") -> None:
        super().__init__()
        self._shell, self._session = shell, session
        self.button = button(self.tr("Walk-ins"), size="s", icon="users", run=self.open)
        columns(self.button, STRETCH, pad=(16, 8, 12, 8), host=self)
        self.hide()
        self._presenter = _QueuePresenter(session)
        self._counter = _Counter(shell)
        self._steps = WalkInSteps(shell, FrontDeskPresenter(session), self._counter, self)
        self.queue: list[QueueLine] = []

    def read(self) -> None:
        """Read the queue anew: somebody came or went, or time passed."""
        self._presenter.read(lambda shop, actor: shop.walk_ins.queue(actor), self._show, ignore)

    def _show(self, queue: "list[QueueLine]") -> None:
        self.queue = queue
        self.setVisible(bool(queue))
        if queue:
            words = self.tr("{count} waiting").format(count=len(queue))
            self.button.setText(f"{words} · {self._turn(queue[0])}")
        sheet = self._shell.sheet_content
        if isinstance(sheet, QueueSheet):
            self._fill(sheet.walk_ins)

    def _turn(self, first: "QueueLine") -> str:
        if first.wait_minutes is None:
            return self.tr("not today")
        return self.tr("now") if first.is_now else shown_minutes(first.wait_minutes)

    def open(self) -> None:
        """The queue, to call the next one or let somebody go."""
        whole = QueueSheet()
        sheet = whole.walk_ins
        sheet.list.plain_keys = self._session.till.plain_keys
        sheet.show_services(self._session.catalogue.services)
        sheet.added.connect(self._steps.add)
        sheet.called.connect(self._steps.call)
        sheet.left.connect(self._steps.leave)
        sheet.customer_asked.connect(self._counter.open)
        self._fill(sheet)
        self._shell.open_sheet(self.tr("Walk-ins"), whole)
        sheet.first_stop().setFocus()

    def _fill(self, sheet: WalkIns) -> None:
        here = self._shell.counter
        queue = walk_in_rows(self.queue, "", self._counter.shown_id, self._session.wording)
        sheet.show_rows(queue, (here.name or str(here.pl_id)) if here is not None else "")
        sheet.fit(theme().px(_SHEET))

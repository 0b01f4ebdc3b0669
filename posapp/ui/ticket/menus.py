"""What else can be done with a device: its other papers, and the states that have no place in the row."""

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from posapp.domain.papers.documents import PaperKind
from posapp.domain.repairs.tickets import Job, StateGroup, TicketState
from posapp.services.repairs.whole_ticket import WholeTicket
from posapp.ui.theme import theme
from posapp.ui.wording import translator

_tr = translator("TicketMenus")


def more_menu(
    host: QWidget,
    under: QWidget,
    whole: WholeTicket,
    job: Job,
    choose: Callable[[TicketState], object],
    show: Callable[[PaperKind, int], object],
    run: Callable[[str], object],
) -> None:
    """Giving the device up, or bringing it back where it has left; price, estimate and papers.

    `run` is told "price" or "estimate".
    """
    menu = QMenu(host)
    menu.setAccessibleName(_tr("More for {device}").format(device=job.device.name))
    for state in _states(whole, job):
        words = state.name if job.is_here else _tr("Reopen: {state}").format(state=state.name)
        menu.addAction(words).triggered.connect(lambda _on=False, state=state: choose(state))
    if job.is_here:
        menu.addAction(_tr("Agreed price")).triggered.connect(lambda _on=False: run("price"))
        menu.addAction(_tr("Versions of the estimate")).triggered.connect(lambda _on=False: run("estimate"))
    menu.addSeparator()
    for kind, words in _papers(whole, job).items():
        menu.addAction(words).triggered.connect(lambda _on=False, kind=kind: show(kind, job.position))
    menu.aboutToHide.connect(menu.deleteLater)
    menu.setActiveAction(menu.actions()[0])
    menu.popup(under.mapToGlobal(QPoint(0, under.height() + theme().px(4))))


def _states(whole: WholeTicket, job: Job) -> list[TicketState]:
    """Of a device that is here those that the row leaves out; else all that it may come back to."""
    possible = [one for one in whole.states.next_of(job.state) if one.group != StateGroup.CLOSED]
    return [one for one in possible if one.group.is_over or not job.is_here]


def _papers(whole: WholeTicket, job: Job) -> dict[PaperKind, str]:
    found = {PaperKind.CLAIM_TICKET: _tr("Print the claim ticket")}
    if job.is_here:
        found[PaperKind.DEVICE_LABEL] = _tr("Print the label")
    if whole.estimates:
        found[PaperKind.ESTIMATE] = _tr("Print the estimate")
    if whole.has_hand_back:
        found[PaperKind.HAND_BACK] = _tr("Print the hand-back")
    return found

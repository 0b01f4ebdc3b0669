"""What was done and said on a ticket, by day, the latest first."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from PySide6.QtWidgets import QWidget

from posapp.domain.base.actions import Action
from posapp.domain.base.journal import JournalLine
from posapp.domain.repairs.informing import ContactHow
from posapp.domain.repairs.tickets import StateMap
from posapp.ui.history.words import who_words
from posapp.ui.layout import STRETCH, columns, held, refill, rows, top, wide
from posapp.ui.tickets.looks import ticket_look
from posapp.ui.tickets.words import how_words, ticket_step
from posapp.ui.widgets.labels import label
from posapp.ui.widgets.messages import IconLabel
from posapp.ui.wording import Wording, shown_told, translator

_tr = translator("Timeline")
_ICONS = {
    Action.TICKET_OPENED: ("ring-dashed", "neutral"),
    Action.TICKET_DEVICE_ADDED: ("plus", "neutral"),
    Action.TICKET_EDITED: ("pencil", "text2"),
    Action.TICKET_QUALITY: ("user-check", "success"),
    Action.TICKET_SHELVED: ("map-pin", "text2"),
    Action.TICKET_HANDED_BACK: ("check-check", "success"),
    Action.TICKET_INFORMED: ("message-square", "text2"),
    Action.TICKET_REMINDED: ("bell", "warning"),
    Action.TICKET_DISPOSED: ("archive", "text2"),
    Action.PASSCODE_SHOWN: ("eye", "text2"),
    Action.PASSCODE_WIPED: ("eye-off", "text2"),
    Action.LOANER_OUT: ("smartphone", "warning"),
    Action.LOANER_BACK: ("smartphone", "success"),
    Action.ESTIMATE_ASKED: ("file-text", "warning"),
    Action.ESTIMATE_APPROVED: ("circle-check", "success"),
    Action.ESTIMATE_COVERED: ("circle-check", "success"),
    Action.ESTIMATE_DECLINED: ("circle-x", "danger"),
    Action.PHOTO_ADDED: ("camera", "text2"),
    Action.PHOTO_REMOVED: ("trash-2", "text2"),
    Action.PHOTO_RESTORED: ("camera", "text2"),
    Action.WARRANTY_CLAIM: ("shield-check", "info"),
    Action.WARRANTY_CLAIMED: ("shield-check", "info"),
}


def _look(step: JournalLine, states: StateMap) -> tuple[str, str]:
    if step.action == Action.TICKET_STATE:
        code = str(step.after.get("state", ""))
        known = [ticket_look(one) for one in states.states if one.code == code]
        icon, tone = (known[0].icon, known[0].tone) if known else ("refresh-cw", "text2")
        return icon, "text3" if tone == "quiet" else tone
    found = {action.value: look for action, look in _ICONS.items()}
    if step.action == Action.TICKET_INFORMED and step.after.get("how") == ContactHow.PHONE.value:
        return ("phone", "text2")
    return found.get(step.action, ("wrench", "text2"))


def _words(step: JournalLine, wording: Wording, states: StateMap) -> tuple[str, str]:
    """What happened, and what was answered to it."""
    after = step.after
    if step.action in (Action.TICKET_INFORMED, Action.TICKET_REMINDED):
        told = shown_told(after.get("words", ""))
        how = after.get("how")
        known = [one for one in ContactHow if one.value == how]
        said = f"{how_words(known[0])}: {told}" if known else told
        answer = shown_told(after.get("answer", ""))
        return said, _tr("Answered: {words}").format(words=answer) if answer else ""
    if step.action == Action.TICKET_EDITED and set(after) == {"note"}:
        return shown_told(after["note"]) or _tr("Note taken off"), ""
    return ticket_step(step, wording, states), ""


class Timeline(QWidget):
    """Rows under the names of their days."""

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self._shown: object = None
        self._column = rows(gap=6)
        rows(self._column, STRETCH, gap=0, pad=(16, 10, 16, 10), host=self)

    def show_steps(self, steps: Sequence[JournalLine], states: StateMap) -> None:
        """All of them anew, if there is anything new."""
        seen = (tuple(steps), states)
        if seen == self._shown:
            return
        self._shown = seen
        refill(self._column, self._parts(steps, states))

    def _parts(self, steps: Sequence[JournalLine], states: StateMap) -> Iterator[QWidget]:
        if not steps:
            yield label(self.tr("Nothing was done or said yet."), "small", tone="text2", wrap=True)
        latest = reversed(steps)
        for day, those in groupby(latest, lambda step: self._wording.here(step.at).date()):
            yield label(self._day(day), "caption", tone="text2")
            for step in those:
                yield self._row(step, states)

    def _day(self, day: date) -> str:
        return self.tr("Today") if day == self._wording.today() else self._wording.day_in_list(day)

    def _row(self, step: JournalLine, states: StateMap) -> QWidget:
        icon, tone = _look(step, states)
        said, answer = _words(step, self._wording, states)
        words = label(f"{said} · {who_words(step)}", "small", wrap=True)
        more = label(answer, "small", tone="text2", wrap=True) if answer else None
        at = label(self._wording.time(self._wording.here(step.at).time()), "caption", tone="text2")
        mark = IconLabel(icon, tone, 16)
        return held(columns(top(mark), wide(rows(words, more, gap=0)), top(at), gap=10))

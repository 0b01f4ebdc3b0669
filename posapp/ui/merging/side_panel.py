"""What is open and what moves, and the way: merge, or two people; where it is blocked the reason."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLayout, QWidget

from posapp.ui.actions import Action
from posapp.ui.layout import STRETCH, columns, held, put, refill, rows, wide
from posapp.ui.merging.words import job_look, moves_words
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import action_button
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.labels import Elided, StatusPill, label, line, remark
from posapp.ui.widgets.messages import IconLabel
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.wording import translator

if TYPE_CHECKING:
    from posapp.domain.old_data.merging import MergePreview, OpenJob
    from posapp.domain.repairs.tickets import StateMap
    from posapp.ui.merging.presenter import Seen

_tr = translator("Merging")


class SidePanel(QWidget):
    """Right of the fields."""

    def __init__(self, merge: Action, apart: Action) -> None:
        super().__init__()
        self.is_narrow = False
        """Whether the state of a job stands below what it is."""
        self.card = Card(self.tr("Open jobs"))
        self._jobs, self._moves = rows(gap=0), rows(gap=8)
        self._moves_title = label("", "field", weight=600)
        self._old = remark("")
        moves = held(rows(self._moves_title, self._moves, gap=10, pad=(16, 14, 16, 14)))
        old = held(columns(IconLabel("qr-code", "text2", 16), wide(self._old), gap=10, pad=(16, 12)))
        body = held(rows(self._jobs, moves, line(), old, STRETCH, gap=0))
        self.merge = action_button(merge, kind="primary", size="l")
        self.apart = action_button(apart)
        self.blocked = label("", "body", weight=500, tone="danger", wrap=True)
        self._undo = remark("")
        self._can_undo = held(columns(IconLabel("undo-2", "text2", 16), wide(self._undo), gap=10))
        foot = rows(self._can_undo, self.blocked, self.merge, self.apart, gap=8, pad=(16, 8, 16, 12))
        put(self.card.body, wide(Scroller(body, room=48)), foot)
        rows(wide(self.card), host=self)

    def show_seen(self, seen: "Seen", *, is_whole: bool, is_apart: bool) -> None:
        """What is open of both and what moves; where something stands in the way it is said, not merged."""
        preview = seen.preview
        survivor, loser = str(preview.survivor.pl_id), str(preview.loser.pl_id)
        self.card.count.set_text(str(len(preview.jobs)))
        jobs = [self._job(one, preview, seen.states) for one in preview.jobs]
        refill(self._jobs, jobs or [_quiet(self.tr("Nothing is open."))])
        self._moves_title.setText(self.tr("What moves to {pl}").format(pl=survivor))
        moves = [_move(count, words) for count, words in moves_words(preview.moves)]
        refill(self._moves, moves or [label(self.tr("Nothing."), "body", tone="text2")])
        self._old.setText(self.tr("{old} on old papers opens {pl}.").format(old=loser, pl=survivor))
        self._undo.setText(self.tr("Undo in the history of {pl}.").format(pl=survivor))
        self.merge.setText(self.tr("Merge into {pl}").format(pl=survivor))
        differs = self.tr("The sums of both would not be those of one.")
        reason = preview.blocked or ("" if is_whole else differs)
        self.blocked.setText(reason)
        self.blocked.setVisible(bool(reason))
        self.merge.setVisible(not reason)
        self._can_undo.setVisible(not reason)
        self.apart.setText(self.tr("May be one after all") if is_apart else self.tr("Not a duplicate"))

    def _job(self, job: "OpenJob", preview: "MergePreview", states: "StateMap") -> QWidget:
        """Number, what it is, whose it is now, and its state."""
        is_loser_s = job.of == preview.loser.pl_id
        number, pill = label(job.number, "body", weight=600), StatusPill(job_look(job, states))
        whose = Elided(
            _tr("from {pl}").format(pl=job.of) if is_loser_s else str(job.of), "small", tone="text2"
        )
        title, made = Elided(job.title, "body"), QWidget()
        number.setMinimumWidth(theme().px(52))
        body: QLayout
        if self.is_narrow:
            body = rows(columns(number, wide(title), gap=8), columns(wide(whose), pill, gap=8), gap=2)
        else:
            body = columns(number, wide(rows(title, whose, gap=0)), pill, gap=8)
        rows(columns(wide(body), pad=(16, 7, 14, 7)), line(), gap=0, host=made)
        return made


def _quiet(words: str) -> QWidget:
    return held(rows(label(words, "body", tone="text2", wrap=True), pad=(16, 12)))


def _move(count: int, words: str) -> QWidget:
    number = label(str(count), "body", weight=600)
    number.setMinimumWidth(theme().px(20))
    return held(columns(number, wide(Elided(words, "body")), gap=8))

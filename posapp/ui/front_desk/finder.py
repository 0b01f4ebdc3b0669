"""The left column: one search field, the matches, whose number it is, and who was here lately."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from posapp.domain.customers.identity import Identity, Situation
from posapp.ui.customers.identity import Words, words_of
from posapp.ui.customers.parts import IdentityNotice
from posapp.ui.fields import SearchField
from posapp.ui.front_desk.lists import FinderDelegate, Match, Newcomer, Recent, RowsView, rows_of
from posapp.ui.layout import STRETCH, Part, columns, held, put, rows, wide
from posapp.ui.tab_order import chain
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.labels import Elided, KeyLabel, label, line
from posapp.ui.widgets.paint import key_words
from posapp.ui.widgets.progress import LINE_AFTER_MS
from posapp.ui.window.notices import Step
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from posapp.services.counter.search import Answer, Hits

FEWEST_RECENTS = 2

_OLD = {"alias", "old_id", "id_in_system", "old_record"}
"""Why somebody is listed whose ID or record of an older system was typed."""


class Finder(QWidget):
    """Emits what the clerk wants; it decides nothing and asks nobody."""

    typed = Signal(str)  # with every key
    highlighted = Signal(int)  # the customer of the row that Enter would open, 0 for none
    chosen = Signal(int, str)  # customer, and the number of a booking that was searched for ("")
    paper_chosen = Signal(str)  # the number of a Z, sale or payment that was searched for
    new_asked = Signal(object)  # PhoneNumber, or None for the button
    taken_back = Signal(int, object)  # the former owner, and the number that is theirs again

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = FinderDelegate(wording, self)
        self._answer: Answer | None = None
        self._waits_for_answer = False
        self._is_filling, self._is_moving = False, False
        self._late = QTimer(self, singleShot=True, interval=LINE_AFTER_MS)
        self._build()
        self.search.textChanged.connect(self._typed)
        self.search.opened.connect(self._enter)
        self.matches.opened.connect(self._open_match)
        self.matches.selectionModel().currentChanged.connect(self._moved)
        self.recents.opened.connect(self._open)
        self._late.timeout.connect(self._forget_matches)
        self.clear()

    def _build(self) -> None:
        px = theme().px
        self.search = SearchField(
            self.tr("Phone number, name or PL number"), self.tr("Phone, name or PL number")
        )
        self.matches = RowsView(self.tr("Matches"), self._delegate)
        self.matches.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # the arrows of the search field move in it
        self.search.follow(self.matches)
        self.recents = RowsView(self.tr("Recent at this till"), self._delegate)
        self.notice = IdentityNotice()
        self.new = button(
            self.tr("New customer"), icon="user-plus", key="Ctrl+N", run=lambda: self.new_asked.emit(None)
        )
        self._count = label("", "body", weight=600)
        self._how = Elided("", "small", tone="text2")
        self._card = Card()
        self._head = self._band(self._count, wide(self._how))
        recent = label(self.tr("Recent at this till"), "body", weight=600)
        self._recent_head = self._band(wide(recent), KeyLabel("Alt+R"))
        self._has_recents = False
        """Whether they were read: before that, nobody knows that there is nobody."""
        self._nobody = label(self.tr("Nobody yet."), "small", tone="text2")
        self._nobody.setContentsMargins(px(16), px(12), px(16), px(12))
        put(self._card.body, self._head, self.matches, self.notice, self._recent_head, self._nobody)
        put(self._card.body, self.recents, STRETCH, line(), columns(self.new, pad=(12, 10)))
        rows(self.search, wide(self._card), gap=12, host=self)

    @staticmethod
    def _band(first: Part, second: Part) -> QWidget:
        return held(rows(columns(first, second, gap=8, pad=(16, 11, 14, 11)), line(), gap=0))

    # -- what is shown -----------------------------------------------------------------------------------
    @property
    def answer(self) -> "Answer | None":
        """The answer to exactly what stands in the field, None while it is on its way."""
        answer = self._answer
        return answer if answer is not None and answer.text == self.search.text() else None

    def set_wording(self, wording: Wording) -> None:
        """The shop's habits changed."""
        self._delegate.wording = wording

    def show_answer(self, answer: "Answer") -> None:
        """Show the matches of a text; a row is current at once, so Enter needs no arrow."""
        if answer.text != self.search.text():
            return
        self._answer = answer
        self._late.stop()
        identity = answer.identity
        rows = rows_of(answer, identity.number if identity.situation is Situation.NEW else None)
        self._show_matches(rows, _best_row(rows, identity))
        self._show_head(answer.hits)
        self.notice.say(self._words(answer), self._steps(identity))
        chain([self.search, *self.notice.buttons(), self.recents])
        self._share_room()
        if self._waits_for_answer:
            self._enter()

    def _show_matches(self, rows: Sequence[Any], best: int) -> None:
        self._is_filling = True
        self.matches.rows.show_rows(rows)
        if rows:
            self.matches.choose_at(best)
        self._is_filling = False
        self._highlight()

    def _moved(self) -> None:
        if not self._is_filling:
            self._is_moving = True
            self._highlight()

    def _highlight(self) -> None:
        """Tell whom Enter would open; not of matches that are merely read anew below a customer."""
        row = self.matches.current_row()
        if self._is_moving:
            self.highlighted.emit(row.hit.customer_id if isinstance(row, Match) else 0)

    def show_problem(self, sentence: str) -> None:
        """The search could not be done."""
        self._waits_for_answer = False
        self._forget_matches()
        self.notice.say(Words("circle-alert", "danger", sentence))
        self._share_room()

    def _forget_matches(self) -> None:
        """The answer is late or does not come: the matches of an older text do not stand under this one."""
        self._late.stop()
        self._show_matches([], 0)
        self.notice.say(None)
        self._head.hide()
        self._share_room()

    def show_recents(self, recents: Sequence[Recent]) -> None:
        """Who was here lately, the last one first."""
        self._has_recents = True
        self.recents.rows.show_rows(recents)
        self._share_room()

    def clear(self) -> None:
        """Nothing is searched for."""
        self._answer = None
        self._waits_for_answer = False
        self._forget_matches()

    def _show_head(self, hits: "Hits") -> None:
        self._head.setVisible(bool(hits.hits))
        if not hits.hits:
            return
        number = len(hits.hits)
        if hits.hits[0].why == "alike":
            self._count.setText(self.tr("Nobody is called so"))
            self._how.setText(self.tr("names that are alike"))
            return
        papers = {"shift": self.tr("1 shift"), "sale": self.tr("1 sale"), "payment": self.tr("1 payment")}
        one = papers.get(hits.hits[0].kind, self.tr("1 customer"))
        many = self.tr("{count} customers").format(count=number)
        if hits.has_more:
            self._count.setText(self.tr("First {count}").format(count=number))
            self._how.setText(self.tr("more match, type on"))
            return
        self._count.setText(one if number == 1 else many)
        ways = {
            "phone": self.tr("phone number, exact match"),
            "pl": self.tr("PL number, exact match"),
            "alias": self.tr("number of an older system"),
            "old_id": self.tr("ID of an older system"),
            "id_in_system": self.tr("ID of an older system"),
            "old_record": self.tr("record of an older system"),
            "record_in_system": self.tr("record of an older system"),
            "booking": self.tr("booking number"),
            "ticket": self.tr("ticket number"),
            "report": self.tr("number of a Z report"),
            "sale": self.tr("number of a sale"),
            "payment": self.tr("number of a payment"),
            "serial": self.tr("serial number of a device"),
            "imei": self.tr("IMEI of a device"),
            "email": self.tr("e-mail address"),
            "final": self.tr("last digits of the number"),
            "leading": self.tr("first digits of the number"),
        }
        self._how.setText(ways.get(hits.hits[0].why, "") if number == 1 else "")

    def _words(self, answer: "Answer") -> Words | None:
        if any(hit.why in _OLD for hit in answer.hits.hits):
            return None  # what was typed is no phone number
        if answer.alike is not None and answer.identity.situation is Situation.NEW:
            return None  # somebody is meant, sooner than a number that would be unusual
        words = words_of(answer.identity, self._delegate.wording)
        if words is None and not self.matches.rows.rowCount():
            plain = self.tr("{key} makes a new customer of it.").format(key=key_words("Ctrl+N"))
            return Words("search", "text2", self.tr("Nobody is found"), plain)
        return words

    def _steps(self, identity: Identity) -> list[Step]:
        if identity.situation is not Situation.FORMER or identity.number is None:
            return []
        number, first = identity.number, identity.former[0]
        return [
            Step(
                self.tr("It is {pl} again").format(pl=first.pl_id),
                lambda: self.taken_back.emit(first.customer_id, number),
            ),
            Step(self.tr("New customer"), lambda: self.new_asked.emit(number)),
        ]

    def rest(self) -> None:
        """The text has done its work: the next key replaces it, and Ctrl+Z is not about it any more."""
        self._is_moving = False
        self.search.setText(self.search.text())
        self.search.selectAll()

    def enter_recents(self) -> None:
        """Go to the list of who was here lately; a search that hides it makes way."""
        if self.recents.isHidden() and self.search.text():
            self.search.clear()
        if not self.recents.isHidden():
            self.recents.setFocus()

    # -- what is done ------------------------------------------------------------------------------------
    def _typed(self, text: str) -> None:
        self._waits_for_answer = False
        self._is_moving = True
        if text.strip():
            self._late.start()
        else:
            self.clear()
        self.typed.emit(text)

    def _enter(self) -> None:
        """Open the current row; if the answer to the last keys is still to come, as soon as it is there."""
        self._waits_for_answer = bool(self.search.text().strip()) and self.answer is None
        row = self.matches.current_row()
        if row is not None and not self._waits_for_answer:
            self._open(row)

    def _open_match(self, row: Any) -> None:
        """A match that was pressed; one that answers an older text means nobody."""
        if self.answer is not None:
            self._open(row)

    def _open(self, row: Any) -> None:
        self._is_moving = False
        if isinstance(row, Newcomer):
            self.new_asked.emit(row.number)
        elif isinstance(row, Match) and row.hit.is_paper:
            self.paper_chosen.emit(row.hit.number)
        elif isinstance(row, Match):
            is_numbered = row.hit.kind in ("booking", "ticket")
            self.chosen.emit(row.hit.customer_id, row.hit.number if is_numbered else "")
        elif isinstance(row, Recent):
            self.chosen.emit(row.customer.id, "")

    # -- room --------------------------------------------------------------------------------------------
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the height between matches and recents anew."""
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """Matches first; recents only where at least two of them fit below."""
        look = theme()
        row, head = look.row_height(self._delegate.height), look.px(44)
        is_searching = bool(self.search.text().strip())
        notice = 0 if self.notice.isHidden() else self.notice.heightForWidth(look.px(342))
        room = self._card.height() - look.px(62) - max(notice, 0)
        room -= head if not self._head.isHidden() else 0
        # Whole rows only: half a name at the edge looks like a fault.
        matches = min(self.matches.full_height(), max(room // row, 1) * row) if is_searching else 0
        left = room - matches - head
        shows_recents = not is_searching or left >= FEWEST_RECENTS * row
        self.matches.stand(matches)
        self.matches.setVisible(matches > 0)
        self._recent_head.setVisible(shows_recents)
        self._nobody.setVisible(shows_recents and self._has_recents and not self.recents.rows.rowCount())
        whole = max(left // row, 1) * row
        self.recents.stand(min(self.recents.full_height(), whole))
        self.recents.setVisible(shows_recents and self.recents.rows.rowCount() > 0)


def _best_row(rows: Sequence[Any], identity: Identity) -> int:
    """The row that a whole number means; else the first."""
    if identity.situation is Situation.KNOWN and identity.card is not None:
        key = identity.card.customer.id
        for place, row in enumerate(rows):
            if isinstance(row, Match) and row.hit.customer_id == key:
                return place
    return 0

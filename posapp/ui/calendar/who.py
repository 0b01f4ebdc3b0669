"""Whom the booking is for: a phone, name or PL number, the matches at once, and who it turned out to be."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from posapp.domain.base.emails import check_email
from posapp.domain.base.names import check_name
from posapp.domain.customers.identity import Situation
from posapp.services.base.drafts import number_of
from posapp.services.customers.customers import FindOrCreate
from posapp.ui.calendar.who_parts import ChosenStrip, PersonField, WhoField
from posapp.ui.customers.identity import Words, alike_words, standing_words, words_of
from posapp.ui.customers.parts import IdentityNotice
from posapp.ui.customers.without_phone import SamePerson
from posapp.ui.fields import Form, TextField
from posapp.ui.front_desk.lists import FinderDelegate, Match, Newcomer, RowsView, rows_of
from posapp.ui.layout import rows
from posapp.ui.theme import theme
from posapp.ui.widgets.messages import announce
from posapp.ui.widgets.progress import LINE_AFTER_MS
from posapp.ui.window.notices import Step
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from posapp.domain.base.phone import PhoneNumber
    from posapp.domain.customers.customers import Customer, CustomerCard
    from posapp.services.counter.search import Answer

_MOST_ROWS = 6


class WhoBox(QWidget):
    """The customer part of the booking form. It asks nobody: the page brings the answers."""

    typed = Signal(str)  # look it up
    picked = Signal(int)  # a match was taken: bring the card
    taken_back = Signal(int, object)  # the former owner, and the number that is theirs again
    named = Signal(str, str)  # name and e-mail of a new customer, as far as they are typed
    given = Signal(int, object)  # the number is that of a customer who had none
    changed = Signal()  # somebody else, or another name
    rearranged = Signal()  # the buttons of the notice were made anew
    settled = Signal()  # the next field may have the focus

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self.card: CustomerCard | None = None
        self.number: PhoneNumber | None = None
        self._answer: Answer | None = None
        self._waits = self._asks_again = False
        self._late = QTimer(self, singleShot=True, interval=LINE_AFTER_MS)
        self._late.timeout.connect(self._close_popup)
        self._make()

    def _make(self) -> None:
        self.field = WhoField("phone", self.tr("Phone"))
        self.field.edit.setPlaceholderText(self.tr("Phone, name or PL number"))
        self.field.is_settled = lambda: self.card is not None or self.number is not None
        self.field.why_not = self._why_not
        self.field.edit.take = self._take_key
        self.field.edited.connect(self._typed)
        self.field.edit.left.connect(self._left)
        self.strip = ChosenStrip()
        self.strip.change.clicked.connect(self.change)
        self.field.aside.setTextFormat(Qt.TextFormat.RichText)
        self.field.aside.linkActivated.connect(self.ask_person)
        self.notice = IdentityNotice()
        self.same = SamePerson(self.notice, self._is_same)
        self.name = TextField("name", self.tr("Name"), read=check_name, icon="user")
        self.email = TextField("email", self.tr("E-mail (may stay empty)"), read=check_email, icon="mail")
        self.person = PersonField("contact", self.tr("Person"), editable=True)
        self._rows = RowsView(self.tr("Matches"), FinderDelegate(self._wording, self))
        self._rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._rows.opened.connect(self._open_match)
        for part in (self.name, self.person):
            part.edited.connect(self.changed)
        for part in (self.name, self.email):
            part.edited.connect(self._named)

    def _lay_out(self) -> None:
        self._popup = QFrame(self)
        self._popup.setProperty("role", "popup")
        inner = rows(self._rows, host=self._popup)
        inner.setContentsMargins(1, 4, 1, 4)
        self._popup.hide()
        rows(self.field, self.strip, self.notice, self.name, self.email, self.person, gap=6, host=self)

    def join(self, form: Form) -> None:
        """Take the fields into a form, in the order of Enter, and lay them out here."""
        for part in (self.field, self.name, self.email, self.person):
            form.add_field(part)
        self._lay_out()
        self.clear()

    # -- who it is ---------------------------------------------------------------------------------
    def who(self) -> FindOrCreate | None:
        """The new customer that was typed; None where one was found. Raises `DomainError`."""
        if self.card is not None or self.number is None:
            return None
        return FindOrCreate(phone=self.number, name=self.name.value(), email=self.email.value())

    def contact(self) -> str:
        """The person of the account who comes, "" for the account itself."""
        return self.person.text().strip() if self.person.isVisibleTo(self) else ""

    def shown_name(self) -> str:
        """Who comes, as far as it is known."""
        if self.card is not None:
            return self.contact() or self.card.customer.shown_name(self._wording.region)
        return self.name.text().strip() or self.field.text().strip()

    def show_card(self, card: "CustomerCard") -> None:
        """This customer was found, and nobody else is made."""
        self.card, self.number = card, None
        customer, facts = card.customer, card.facts
        phone = self._wording.phone(customer.phone) if customer.phone else str(customer.pl_id)
        if not self.field.edit.hasFocus() or self._answer is None or not self._answer.text.strip():
            self.field.set_text(phone)
        self.field.clear_problem()
        self.field.edit.set_mark("circle-check", "success")
        self.strip.badge.set_text(str(customer.pl_id))
        self.strip.name.setText(customer.shown_name(self._wording.region))
        note = self.tr("Existing customer selected")
        warning = customer.note if customer.is_flagged else ""
        parts = note, standing_words(facts, self._wording), warning
        self.strip.note.setText(" · ".join(filter(None, parts)))
        self._show(strip=True)
        self.notice.say(None)
        self._offer_people(card)
        announce(self, f"{customer.pl_id}, {self.strip.name.full_text()}, {self.strip.note.full_text()}")
        self._close_popup()
        self.changed.emit()

    def _offer_people(self, card: "CustomerCard") -> None:
        customer = card.customer
        people = [customer.shown_name(self._wording.region), *(one.name for one in customer.contacts)]
        self.person.set_choices([(name, name) for name in people])
        self.person.choose(people[0])
        self.person.setVisible(bool(customer.contacts))
        link = f'<a href="person" style="text-decoration:none">{self.tr("Another person")}</a> Alt+P'
        self.field.aside.setText("" if customer.contacts else link)

    def ask_person(self) -> None:
        """Somebody else of the account comes."""
        if self.card is None:
            return
        self.person.show()
        self.field.aside.setText("")
        self.person.set_text("")
        self.person.editor.setFocus(Qt.FocusReason.TabFocusReason)

    def ask_again(self, mark: str) -> None:
        """What is typed was typed for somebody (`mark_of`) who is not the same here; Enter looks it up."""
        text = self.field.text()
        self.clear()
        self.field.set_text(text)
        self._asks_again = True
        words = self.tr("Typed for {pl}, who is not the same customer here. Say again who it is.")
        self.field.say(words.format(pl=number_of(mark)), "warning")
        self.changed.emit()

    def change(self) -> None:
        """It is somebody else: begin again."""
        self.clear()
        self.field.edit.setFocus()
        self.changed.emit()

    def clear(self) -> None:
        """Nobody yet."""
        self.card = self.number = self._answer = None
        self._waits = self._asks_again = False
        self.same.clear()
        self.field.set_text("")
        self.name.set_text("")
        self.email.set_text("")
        self.field.edit.set_mark("")
        self.notice.say(None)
        self._show()
        self._close_popup()

    def _show(self, *, strip: bool = False, new: bool = False) -> None:
        self.strip.setVisible(strip)
        self.field.aside.setText("")
        self.name.setVisible(new)
        self.email.setVisible(new)
        self.person.setVisible(False)

    def make_new(self, number: "PhoneNumber") -> None:
        """Nobody has this number yet: ask for a name. The PL ID is drawn on saving."""
        self.card, self.number = None, number
        self.field.clear_problem()
        self.field.edit.set_mark("user-plus", "text2")
        self._show(new=True)
        self._close_popup()
        self.changed.emit()

    # -- typing ------------------------------------------------------------------------------------
    def _typed(self) -> None:
        text = self.field.text()
        had_somebody = self.card is not None
        self.card = self.number = None
        self._waits = self._asks_again = False
        self.field.edit.set_mark("")
        self.field.clear_problem()
        self.strip.hide()
        self.person.hide()
        self.field.aside.setText("")
        if text.strip():
            self._late.start()
        else:
            self._show()
            self.notice.say(None)
            self._close_popup()
        if had_somebody:
            self.changed.emit()
        self.typed.emit(text)

    def show_answer(self, answer: "Answer") -> None:
        """The answer to what is typed; one to older text is passed over."""
        if answer.text != self.field.text():
            return
        self._answer = answer
        self._late.stop()
        identity = answer.identity
        steps = self._steps(answer)
        self.notice.say(self._words(answer), steps)
        if steps:
            self.rearranged.emit()
        if identity.situation is Situation.KNOWN and identity.card is not None:
            self.show_card(identity.card)
        elif identity.situation is Situation.NEW and identity.number is not None:
            self.make_new(identity.number)
        else:
            self._show()
        self._show_matches(answer)
        if self._waits:
            self._waits = False
            self._enter()

    def show_problem(self, sentence: str) -> None:
        """The search could not be done: matches of an older text make way."""
        self._waits = False
        self.notice.say(None)
        self._close_popup()
        self.field.say(sentence, "danger")

    def _words(self, answer: "Answer") -> Words | None:
        identity = answer.identity
        if identity.situation is Situation.NEW and answer.alike is not None:
            return alike_words(answer.alike, self._wording)
        words = words_of(identity, self._wording)
        if words is None or identity.situation is Situation.KNOWN:
            return None
        return replace(words, plain="") if identity.situation is Situation.INCOMPLETE else words

    def _steps(self, answer: "Answer") -> list[Step]:
        identity, alike = answer.identity, answer.alike
        number = identity.number
        if identity.situation is Situation.NEW and alike is not None:
            words = self.tr("It is {pl}").format(pl=alike.pl_id)
            return [Step(words, lambda: self._pick(alike.customer_id))]
        if identity.situation is Situation.INCOMPLETE and number is not None:
            return [Step(self.tr("Use it as it is"), lambda: self._use(number))]
        if identity.situation is not Situation.FORMER or number is None:
            return []
        first = identity.former[0]
        return [
            Step(
                self.tr("It is {pl} again").format(pl=first.pl_id),
                lambda: self.taken_back.emit(first.customer_id, number),
            ),
            Step(self.tr("New customer"), lambda: self._use(number)),
        ]

    def _use(self, number: "PhoneNumber") -> None:
        self.notice.say(None)
        self.make_new(number)
        self.name.editor.setFocus()

    def _named(self) -> None:
        if self.number is not None and self.card is None:
            self.named.emit(self.name.text(), self.email.text())

    def show_without_phone(self, known: "Sequence[Customer]") -> None:
        """Customers without a number who may be this one: nobody is made twice."""
        if self.number is None or self.card is not None:
            return
        if self.same.offer(known, self.name.editor.setFocus):
            self.rearranged.emit()

    def _is_same(self, customer_id: int) -> None:
        if self.number is not None:
            self.given.emit(customer_id, self.number)

    def _show_matches(self, answer: "Answer") -> None:
        is_known = answer.identity.situation is Situation.KNOWN
        rows = rows_of(answer, self.number, customers_only=True)
        if is_known or not self.field.edit.hasFocus() or not any(isinstance(row, Match) for row in rows):
            self._close_popup()
            return
        self._rows.rows.show_rows(rows)
        self._rows.choose_at(0)
        self._open_popup(len(rows))

    def _open_popup(self, count: int) -> None:
        host = self.window()
        if self._popup.parentWidget() is not host:
            self._popup.setParent(host)
        edit = self.field.edit
        row = theme().row_height(self._rows.delegate.height)
        corner = edit.mapTo(host, QPoint(0, edit.height() + theme().px(4)))
        room = max(host.height() - corner.y() - theme().px(40), row + 10)
        height = min(row * min(count, _MOST_ROWS) + 10, room)
        self._popup.setGeometry(corner.x(), corner.y(), edit.width(), height)
        self._popup.show()
        self._popup.raise_()

    def _close_popup(self) -> None:
        self._late.stop()
        self._popup.hide()

    @property
    def has_popup(self) -> bool:
        """Whether the matches are shown."""
        return self._popup.isVisible()

    def escape(self) -> bool:
        """Close the matches; False if they were closed."""
        was_open = self.has_popup
        self._close_popup()
        return was_open

    def _take_key(self, word: str) -> bool:
        if word == "enter":
            if not self.field.is_empty() and self._current_answer() is None and self.card is None:
                self._waits = True
                if self._asks_again:  # nothing was looked up yet
                    self.typed.emit(self.field.text())
                return True
            return self._enter() if self.has_popup else False
        if not self.has_popup:
            return False
        if word == "escape":
            return self.escape()
        count = self._rows.rows.rowCount()
        now = self._rows.currentIndex().row() + (1 if word == "down" else -1)
        self._rows.choose_at(min(max(now, 0), count - 1))
        announce(self, self._rows.delegate.words_of(self._rows.current_row()))
        return True

    def _current_answer(self) -> "Answer | None":
        answer = self._answer
        return answer if answer is not None and answer.text == self.field.text() else None

    def _enter(self) -> bool:
        row = self._rows.current_row() if self.has_popup else None
        if row is not None:
            self._open_match(row)
        elif self.card is not None or self.number is not None:
            self.settled.emit()
        return True

    def _open_match(self, row: Any) -> None:
        """A match that was pressed; one that answers an older text means nobody."""
        if self._current_answer() is not None:
            self._open(row)

    def _open(self, row: Any) -> None:
        self._close_popup()
        if isinstance(row, Newcomer):
            self.name.editor.setFocus()
        elif isinstance(row, Match):
            self._pick(row.hit.customer_id)

    def _pick(self, customer_id: int) -> None:
        self._answer = None
        self.picked.emit(customer_id)

    def _left(self) -> None:
        self._close_popup()
        answer = self._current_answer()
        if self.card is not None and answer is not None and answer.identity.number is not None:
            self.field.set_text(self._wording.phone(answer.identity.number))
            self.field.edit.set_mark("circle-check", "success")

    def _why_not(self) -> str:
        answer = self._current_answer()
        return answer.identity.problem if answer is not None else ""

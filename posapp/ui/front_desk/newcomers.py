"""Making a customer on the Desk: the form in the card, its draft, and what happens when it is saved."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from posapp.domain.customers.identity import Identity, Situation
from posapp.ui.customers.identity import just_created
from posapp.ui.customers.new_customer import NewCustomerForm
from posapp.ui.customers.parts import Inset
from posapp.ui.customers.presenter import CustomerPresenter
from posapp.ui.presenter import ignore, why_not_saved
from posapp.ui.record.draft_bar import DraftBar
from posapp.ui.record.drafts import DraftKeeper, KeptForms
from posapp.ui.record.page import Saving
from posapp.ui.widgets.cards import Card
from posapp.ui.window.notices import Message, Step

if TYPE_CHECKING:
    from posapp.domain.base.phone import PhoneNumber
    from posapp.domain.customers.customers import Customer, PhoneOwner
    from posapp.services.counter.search import Answer
    from posapp.services.customers.customers import AddWithoutPhone, EditCustomer, FindOrCreate, Found


class NewcomerCard(Card):
    """The form with its head; emits what became of it."""

    known = Signal(int, str)  # open this customer; say this
    made = Signal(object, object)  # Customer, and a Message for the card or None
    left = Signal(bool)  # closed; whether a draft was kept

    def __init__(
        self, presenter: CustomerPresenter, drafts: KeptForms, is_read_only: Callable[[], bool]
    ) -> None:
        super().__init__(self.tr("New customer"))
        self._presenter = presenter
        self.form = form = NewCustomerForm(presenter.wording)
        self.notice = DraftBar(self)
        self._keeper = DraftKeeper(drafts, lambda: form.draft_key, form.draft, self)
        self._saving = Saving(form, self._keeper, is_read_only=is_read_only)
        self.body.addWidget(Inset(self.notice))
        self.body.addWidget(self.form, 1)
        form.edited.connect(self._keeper.soon)
        form.submitted.connect(self._save)
        form.number_typed.connect(self._ask_owner)
        form.opened.connect(self._open_known)
        form.update_asked.connect(self._update)
        form.person_asked.connect(self._add_person)
        form.named.connect(lambda name, email: presenter.without_phone(name, email, form.show_without_phone))
        form.same_asked.connect(self._is_same)
        self.notice.discarded.connect(self._discard)
        form.cancelled.connect(self.leave)

    # -- opening and leaving -----------------------------------------------------------------------------
    def begin(self, number: "PhoneNumber | None", *, name: str = "", phone_text: str = "") -> None:
        """Start the form; what was half typed for the same number comes back."""
        self._start(number, name=name, phone_text=phone_text)
        draft = self._keeper.found() if not name and not phone_text else None
        if draft is not None:
            self.form.restore_draft(draft.values)
            self.notice.show_draft(draft, self._presenter.wording)

    def _start(self, number: "PhoneNumber | None", *, name: str = "", phone_text: str = "") -> None:
        self._keeper.begin()
        self.notice.hide()
        self.form.begin(number, name=name, phone_text=phone_text)
        if number is not None:
            self._look_for_alike(number)
        self._keeper.settle()

    def begin_latest(self) -> bool:
        """Start the form that was left half typed last; False if there is none."""
        key = self._keeper.forms.latest
        if key is None:
            return False
        self.begin(_number_of(key))
        return True

    def _discard(self) -> None:
        self._keeper.forget()
        self._start(_number_of(self.form.draft_key))
        self.form.first_field().setFocus()

    def keep_draft(self) -> bool:
        """Keep what is typed; False if there is nothing to keep."""
        return self._keeper.keep()

    def leave(self) -> None:
        """Close the form; nothing that was typed is lost."""
        self.left.emit(self.keep_draft())

    # -- whose number ------------------------------------------------------------------------------------
    def _ask_owner(self, number: "PhoneNumber | None") -> None:
        if number is None:
            self.form.show_owner(None)
            return
        self._presenter.who_has(number, lambda owner: self._tell_owner(number, owner))

    def _tell_owner(self, number: "PhoneNumber", owner: "PhoneOwner") -> None:
        if self.form.phone.number != number:
            return
        self.form.show_owner(owner.customer)
        if owner.customer is None:
            self._look_for_alike(number)

    def _look_for_alike(self, number: "PhoneNumber") -> None:
        text = number.typed or self._presenter.wording.phone(number)
        self._presenter.search(text, lambda answer: self._tell_alike(number, answer), ignore)

    def _tell_alike(self, number: "PhoneNumber", answer: "Answer | None") -> None:
        if answer is not None and self.form.number == number:
            self.form.show_alike(answer.alike)

    def _open_known(self, customer_id: int) -> None:
        self._keeper.forget()
        self.known.emit(customer_id, "")

    def _update(self, command: "EditCustomer") -> None:
        presenter, said = self._presenter, self.tr("{pl} updated")
        self._saving.save(
            lambda done, failed, forget: presenter.edit(command, done, failed, saved=forget),
            lambda customer: self._joined(customer, said),
        )

    def _add_person(self, customer_id: int, name: str, email: str) -> None:
        presenter, said = self._presenter, self.tr("{name} added to {pl}").replace("{name}", name)
        self._saving.save(
            lambda done, failed, forget: presenter.add_contact(
                customer_id, name, done, failed, email=email, saved=forget
            ),
            lambda customer: self._joined(customer, said),
        )

    def _is_same(self, customer_id: int, number: "PhoneNumber") -> None:
        """Nobody is made: the customer who had no number has this one."""
        presenter, said = self._presenter, self.tr("{pl} has the number now")
        self._saving.save(
            lambda done, failed, forget: presenter.give_number(
                customer_id, number, done, failed, saved=forget
            ),
            lambda customer: self._joined(customer, said),
        )

    def _joined(self, customer: "Customer", said: str) -> None:
        self.known.emit(customer.id, said.replace("{pl}", str(customer.pl_id)))

    # -- saving ------------------------------------------------------------------------------------------
    def _save(self, command: "FindOrCreate | AddWithoutPhone") -> None:
        from posapp.services.customers.customers import FindOrCreate

        presenter = self._presenter
        if isinstance(command, FindOrCreate):
            self._saving.save(
                lambda done, failed, forget: presenter.create(command, done, failed, saved=forget),
                lambda found: self._created(
                    found.customer, None if found.created else self._reused(found, command)
                ),
            )
        else:
            self._saving.save(
                lambda done, failed, forget: presenter.create_without_phone(
                    command, done, failed, saved=forget
                ),
                lambda customer: self._created(customer, None),
            )

    def _created(self, customer: "Customer", message: Message | None) -> None:
        self._start(None)
        self.made.emit(customer, message)

    def _reused(self, found: "Found", command: "FindOrCreate") -> Message:
        customer = found.customer
        text = just_created(customer, self._presenter.session.shop.store.clock.now())
        if not text:
            words = self.tr(
                "This number belongs to {pl}. The existing customer is selected. No second record is created."
            )
            text = words.format(pl=customer.pl_id)
        steps: tuple[Step, ...] = ()
        if found.other_name:
            add = self.tr("Add {name} as another person").format(name=found.other_name)
            steps = (Step(add, lambda: self._add_other(customer.id, found.other_name, command.email)),)
        return Message(text, "info", steps)

    def _add_other(self, customer_id: int, name: str, email: str) -> None:
        said = self.tr("{name} added to {pl}").replace("{name}", name)
        self._presenter.add_contact(
            customer_id, name, lambda customer: self._joined(customer, said), self._failed, email=email
        )

    def _failed(self, error: Exception) -> None:
        self.form.summary.say(why_not_saved(error), "danger")


def _number_of(key: str) -> "PhoneNumber | None":
    """The number that a draft is for, None where that is typed in the form."""
    from posapp.domain.base.phone import PhoneNumber

    return PhoneNumber.from_key(key) if key else None


def seed_of(text: str, identity: Identity) -> dict[str, Any]:
    """What a searched text gives to the form: the number, or a phone to mend, or a name."""
    if identity.number is not None:
        return {"number": identity.number}
    if identity.situation in (Situation.WRONG, Situation.INCOMPLETE):
        return {"number": None, "phone_text": text}
    has_letters = any(character.isalpha() for character in text)
    is_code = any(character.isdecimal() for character in text)
    name = text.strip() if has_letters and not is_code and "@" not in text else ""
    return {"number": None, "name": name}

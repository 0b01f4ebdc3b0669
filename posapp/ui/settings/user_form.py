"""The form of a user: who it is, what they may do, and what proves that it is them."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLayout, QWidget

from posapp.domain.base.emails import check_email
from posapp.domain.base.errors import PosappError
from posapp.domain.base.names import check_name
from posapp.domain.catalogue.taxes import percent_text
from posapp.domain.people.secrets import check_password, check_pin
from posapp.domain.people.users import Role, User
from posapp.services.people.staff import Staff
from posapp.services.people.users import SaveUser
from posapp.ui.fields import AgainField, ComboField, Form, LabeledField, PhoneField, SecretField, TextField
from posapp.ui.layout import grid, rows
from posapp.ui.settings.badge_block import BadgeBlock
from posapp.ui.settings.fields import PercentField
from posapp.ui.settings.role_words import role_sentence, role_word, shown_wait
from posapp.ui.settings.section import block, in_a_row
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import line, remark
from posapp.ui.window.notice_bar import NoticeBar
from posapp.ui.window.notices import Message, Step
from posapp.ui.wording import translator

_tr = translator("Settings")


class UserForm(Form):
    """A new user, or one that is there (`user`); secrets are typed, never shown."""

    customer_asked = Signal()
    """The user's own customer is to be opened, or made."""
    theirs_asked = Signal()
    """What somebody else saved meanwhile is to be taken in."""

    def __init__(self, user: User | None, staff: Staff, region: str) -> None:
        super().__init__()
        self.user, self._staff = user, staff
        self.notice = NoticeBar(self)
        self._make_fields(region)
        self.badge = BadgeBlock()
        words = _tr("Open own customer") if user and user.customer_id else _tr("Make own customer")
        self.customer = button(words, size="s", icon="user", run=self.customer_asked.emit)
        rows(self.notice, *self._fields_in_rows(), *self._rest(), gap=12, host=self)
        if user is not None:
            self._put(user)
            self.badge.show_state(has_badge=user.has_badge)
        self.role.combo.currentTextChanged.connect(lambda _words: self._role_changed())
        self._role_changed()
        self._say_what_is_fixed()

    # -- what is where ---------------------------------------------------------------------------------
    def _make_fields(self, region: str) -> None:
        add = self.add_field
        self.name = add(TextField("name", _tr("Name"), read=check_name))
        self.role = add(ComboField("role", _tr("Role"), self._role_choices()))
        self.phone = add(PhoneField(region=region, required=False))
        self.email = add(TextField("email", _tr("E-mail"), icon="mail", read=check_email))
        self.limit = add(PercentField("discount_limit", _tr("Discount alone, up to"), is_optional=True))
        digits = _tr("PIN, {count} digits") if self._is_new else _tr("New PIN, {count} digits")
        missing = _tr("Choose a PIN.") if self.is_first else ""
        words = digits.format(count=self._staff.pin_length)
        self.pin = add(SecretField("pin", words, read=self._read_pin, missing=missing))
        differs = _tr("The two PINs differ. Type the second one again.")
        self.pin_again = add(AgainField("pin_again", _tr("PIN again"), self.pin, differs))
        words = _tr("Password") if self._is_new else _tr("New password")
        self.password = add(SecretField("password", words, read=self._read_password))
        differs = _tr("The two passwords differ. Type the second one again.")
        self.password_again = add(AgainField("password_again", _tr("Password again"), self.password, differs))

    def _fields_in_rows(self) -> Sequence[QWidget | QLayout]:
        return (
            self.name,
            self.role,
            self.phone,
            self.email,
            self.limit,
            _pair(self.pin, self.pin_again),
            _pair(self.password, self.password_again),
            remark(_tr("The PIN is for the pad of a till. A password may stay empty.")),
        )

    def _rest(self) -> Sequence[QWidget | QLayout]:
        if self._is_new:
            return (remark(_tr("A badge is made once the user is saved.")),)
        own = block(
            _tr("Own customer"),
            _tr("What they order or book for themselves is under this customer."),
            in_a_row(self.customer),
        )
        return (line(), self.badge, line(), own)

    # -- what stands in it -----------------------------------------------------------------------------
    @property
    def _is_new(self) -> bool:
        return self.user is None

    @property
    def is_first(self) -> bool:
        """Whether from this user on everybody signs in."""
        return not self._staff.is_anybody

    def _role_choices(self) -> list[tuple[Role, str]]:
        may = {Role.ADMIN} if self.is_first else self._staff.may_change
        return [(role, role_word(role)) for role in Role if role in may]

    def _put(self, user: User) -> None:
        self.name.set_text(user.name)
        self.role.choose(user.role)
        self.phone.set_text(user.phone.shown(self.phone.region) if user.phone else "")
        self.email.set_text(user.email)
        self.limit.put(user.discount_limit)
        wait = self._staff.waits.get(user.id, 0)
        if wait:
            words = _tr("Locked for {wait} after wrong tries. A new PIN lifts it.")
            self.notice.say(words.format(wait=shown_wait(wait)), "warning")

    def _role_changed(self) -> None:
        role = self.role.value() if self.role.problem() is None else Role.STAFF
        own = next((one.discount_limit for one in self._staff.roles if one.role is role), 0)
        words = _tr("{percent} %, as the role").format(percent=percent_text(own))
        self.limit.editor.setPlaceholderText(words)
        if self.role.isEnabled():
            self.role.say(role_sentence(role))

    def _say_what_is_fixed(self) -> None:
        if self._is_new:
            self.role.choose(Role.ADMIN if self.is_first else Role.STAFF)
        is_last = self.user is not None and self._staff.is_last_admin(self.user)
        if self.is_first or is_last:
            self.role.setEnabled(False)
            words = (
                _tr("The first user is the Admin, who may do everything.")
                if self.is_first
                else _tr("The last Admin stays one. Make somebody else Admin first.")
            )
            self.role.say(words)

    def _read_pin(self, pin: str) -> str:
        number = self.phone.number
        return check_pin(pin, self._staff.pin_length, phone=number.key if number is not None else "")

    def _read_password(self, password: str) -> str:
        return check_password(password, name=self.name.text().strip())

    def command(self) -> SaveUser:
        """What to save; every field is right by now."""
        user = self.user
        return SaveUser(
            id=None if user is None else user.id,
            name=self.name.value(),
            role=self.role.value(),
            phone=self._phone(),
            email=self.email.value(),
            discount_limit=self.limit.value(),
            pin=self.pin.value(),
            password=self.password.value(),
            seen_version=None if user is None else user.stamps.version,
        )

    def _phone(self) -> Any:
        """A number that nobody typed over stays as it was entered once."""
        typed, kept = self.phone.value(), self.user.phone if self.user else None
        return kept if typed is not None and kept is not None and typed.key == kept.key else typed

    # -- somebody else changed it ------------------------------------------------------------------------
    def noted(self, user: User) -> None:
        """This form itself changed the user (a badge): that is no change of somebody else."""
        if self.user is not None and user.stamps.version == self.user.stamps.version + 1:
            self.user = user

    def take_in(self, user: User) -> None:
        """Show what was saved elsewhere, but for the fields that were typed over here."""
        was, shown = self.user, {one.name: one.snapshot() for one in self._fields}
        assert was is not None
        self._put(was)
        typed = {one.name: shown[one.name] for one in self._fields if shown[one.name] != one.snapshot()}
        self.user = user
        self._put(user)
        for one in self._fields:
            if one.name in typed and not one.is_secret:
                one.restore(typed[one.name])
        self.notice.hide()
        self.name.editor.setFocus()

    def show_error(self, error: PosappError) -> None:
        """What was changed elsewhere meanwhile can be looked at without losing what is typed."""
        if error.code != "changed_elsewhere":
            super().show_error(error)
            return
        see = Step(_tr("Show it"), self.theirs_asked.emit)
        self.notice.show_message(Message(error.sentence, "danger", (see,)))
        self.notice.focus_step()


def _pair(one: LabeledField, other: LabeledField) -> QLayout:
    return grid((one, other), gap=(12, 8), shares=(1, 1), align=Qt.AlignmentFlag.AlignTop)

"""Users: who signs in, with which role, and who no longer may."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from posapp.domain.base.stamps import Stamps
from posapp.domain.people.secrets import PIN_LENGTHS
from posapp.domain.people.users import User
from posapp.services.people.staff import Staff
from posapp.services.people.users import SaveUser
from posapp.ui.alive import while_alive
from posapp.ui.layout import columns, put, wide
from posapp.ui.settings.badge_steps import BadgeSteps
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.settings.role_words import role_word, shown_wait
from posapp.ui.settings.table_section import Going, Table, TableSection
from posapp.ui.settings.user_form import UserForm
from posapp.ui.tables import Column
from posapp.ui.widgets.choices import Choice, Segmented
from posapp.ui.widgets.labels import label, line, remark
from posapp.ui.window.shell import Shell
from posapp.ui.wording import translator

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.services.customers.customers import Found
    from posapp.services.desks import Shop

_tr = translator("Settings")
_TOPIC = "users"
_PHONE, _BADGE = 2, 3


@dataclass(frozen=True, slots=True)
class UserRow:
    """A user as a row of the table; `wait` is what is left of a lock-out in seconds."""

    user: User
    wait: int

    @property
    def id(self) -> int:
        """The key of the user."""
        return self.user.id

    @property
    def name(self) -> str:
        """The name of the user."""
        return self.user.name

    @property
    def stamps(self) -> Stamps:
        """When and by whom the user was changed."""
        return self.user.stamps

    @property
    def is_archived(self) -> bool:
        """Whether the user may not sign in any more."""
        return not self.user.is_active


def _state(row: UserRow) -> str:
    if row.is_archived:
        return _tr("Disabled")
    if row.wait:
        return _tr("Locked, {wait}").format(wait=shown_wait(row.wait))
    user = row.user
    return _tr("Active") if user.has_pin or user.has_password or user.has_badge else _tr("No PIN yet")


class UsersSection(TableSection):
    """The table of users. Without any it says what happens with the first one, and makes the ADMIN."""

    def __init__(self, presenter: SettingsPresenter, shell: Shell) -> None:
        self.staff, self._badges = Staff(), BadgeSteps(presenter, shell)
        self._is_read = self._is_adding = False
        super().__init__(self._declare(presenter), presenter, shell)
        self.digits = Segmented(
            [Choice(str(one), str(one)) for one in PIN_LENGTHS], name=_tr("Digits of a PIN")
        )
        self.digits.chosen.connect(lambda key: self._set_digits(int(key)))
        words = label(_tr("Digits of a PIN"), "small", tone="text2", weight=500)
        kept = remark(_tr("For PINs that are chosen from now on."))
        put(self.body, line(), columns(words, self.digits, wide(kept), gap=10, pad=(16, 8)))

    def _declare(self, presenter: SettingsPresenter) -> Table:
        def last_in(row: UserRow) -> str:
            user = row.user
            if user.last_in_at is None:
                return _tr("Never")
            return f"{presenter.wording.moment(user.last_in_at)}, {user.last_in_till}"

        return Table(
            title=_tr("Users"),
            about=" ",
            add=_tr("Add user"),
            new=_tr("New user"),
            save=_tr("Save user"),
            columns=(
                Column(_tr("Name"), lambda row: row.name),
                Column(_tr("Role"), lambda row: role_word(row.user.role)),
                Column(
                    _tr("Phone"),
                    lambda row: presenter.wording.phone(row.user.phone) if row.user.phone else "–",
                ),
                Column(_tr("Badge"), lambda row: _tr("Yes") if row.user.has_badge else "–"),
                Column(_tr("Last in"), last_in),
                Column(_tr("State"), _state),
            ),
            rows=lambda _known: self._rows(),
            parts=lambda _record: {},  # they have a form of their own
            command=SaveUser,
            write=lambda shop, actor, command: shop.users.save(actor, command),
            is_ordered=False,
            going=Going(
                show=_tr("Show disabled"),
                is_gone=_tr("{name}, disabled"),
                go=_tr("Disable"),
                went=_tr("{name} cannot sign in any more"),
                back=_tr("Let in again"),
            ),
        )

    def _rows(self) -> Sequence[UserRow]:
        return [UserRow(one, self.staff.waits.get(one.id, 0)) for one in self.staff.users]

    def compact_changed(self, is_compact: bool) -> None:
        """In narrow windows phone and badge stand in the sheet only."""
        for column in (_PHONE, _BADGE):
            self.table.setColumnHidden(column, is_compact)

    # -- what is listed --------------------------------------------------------------------------------
    def refresh(self) -> None:
        """Read who there is."""
        self.presenter.read(
            lambda shop, actor: shop.users.known(actor), self._show, self.presenter.say_failure, topic=_TOPIC
        )

    def _show(self, staff: Staff) -> None:
        self.staff = staff
        self.digits.set_current(str(staff.pin_length))
        self.about.setText(self._about())
        super().refresh()
        self.keys_changed.emit()
        self._is_read = True
        if self._is_adding:
            self._is_adding = False
            self.add_row()

    def _about(self) -> str:
        if self.staff.is_anybody:
            return _tr("Who signs in at the tills, by PIN, password or badge. Records name the person.")
        return _tr(
            "Nobody signs in yet: whoever is at a till may do everything. Add the first user, an Admin: "
            "from then on everybody signs in, at every till and on the command line."
        )

    def stored(self, shop: "Shop", actor: "Actor", key: int) -> object:
        """The user as a form would save it, and whether they may sign in."""
        user = shop.users.get(actor, key)
        return _command_of(user), user.is_active

    def _set_digits(self, length: int) -> None:
        self.presenter.exchange(
            lambda shop, actor, digits: shop.users.set_pin_length(actor, digits),
            self.staff.pin_length,
            length,
            _tr("New PINs have {count} digits").format(count=length),
            self._digits_refused,
            now=lambda shop, actor: shop.sign_in.pin_length(actor.business),
            done=lambda _none: self.refresh(),
        )

    def _digits_refused(self, error: Exception) -> None:
        self.digits.set_current(str(self.staff.pin_length))
        self.presenter.say_failure(error)

    # -- a user ----------------------------------------------------------------------------------------
    def add_row(self) -> None:
        """Open an empty form; asked for before it is known who there is, it opens as soon as it is."""
        if self._is_read:
            super().add_row()
        else:
            self._is_adding = True

    def leaving(self) -> None:
        """Nobody waits for a form any more."""
        self._is_adding = False

    def _open_form(self, record: UserRow | None) -> None:
        if self._may_change(record):
            super()._open_form(record)

    def _may_change(self, record: UserRow | None) -> bool:
        """Whether the one at the till may, or may add somebody (None); else the key bar says who."""
        may = self.staff.may_change
        if may if record is None else record.user.role in may:
            return True
        adds, changes = _tr("Managers and Admins add users."), _tr("Only an Admin changes {name}.")
        words = adds if record is None else changes.format(name=record.name)
        self.shell.notices.status(words, "warning", seconds=4)
        return False

    def make_form(self, record: UserRow | None) -> UserForm:
        """The whole form; what it asks besides saving is done at once."""
        form = UserForm(record.user if record else None, self.staff, self.session.region)
        form.customer_asked.connect(partial(self._open_customer, form))
        form.theirs_asked.connect(partial(self._take_in, form))
        self._badges.join(form)
        return form

    def other_button(self, record: UserRow) -> QWidget | None:
        """Nobody takes the last ADMIN away; the form says so beside the role."""
        return None if self.staff.is_last_admin(record.user) else super().other_button(record)

    def archive(self, record: UserRow) -> None:
        """Let somebody in no more, or again."""
        if not self._may_change(record):
            return
        if self.staff.is_last_admin(record.user):
            words = _tr("{name} is the last Admin. Make somebody else Admin first.")
            self.shell.notices.status(words.format(name=record.name), "warning", seconds=4)
            return
        super().archive(record)

    def put_archived(self, shop: "Shop", actor: "Actor", key: int, *, archived: bool) -> None:
        """Disable a user or let them in again."""
        shop.users.disable(actor, key, disabled=archived)

    def _save(self, form: Any, record: UserRow | None) -> None:
        """Save a form. A new PIN or password is not taken back, and the first user stays."""
        command, before = form.command(), None if record is None else _command_of(record.user)
        made = [0]

        def work(shop: "Shop", actor: "Actor") -> None:
            made[0] = shop.users.save(actor, command).id

        def write(to: SaveUser | None, is_gone: bool) -> Any:
            def step(shop: "Shop", actor: "Actor") -> None:
                if to is None:
                    shop.users.disable(actor, made[0], disabled=is_gone)
                else:
                    shop.users.save(actor, to)

            return step

        is_final = form.is_first or (record is not None and bool(command.pin or command.password))
        again = None if before is None else _again(command)
        self.save_sheet(
            form,
            work,
            self._said(form, command, is_new=record is None),
            undo=None if is_final else write(before, is_gone=True),
            redo=None if is_final else write(again, is_gone=False),
            now=lambda shop, actor: self.stored(shop, actor, made[0]),
        )

    def _said(self, form: UserForm, command: SaveUser, *, is_new: bool) -> str:
        if form.is_first:
            words = _tr("{name} is the Admin. From now on everybody signs in.")
        else:
            words = _tr("{name} added") if is_new else _tr("{name} saved")
        return words.format(name=command.name)

    def _take_in(self, form: UserForm) -> None:
        assert form.user is not None
        key = form.user.id
        self.presenter.do(
            lambda shop, actor: shop.users.get(actor, key), while_alive(form, form.take_in), form.refuse
        )

    def _open_customer(self, form: UserForm) -> None:
        assert form.user is not None
        key = form.user.id

        def opened(found: "Found") -> None:
            self.shell.leave_for("desk", found.customer.id)

        self.presenter.do(
            lambda shop, actor: shop.users.customer_of(actor, key), opened, while_alive(form, form.refuse)
        )


def _command_of(user: User) -> SaveUser:
    """A user as a form would save it, whatever version it is."""
    return SaveUser(
        id=user.id,
        name=user.name,
        role=user.role,
        phone=user.phone,
        email=user.email,
        discount_limit=user.discount_limit,
    )


def _again(command: SaveUser) -> SaveUser:
    """The same once more, after it was taken back."""
    return replace(command, seen_version=None)

"""Roles: what each of them may do in this shop, changed by an ADMIN within limits."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex

from posapp.domain.base.actor import Permission
from posapp.domain.people.roles import UNLENT, RoleRights
from posapp.domain.people.users import Role
from posapp.ui.actions import Action, hint
from posapp.ui.alive import while_alive
from posapp.ui.layout import columns, put, wide
from posapp.ui.settings.fields import PercentField
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.settings.role_table import RoleLine, RoleTable
from posapp.ui.settings.role_words import role_word
from posapp.ui.settings.section import Section
from posapp.ui.settings.table_section import RowForm, Sheet
from posapp.ui.widgets.labels import line, remark
from posapp.ui.window.shell import Shell
from posapp.ui.wording import translator

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.services.desks import Shop

_tr = translator("Roles")
_TOPIC = "roles"


class RolesSection(Section):
    """A tick for each thing a role may do; who is signed in has it at once."""

    def __init__(self, presenter: SettingsPresenter, shell: Shell) -> None:
        super().__init__(_tr("Roles"), presenter, shell, has_head=False)
        self.table = self.first = RoleTable(_tr("What roles may do"))
        self.table.pressed_cell.connect(self.press)
        self.table.turned.connect(lambda _index: self._tell())
        about = remark(
            _tr("What each role may do alone. For more than that a manager is asked, at the spot.")
        )
        self.told = remark("")
        put(self.body, columns(wide(about), pad=(16, 10)), line(), wide(self.table), line())
        put(self.body, columns(wide(self.told), pad=(16, 9)))

    def own_actions(self) -> Sequence[Action]:
        """What the table does."""
        return hint("↑↓←→", _tr("Move")), hint("Space", _tr("Allow or not"))

    def compact_changed(self, is_compact: bool) -> None:
        """The roles stand closer together."""
        self.table.set_narrow(is_compact)

    # -- what is shown ---------------------------------------------------------------------------------
    def refresh(self) -> None:
        """Read what the roles may do now."""
        self.presenter.read(
            lambda shop, actor: shop.roles.all(actor), self._show, self.presenter.say_failure, topic=_TOPIC
        )

    def _show(self, rights: Sequence[RoleRights]) -> None:
        may = self.session.actor.may(Permission.ROLE_WRITE)
        self.table.roles.show_rights(rights, is_read_only=not may)
        self._tell()

    def _tell(self) -> None:
        """Say below the table what the cell means: the words of its row and role, and why it is fixed."""
        index = self.table.currentIndex()
        found = self.table.roles.cell(index)
        if found is None:
            return
        what, role = found
        words = [f"{role_word(role)}: {what.words}."]
        why = self.table.roles.why(index)
        if why:
            words.append(why)
        elif what.is_limit:
            words.append(_tr("Enter changes it."))
        elif what.permission and not self.table.roles.is_granted(index) and what.permission not in UNLENT:
            words.append(_tr("A manager can lend it for one action."))
        self.told.setText(" ".join(words))

    # -- changing --------------------------------------------------------------------------------------
    def press(self, index: QModelIndex) -> None:
        """Turn a tick over, or ask for another limit; what is fixed says why."""
        found, why = self.table.roles.cell(index), self.table.roles.why(index)
        if found is None:
            return
        if why:
            self.shell.notices.status(why, "warning", seconds=4)
        elif found[0].permission is None:
            self._ask_limit(found[1])
        else:
            self._turn(found[0], found[0].permission, found[1])

    def _turn(self, what: RoleLine, permission: Permission, role: Role) -> None:
        rights = self.table.roles.rights(role)
        assert rights is not None
        is_granted = permission not in rights.permissions
        self._show_at_once(replace(rights, permissions=rights.permissions ^ {permission}))
        words = _tr("{role}: {what}, allowed") if is_granted else _tr("{role}: {what}, not allowed any more")

        def write(shop: "Shop", actor: "Actor", granted: bool) -> object:
            return shop.roles.set(actor, role, permission, is_granted=granted)

        self.presenter.exchange(
            write,
            not is_granted,
            is_granted,
            words.format(role=role_word(role), what=what.words),
            self._refused,
            now=lambda shop, actor: permission in _of(shop.roles.all(actor), role).permissions,
        )

    def _show_at_once(self, rights: RoleRights) -> None:
        """A second press of the same key means the tick as it is seen."""
        model = self.table.roles
        known = [model.rights(role) for role in Role]
        changed = [rights if one.role is rights.role else one for one in known if one is not None]
        model.show_rights(changed, is_read_only=False)
        self._tell()

    def _refused(self, error: Exception) -> None:
        self.presenter.say_failure(error)
        self.refresh()

    def _ask_limit(self, role: Role) -> None:
        rights = self.table.roles.rights(role)
        assert rights is not None
        field = PercentField("discount_limit", _tr("Discount alone, up to, in per cent"))
        field.put(rights.discount_limit)
        field.say(_tr("More needs a manager. A user may have a limit of their own."))
        form = RowForm({"limit": field}, None)
        form.accepted.connect(lambda: self._save_limit(form, rights, **form.values()))
        self.shell.open_sheet(role_word(role), Sheet(form, _tr("Save limit")))
        field.editor.selectAll()  # type: ignore[union-attr]  # a line, not a note

    def _save_limit(self, form: RowForm, rights: RoleRights, limit: int) -> None:
        role = rights.role
        form.set_saving(True)
        self.presenter.exchange(
            lambda shop, actor, new: shop.roles.set_discount(actor, role, new),
            rights.discount_limit,
            limit,
            _tr("{role}: limit of discounts saved").format(role=role_word(role)),
            while_alive(form, form.refuse),
            now=lambda shop, actor: _of(shop.roles.all(actor), role).discount_limit,
            done=while_alive(form, lambda _rights: self.shell.close_sheet()),
        )


def _of(rights: Sequence[RoleRights], role: Role) -> RoleRights:
    return next(one for one in rights if one.role is role)

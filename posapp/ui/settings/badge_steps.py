"""What the form of a user asks about a badge: a new one, its paper, and the end of one that was lost."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from posapp.domain.papers.documents import PaperSize
from posapp.domain.people.users import User
from posapp.ui.alive import while_alive
from posapp.ui.file_dialogs import FileDialog
from posapp.ui.preview.print_watch import paper_output, why_not_made
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.settings.user_form import UserForm
from posapp.ui.window.shell import Shell
from posapp.ui.wording import translator

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.services.desks import Shop

_tr = translator("Settings")


class BadgeSteps:
    """Done at once, not with the form: a badge that was lost ends now."""

    def __init__(self, presenter: SettingsPresenter, shell: Shell) -> None:
        self._presenter, self._shell = presenter, shell

    def join(self, form: UserForm) -> None:
        """Do what this form asks."""
        form.badge.new_asked.connect(partial(self._new, form))
        form.badge.end_asked.connect(partial(self._end, form))
        form.badge.print_asked.connect(partial(self._print, form))
        form.badge.save_asked.connect(partial(self._save, form))

    def _new(self, form: UserForm) -> None:
        key, _code, _name = _badge_of(form)

        def made(badge: tuple[str, User]) -> None:
            code, user = badge
            form.noted(user)
            form.badge.show_state(has_badge=True, code=code)

        self._presenter.do(
            lambda shop, actor: (shop.users.new_badge(actor, key), shop.users.get(actor, key)),
            while_alive(form, made),
            while_alive(form, form.refuse),
        )

    def _end(self, form: UserForm) -> None:
        key, _code, name = _badge_of(form)

        def end(shop: "Shop", actor: "Actor") -> User:
            shop.users.end_badge(actor, key)
            return shop.users.get(actor, key)

        def ended(user: User) -> None:
            form.noted(user)
            form.badge.show_state(has_badge=False)
            self._shell.notices.toast(_tr("The badge of {name} opens nothing any more").format(name=name))

        self._presenter.do(end, while_alive(form, ended), while_alive(form, form.refuse))

    def _print(self, form: UserForm) -> None:
        key, code, name = _badge_of(form)
        session = self._presenter.session
        printer = paper_output(session, PaperSize.BADGE).printer
        self._presenter.do(
            lambda shop, actor: shop.badges.print(actor, key, code, printer),
            lambda _none: self._shell.notices.toast(_tr("Badge of {name} printed").format(name=name)),
            self._failed,
            lane=session.lanes.paper,
        )

    def _save(self, form: UserForm) -> None:
        key, code, _name = _badge_of(form)
        file = ask_badge_file(form)
        if file is None:
            return
        self._presenter.do(
            lambda shop, actor: shop.badges.save(actor, key, code, file, replace=True),
            lambda _none: self._shell.notices.toast(_tr("The badge is in {file}").format(file=file.name)),
            self._failed,
            lane=self._presenter.session.lanes.paper,
        )

    def _failed(self, error: Exception) -> None:
        self._shell.notices.status(why_not_made(error), "danger", seconds=8)


def ask_badge_file(parent: QWidget) -> Path | None:
    """Where the badge is to be written; one that is there was agreed to be replaced."""
    name, _ = FileDialog.getSaveFileName(parent, _tr("Save the badge"), "badge.pdf", "PDF (*.pdf)")
    return Path(name) if name else None


def _badge_of(form: UserForm) -> tuple[int, str, str]:
    assert form.user is not None
    return form.user.id, form.badge.code, form.user.name

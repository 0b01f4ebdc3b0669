"""The two sections of repairs, put together from their parts."""

from posapp.ui.settings.checklists import ChecklistSection
from posapp.ui.settings.loaners import LoanersSection
from posapp.ui.settings.parts import PartsSection
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.settings.several import SeveralSection
from posapp.ui.settings.ticket_rules import RulesSection
from posapp.ui.settings.ticket_states import StatesSection
from posapp.ui.window.shell import Shell
from posapp.ui.wording import translator

_tr = translator("Settings")


def tickets(presenter: SettingsPresenter, shell: Shell) -> SeveralSection:
    """States, days and terms, checklists."""
    parts = (
        ("states", _tr("States"), StatesSection(presenter, shell)),
        ("rules", _tr("Days and terms"), RulesSection(presenter, shell)),
        ("checklists", _tr("Checklists"), ChecklistSection(presenter, shell)),
    )
    return SeveralSection(_tr("Tickets"), presenter, shell, parts)


def parts_and_loaners(presenter: SettingsPresenter, shell: Shell) -> SeveralSection:
    """What lies on the shelf, and what is lent."""
    parts = (
        ("parts", _tr("Parts"), PartsSection(presenter, shell)),
        ("loaners", _tr("Loaners"), LoanersSection(presenter, shell)),
    )
    return SeveralSection(_tr("Parts and loaners"), presenter, shell, parts)

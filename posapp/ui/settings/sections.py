"""The table of sections; a further part of the shop that has settings is one line here."""

from posapp.ui.settings.about import AboutSection
from posapp.ui.settings.data import DataSection
from posapp.ui.settings.help import HelpSection
from posapp.ui.settings.hours import HoursSection
from posapp.ui.settings.people import PeopleSection
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.settings.printing import PrintingSection
from posapp.ui.settings.repairs import parts_and_loaners, tickets
from posapp.ui.settings.section import Entry
from posapp.ui.settings.services import ServicesSection
from posapp.ui.settings.shop import ShopSection
from posapp.ui.settings.till import TillSection
from posapp.ui.window.shell import Shell
from posapp.ui.wording import translator

_tr = translator("Settings")


def entries(presenter: SettingsPresenter, shell: Shell) -> list[Entry]:
    """All sections in order."""
    made = (presenter, shell)
    return [
        Entry("shop", _tr("Shop"), "store", _tr("Name, country, papers"), lambda: ShopSection(*made)),
        Entry(
            "services", _tr("Services"), "wrench", _tr("What can be booked"), lambda: ServicesSection(*made)
        ),
        Entry(
            "people", _tr("People and benches"), "users", _tr("Who and where"), lambda: PeopleSection(*made)
        ),
        Entry("hours", _tr("Hours"), "clock", _tr("Week, breaks, closed days"), lambda: HoursSection(*made)),
        Entry(
            "tickets", _tr("Tickets"), "smartphone", _tr("States, days, checklists"), lambda: tickets(*made)
        ),
        Entry(
            "parts",
            _tr("Parts and loaners"),
            "briefcase",
            _tr("Stock, devices to lend"),
            lambda: parts_and_loaners(*made),
        ),
        Entry(
            "printing", _tr("Printing"), "printer", _tr("Paper and printers"), lambda: PrintingSection(*made)
        ),
        Entry("till", _tr("This till"), "monitor", _tr("Size, theme, scanner"), lambda: TillSection(*made)),
        Entry("data", _tr("Data"), "database", _tr("Backups and checks"), lambda: DataSection(*made)),
        Entry("help", _tr("Help"), "circle-help", _tr("How things are done"), lambda: HelpSection(*made)),
        Entry("about", _tr("About"), "info", _tr("Version, diagnostics"), lambda: AboutSection(*made)),
    ]

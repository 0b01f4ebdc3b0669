"""Checklists: what is looked at when a device is taken in, one line each, per kind of device."""

from itertools import pairwise

from PySide6.QtWidgets import QWidget

from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import clean_text
from posapp.domain.repairs.devices import DeviceKind
from posapp.services.repairs.ticket_states import MOST_LINES, NAME_LIMIT
from posapp.ui.fields import LabeledField
from posapp.ui.fields.edits import NoteEdit
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.settings.saving_form import SavingForm
from posapp.ui.settings.section import Section, group, stacked
from posapp.ui.window.shell import Shell
from posapp.ui.wording import translator

_tr = translator("Settings")

_SHOWN = 8


def kind_words(kind: DeviceKind) -> str:
    """A kind as the head of its checklist."""
    return {
        DeviceKind.PHONE: _tr("Phones"),
        DeviceKind.TABLET: _tr("Tablets"),
        DeviceKind.LAPTOP: _tr("Laptops"),
        DeviceKind.DESKTOP: _tr("Desktops"),
        DeviceKind.CONSOLE: _tr("Consoles"),
        DeviceKind.WATCH: _tr("Watches"),
        DeviceKind.OTHER: _tr("Other devices"),
    }[kind]


class LinesField(LabeledField):
    """Lines of a checklist in their order; empty lines and doubles are left out."""

    def __init__(self, name: str, text: str) -> None:
        edit = NoteEdit(_SHOWN)
        super().__init__(name, text, edit)
        edit.textChanged.connect(self.edited)

    def value(self) -> list[str]:
        """The lines; raises `DomainError` line_long or lines_count."""
        lines: list[str] = []
        for typed in self.text().splitlines():
            line = " ".join(clean_text(typed, 4000, self.name).split())
            if len(line) > NAME_LIMIT:
                sentence = self.tr("Shorten “{start}…” to 40 characters.").format(start=line[:20])
                raise DomainError("line_long", sentence, field=self.name)
            if line and line not in lines:
                lines.append(line)
        if len(lines) > MOST_LINES:
            raise DomainError("lines_count", self.tr("A checklist has at most 40 lines."), field=self.name)
        return lines

    def put(self, lines: list[str]) -> None:
        """Show these lines."""
        self.set_text("\n".join(lines))


class ChecklistSection(Section):
    """All checklists."""

    def __init__(self, presenter: SettingsPresenter, shell: Shell) -> None:
        super().__init__("", presenter, shell)
        self.setAccessibleName(_tr("Checklists"))
        self.form = ChecklistForm(presenter)
        self.add_scrolled(self.form)

    def refresh(self) -> None:
        """Show what is stored."""
        self.form.show_stored()

    def leaving(self) -> None:
        """What is typed is saved."""
        self.form.save_changes()

    def first_field(self) -> QWidget | None:
        """The phones."""
        return self.form.lists[DeviceKind.PHONE].editor


class ChecklistForm(SavingForm):
    """A field per kind, two beside each other."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self.lists = {kind: LinesField(kind.value, kind_words(kind)) for kind in DeviceKind}
        for kind, one in self.lists.items():
            self._keep_lines(kind, one)
        fields: list[LinesField | None] = [*self.lists.values(), None]
        rows = [pair for place, pair in enumerate(pairwise(fields)) if place % 2 == 0]
        sentence = self.tr(
            "One line each, in the order in which they are looked at. Old tickets keep theirs."
        )
        self.setLayout(stacked(group("", rows, sentence)))

    def _keep_lines(self, kind: DeviceKind, one: LinesField) -> None:
        said = self.tr("Checklist saved: {kind}").format(kind=kind_words(kind))
        self.keep(
            one,
            stored=lambda: self._presenter.known.repairs.checklists.get(kind, []),
            put=one.put,
            save=lambda value, failed: self._presenter.set_checklist(kind, value, said, failed),
        )

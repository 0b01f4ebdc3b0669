"""The Settings screen: sections on the left, the chosen one on the right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from posapp.ui.actions import KeyWord, bar, hint
from posapp.ui.focus_filter import focused
from posapp.ui.layout import sides, wide
from posapp.ui.session import Session
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.settings.section import Entry, Section
from posapp.ui.tables import TwoLineDelegate, TwoLineRow
from posapp.ui.tables.inward_list import InwardList
from posapp.ui.theme import theme
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.choices import ChoiceGroup
from posapp.ui.widgets.stack import Stack
from posapp.ui.window.page import Page
from posapp.ui.window.shell import Shell

_WIDTH, _COMPACT_WIDTH = 268, 208


class SectionDelegate(TwoLineDelegate):
    """Icon and word, and below what is inside where there is room."""

    height = 54

    def __init__(self) -> None:
        self.is_compact = False
        super().__init__()

    def set_compact(self, is_compact: bool) -> None:
        """One line or two."""
        self.is_compact = is_compact
        self.height = 48 if is_compact else 54
        self._measure()

    def row_of(self, value: Entry) -> TwoLineRow:
        """The second line is left out in narrow windows."""
        return TwoLineRow(value.word, "" if self.is_compact else value.about, icon=value.icon)


class SettingsPage(Page):
    """F8. `show_page("settings", "printing")` opens a section by its id."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell)
        self._presenter = SettingsPresenter(session, shell.notices)
        self._presenter.on_change = self._refresh
        self._sections: dict[str, Section] = {}
        self._shown_id = ""
        self._card = Card()
        self._delegate = SectionDelegate()
        self._session = session
        name, entries = self.tr("Sections of the settings"), self._allowed()
        self._list = InwardList(name, lambda entry: entry.word, self._delegate, entries)
        self._card.body.addWidget(self._list, 1)
        self._stack = Stack()
        sides(self._card, wide(self._stack), gap=16, pad=16, host=self)
        self._list.went_inside.connect(self._go_inside)
        self._list.turned.connect(self._show_row)
        session.feed.changed.connect(self._presenter.heard)
        theme().changed.connect(self._fit)
        shell.closing.connect(self.deactivated)  # the lanes still finish what is saved there
        session.feed.actor_changed.connect(self._choose_anew)
        self._list.turn_to(0)

    # -- the window asks -------------------------------------------------------------------------------
    def title(self) -> str:
        """What the top bar says."""
        return self.tr("Settings")

    def keys(self) -> list[KeyWord]:
        """Of the list, or of the section that has the focus."""
        if self._list.hasFocus():
            tr = self.tr
            return bar([hint("↑↓", tr("Section")), hint("Return", tr("Open")), hint("Alt+1…9", tr("Go to"))])
        return [*self.section.keys(), *bar([hint("Esc", self.tr("Back to the list"))])]

    def first_field(self) -> QWidget | None:
        """The list, so that the arrows choose a section."""
        return self._list

    def activated(self, payload: object = None) -> None:
        """Read anew; `payload` may name a section, and a text that it is to find."""
        self._presenter.load()
        before = self.section
        if isinstance(payload, str):
            self.show_section(payload)
        if isinstance(payload, tuple):
            self.show_section(payload[0])
            self.section.look_for(payload[1])
        if self.section is before:
            before.entered()

    def deactivated(self) -> None:
        """Save what is half typed and right."""
        self.section.leaving()

    def take_scan(self, code: str) -> bool:
        """Left to the section in front."""
        return self.section.take_scan(code)

    def escape(self) -> bool:
        """Out of what is open in the section, then back to the list."""
        if self.section.escape():
            return True
        if self._list.hasFocus():
            return False
        self._list.setFocus()
        return True

    def choose(self, number: int) -> bool:
        """Alt+1 to Alt+9: a choice of the group that has the focus, else a section."""
        focus = focused()
        if any(
            focus is not None and group.isVisible() and group.isAncestorOf(focus)
            for group in self.findChildren(ChoiceGroup)
        ):
            return super().choose(number)
        if not 1 <= number <= self._list.rows.rowCount():
            return False
        self._list.setFocus()
        self._list.turn_to(number - 1)
        return True

    def compact_changed(self, is_compact: bool) -> None:
        """Narrow windows keep only the words of the list."""
        self._delegate.set_compact(is_compact)
        self._fit()
        for section in self._sections.values():
            section.compact_changed(is_compact)

    # -- sections --------------------------------------------------------------------------------------
    @property
    def section(self) -> Section:
        """The section in front."""
        now = self._stack.currentWidget()
        assert isinstance(now, Section)
        return now

    def show_section(self, section_id: str) -> None:
        """Bring a section to the front; an unknown id changes nothing."""
        for row, entry in enumerate(self._entries_shown()):
            if entry.id == section_id:
                self._list.turn_to(row)

    def _entries_shown(self) -> list[Entry]:
        return list(self._list.rows.rows())

    def _show_row(self, row: int) -> None:
        if row < 0:
            return
        entry = self._entries_shown()[row]
        self._shown_id = entry.id
        if self._sections:
            self.section.leaving()
        if entry.id not in self._sections:
            made = entry.make(self._presenter, self.shell)
            self._sections[entry.id] = made
            self._stack.addWidget(made)
            made.keys_changed.connect(self.keys_changed)
            made.compact_changed(self._delegate.is_compact)
            made.refresh()
        self.shell.close_sheet()
        self._stack.setCurrentWidget(self._sections[entry.id])
        self._sections[entry.id].entered()
        self.keys_changed.emit()

    def _allowed(self) -> list[Entry]:
        """The sections that whoever works here may open."""
        from posapp.ui.settings import sections  # a start loads none of them

        may = self._session.actor.may
        return [one for one in sections.entries() if one.needs is None or may(one.needs)]

    def _choose_anew(self) -> None:
        """Somebody else works here, or may do more or less: only their sections, and what they may see."""
        entries, before = self._allowed(), self._shown_id
        if [one.id for one in entries] == [one.id for one in self._entries_shown()]:
            return
        self._list.rows.show_rows(entries)
        kept = [one.id for one in entries]
        self._list.turn_to(kept.index(before) if before in kept else 0)

    def _go_inside(self) -> None:
        if self.section.first is not None:
            self.section.first.setFocus(Qt.FocusReason.TabFocusReason)

    def _refresh(self) -> None:
        allowed = {one.id for one in self._entries_shown()}
        for section_id, section in self._sections.items():
            if section_id in allowed:  # what somebody else had open is not asked for as this one
                section.refresh()

    def _fit(self) -> None:
        width = _COMPACT_WIDTH if self._delegate.is_compact else _WIDTH
        self._card.setFixedWidth(theme().px(width))
        self._list.doItemsLayout()

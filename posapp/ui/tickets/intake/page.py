"""The intake screen: a device is taken in on one page, by keys, scanner or mouse."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from posapp.domain.base.codes import is_own_number
from posapp.ui.actions import KeyWord
from posapp.ui.focus_filter import focused
from posapp.ui.tickets.intake.form import IntakeForm
from posapp.ui.tickets.intake.line_steps import LineSteps
from posapp.ui.tickets.intake.presenter import IntakePresenter
from posapp.ui.tickets.intake.steps import IntakeSteps
from posapp.ui.window.page import Page
from posapp.ui.window.shell import Shell
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from posapp.ui.session import Session

PAGE = "intake"


class IntakePage(Page):
    """`show_page("intake", 7)` for a customer, `show_page("intake", "B12")` for a booking that arrived."""

    shows_customer = True

    def __init__(self, shell: Shell, session: "Session") -> None:
        super().__init__(shell)
        self.session = session
        self._kept = ""
        self.presenter = IntakePresenter(session)
        self.form = IntakeForm(session, self._now)
        self.steps = IntakeSteps(self)
        self.lines = LineSteps(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        session.feed.changed.connect(self.steps.changed)
        self._begin()

    def _now(self) -> datetime:
        wording = Wording.of(self.session.catalogue.business)
        return wording.here(self.session.shop.store.clock.now())

    # -- the window's questions ------------------------------------------------------------------------
    def title(self) -> str:
        """What the top bar says."""
        return self.tr("New ticket")

    def subtitle(self) -> str:
        """That what is typed is safe, and since when. The number is drawn on saving."""
        return self._kept

    def say_kept(self, *, is_kept: bool) -> None:
        """The draft was kept just now, or is needed no more."""
        shown = Wording.of(self.session.catalogue.business).time(self._now().time()) if is_kept else ""
        self._kept = self.tr("draft kept {time}").format(time=shown) if shown else ""
        self.title_changed.emit()

    def keys(self) -> list[KeyWord]:
        """What works here."""
        form = self.form
        if form.device.condition.hasFocus():
            return [
                KeyWord("1", self.tr("Works")),
                KeyWord("2", self.tr("Faulty")),
                KeyWord("3", self.tr("Untested")),
                KeyWord("Alt+A", self.tr("Rest works")),
                KeyWord("Ctrl+Return", self.tr("Check in")),
                KeyWord("Esc", self.tr("Cancel")),
            ]
        words = [
            KeyWord("Tab", self.tr("Next field")),
            KeyWord("Alt+1…7", self.tr("Device type")),
            KeyWord("Alt+A", self.tr("Rest works")),
            KeyWord("Ctrl+Return", self.tr("Check in")),
            KeyWord("Ctrl+L", self.tr("Add line")),
            KeyWord("Ctrl+D", self.tr("Another device")),
            KeyWord("Ctrl+O", self.tr("Photos")),
            KeyWord("Esc", self.tr("Cancel")),
        ]
        if form.who.card is not None:
            words.insert(6, KeyWord("Alt+P", self.tr("Another person")))
        return words

    def _begin(self) -> None:
        """Bind the keys of the page and take up the draft."""
        add, form = self.shell.shortcuts.add, self.form
        add("intake_customer", self.tr("Customer"), "F2", form.change_customer, page=PAGE)
        add("intake_rest", self.tr("Rest works"), "Alt+A", form.device.condition.rest_works, page=PAGE)
        add("intake_none", self.tr("No serial can be read"), "Alt+N", form.device.ask_reason, page=PAGE)
        add(
            "intake_line",
            self.tr("Add a line to the estimate"),
            "Ctrl+L",
            self.lines.open,
            page=PAGE,
            on_record=True,
        )
        add("intake_another", self.tr("Another device"), "Ctrl+D", form.add_device, page=PAGE)
        add("intake_next", self.tr("Next device"), "Ctrl+PgDown", self._next_device, page=PAGE)
        add("intake_photos", self.tr("Add photos"), "Ctrl+O", form.device.photos.ask, page=PAGE)
        add("intake_paste", self.tr("Paste a photo"), "Ctrl+Shift+V", self._paste, page=PAGE)
        add("intake_person", self.tr("Another person"), "Alt+P", form.customer.ask_person, page=PAGE)
        add("intake_clear", self.tr("Empty the form"), "Ctrl+Delete", self.steps.clear, page=PAGE)
        self.shell.closing.connect(self.steps.keep_draft)  # the lanes still finish it
        self.steps.begin()

    def activated(self, payload: object = None) -> None:
        """A customer's key, the number of a booking, or whoever stands at the counter."""
        form = self.form
        form.device.condition.has_digits = self.session.till.plain_keys
        form.refresh_catalogue()
        self.steps.ask_load()
        self.lines.read_items()
        if isinstance(payload, int):
            self.steps.begin_for(payload)
        elif isinstance(payload, str) and payload:
            self.steps.begin_from(payload)
        elif form.is_for_nobody():
            key = getattr(self.shell.counter, "id", None)
            if isinstance(key, int):
                self.steps.begin_for(key)

    def deactivated(self) -> None:
        """What is half typed is kept."""
        self.steps.keep_draft()

    def first_field(self) -> QWidget | None:
        """Who is it, else what do they bring."""
        return self.form.first_empty()

    def escape(self) -> bool:
        """Close the matches; else leave, the draft is kept."""
        if not self.form.who.escape():
            self.steps.leave()
        return True

    def choose(self, number: int) -> bool:
        """Alt+1 to Alt+7: the kind of device."""
        return self.form.kind_number(number)

    def compact_changed(self, is_compact: bool) -> None:
        """A narrower right column, so that nothing required is out of sight."""
        self.form.set_compact(is_compact)

    # -- for the scanner and the keys --------------------------------------------------------------------
    def take_scan(self, code: str) -> bool:
        """The serial of the device, while that is empty; False for numbers of the shop such as PL24."""
        return not is_own_number(code.strip()) and self.form.device.take_scan(code)

    def focused(self) -> QWidget | None:
        """What has the focus, if it is on this page."""
        now = focused()
        return now if now is not None and self.isAncestorOf(now) else None

    def _next_device(self) -> None:
        count = len(self.form.devices())
        if count > 1:
            self.form.show_device((self.form.at + 1) % count)

    def _paste(self) -> None:
        if not self.form.device.photos.take(QApplication.clipboard().mimeData()):
            self.shell.notices.status(self.tr("There is no picture to paste"))

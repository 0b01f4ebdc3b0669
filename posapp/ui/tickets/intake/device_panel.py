"""The left side: one device in full, from its kind to its photos. It asks nobody; the page brings answers."""

from collections.abc import Sequence
from dataclasses import asdict

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QGridLayout, QWidget

from posapp.domain.base.errors import DomainError
from posapp.domain.repairs.devices import Device, DeviceKind, Model
from posapp.domain.repairs.tickets import FAULT_LIMIT
from posapp.services.repairs.devices import DeviceStory
from posapp.ui.fields import Form, LineEdit
from posapp.ui.layout import STRETCH, Part, at, columns, held, rows, top, wide
from posapp.ui.tab_order import stops_in
from posapp.ui.theme import set_look, theme
from posapp.ui.tickets.intake.chips import KindTiles, ToggleChips
from posapp.ui.tickets.intake.choices import ICONS, kind_words, usual_faults, usually_left, why_no_serial
from posapp.ui.tickets.intake.condition import ConditionGrid
from posapp.ui.tickets.intake.draft import WITH_IMEI, DeviceDraft, model_missing, reason_missing
from posapp.ui.tickets.intake.fields import FaultField, MarkField, PasscodeField, WordsField
from posapp.ui.tickets.intake.photos import PhotoStrip
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.choices import Choice
from posapp.ui.widgets.labels import CountPill, label, line
from posapp.ui.widgets.paint import key_words
from posapp.ui.window.notice_bar import NoticeBar
from posapp.ui.window.notices import Message, Step


class DevicePanel(QWidget):
    """Shows a `DeviceDraft` and reads one back."""

    changed = Signal()
    model_typed = Signal()
    mark_typed = Signal()
    rearranged = Signal()

    def __init__(self, form: Form) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self._checklists: dict[str, list[str]] = {}
        self.device_id: int | None = None
        """The key in the register, while nothing of it was changed by hand."""
        self._kept_condition: dict[str, str] = {}
        self._is_filling = False
        self._grid = QGridLayout()
        self.waiting_photos: list[str] = []
        self._make()
        self._fields = (self.make, self.model, self.mark, self.reason, self.passcode, self.fault)
        for field in self._fields:
            form.add_field(field)
        self._lay_out()
        self._bind()

    def _make(self) -> None:
        self.kinds = KindTiles(
            [Choice(kind.value, kind_words(kind), ICONS[kind]) for kind in DeviceKind],
            name=self.tr("Device type"),
        )
        self.kinds.set_current(DeviceKind.PHONE.value)
        self.make = WordsField("make", self.tr("Brand"))
        self.model = WordsField("model", self.tr("Model"))
        self.mark = MarkField("mark", self.tr("IMEI or serial"))
        self.reason = WordsField("reason", self.tr("Why it cannot be read"), why_no_serial())
        self.passcode = PasscodeField("passcode", self.tr("Passcode"))
        self.notice = NoticeBar()
        self.fault = FaultField("fault", self.tr("What is wrong"), limit=FAULT_LIMIT)
        self.faults = ToggleChips(name=self.tr("Usual faults"))
        self.condition = ConditionGrid()
        self.rest = button(self.tr("Rest works"), kind="quiet", size="s", key="Alt+A")
        self.left = ToggleChips(name=self.tr("Left with us"))
        self.left_too = LineEdit()
        self.left_too.setAccessibleName(self.tr("Something else that is left with us"))
        self.left_too.setPlaceholderText(self.tr("Something else"))
        self.photos = PhotoStrip()
        self.photo_count = CountPill()
        self.model.missing = lambda: None if self.name() else model_missing()
        self.fault.is_said = lambda: bool(self.faults.ticked())
        self.reason.missing = self._reason_missing
        set_look(self.fault.label, type="body", weight="600", tone="text")
        self.fault.aside.setText(self.tr("in the customer’s words"))

    def _bind(self) -> None:
        self.kinds.chosen.connect(self._kind_chosen)
        for field in (self.make, self.model, self.mark):
            field.edited.connect(self._identity_edited)
        self.make.edited.connect(self.model_typed)
        self.model.edited.connect(self.model_typed)
        self.mark.edited.connect(self._mark_edited)
        self.rest.clicked.connect(self.condition.rest_works)
        self.faults.changed.connect(self._faults_changed)
        for part in (self.condition, self.left, self.photos):
            part.changed.connect(self._touched)
        self.left_too.textEdited.connect(self._touched)
        self.photos.changed.connect(self._count_photos)
        self.photos.rearranged.connect(self.rearranged)
        self.mark.aside.setTextFormat(Qt.TextFormat.RichText)
        self.mark.aside.linkActivated.connect(self.ask_reason)

    # -- layout --------------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        self._grid.setSpacing(theme().px(8))
        identity = self._section(self.kinds, self._grid, self.reason, self.notice)
        wrong = self._section(self.fault, self.faults)
        rest = (line(), self._checks(), line(), self._left(), STRETCH)
        rows(identity, line(), wrong, *rest, gap=0, host=self)
        self.reason.hide()
        words = self.tr("Not readable")
        self.mark.aside.setText(f'<a href="none" style="text-decoration:none">{words}</a>')
        self.set_compact(False)
        self.keys_moved()

    def keys_moved(self) -> None:
        """What is told of the key for a serial that cannot be read."""
        key = key_words("Alt+N")
        self.mark.aside.setToolTip(self.tr("It cannot be read ({key})").format(key=key))
        self.mark.aside.setAccessibleName(self.tr("It cannot be read, {key}").format(key=key))

    def set_compact(self, is_compact: bool) -> None:
        """Four fields in a row, or two and two in a narrow window, so that nothing is cut."""
        shares = (32, 32) if is_compact else (19, 32, 28, 19)
        fields = (self.make, self.model, self.mark, self.passcode)
        for place, field in enumerate(fields):
            row, at = divmod(place, len(shares))
            self._grid.addWidget(field, row, at, Qt.AlignmentFlag.AlignTop)
        for at in range(len(fields)):
            self._grid.setColumnStretch(at, shares[at] if at < len(shares) else 0)

    def _section(self, *parts: Part) -> QWidget:
        return held(rows(*parts, gap=8, pad=(16, 9)))

    def _checks(self) -> QWidget:
        head = columns(label(self.tr("Condition at check-in"), "body", weight=600), STRETCH, self.rest)
        return held(rows(head, self.condition, gap=2, pad=(16, 4, 16, 9)))

    def _left(self) -> QWidget:
        self.left_too.setFixedWidth(theme().px(150))
        title = label(self.tr("Left with us"), "body", weight=600)
        left = rows(title, columns(wide(self.left), top(self.left_too), gap=8), STRETCH, gap=6)
        head = columns(label(self.tr("Photos"), "body", weight=600), self.photo_count, STRETCH, gap=8)
        photos = rows(head, at(Qt.AlignmentFlag.AlignLeading, self.photos), STRETCH, gap=6)
        return self._section(columns(wide(left), photos, gap=20))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and pictures are welcome."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take them."""
        self.photos.take(event.mimeData())
        event.acceptProposedAction()

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in reading order."""
        identity = (self.kinds, self.make, self.model, self.mark, self.reason, *stops_in(self.notice))
        wrong = (self.passcode, self.fault, *self.faults.stops())
        left = (*self.left.stops(), self.left_too, *self.photos.stops())
        return [*identity, *wrong, self.rest, self.condition, *left]

    # -- values --------------------------------------------------------------------------------------
    def kind(self) -> str:
        """The chosen kind."""
        return self.kinds.current() or DeviceKind.OTHER.value

    def name(self) -> str:
        """Make and model as far as they are typed."""
        return f"{self.make.text().strip()} {self.model.text().strip()}".strip()

    def set_checklists(self, checklists: dict[str, list[str]]) -> None:
        """What is looked at, by kind."""
        condition = self._conditions()
        self._checklists = checklists
        self.condition.show_rows(checklists.get(self.kind(), []), condition)

    def _conditions(self) -> dict[str, str]:
        # Until the checklists are there, what a draft brought is kept aside.
        return self.condition.states() if self._checklists else self._kept_condition

    def draft(self) -> DeviceDraft:
        """What is typed about the device."""
        return DeviceDraft(
            kind=self.kind(),
            make=self.make.text().strip(),
            model=self.model.text().strip(),
            mark=self.mark.text().strip(),
            reason=self.reason.text().strip(),
            passcode=self.passcode.text(),
            faults=self.faults.ticked(),
            fault=self.fault.text(),
            condition=self._conditions(),
            left=self.left.ticked(),
            left_too=self.left_too.text(),
            photos=[*self.photos.files(), *self.waiting_photos],
            device_id=self.device_id,
        )

    def show_draft(self, draft: DeviceDraft) -> None:
        """Put a device into the form; its photos are brought by the page."""
        self._is_filling = True
        self._dress_kind(draft.kind, draft.faults, draft.left, draft.condition)
        kept = asdict(draft)  # its texts are called as their fields are
        for field in self._fields:
            field.set_text(kept[field.name])
        self.left_too.setText(draft.left_too)
        self.photos.clear()
        self.waiting_photos = list(draft.photos)
        self._count_photos()
        self.device_id = draft.device_id
        self.mark.objection = ""
        self.notice.hide()
        self._show_reason(bool(draft.reason))
        self._is_filling = False

    def take_over(self, device: Device) -> None:
        """What is typed is this device of the register, which knows its kind, make, model and mark."""
        self._is_filling = True
        if device.kind.value != self.kind():
            self._change_kind(device.kind.value)
        self.make.set_text(device.make)
        self.model.set_text(device.model)
        if self.mark.text().strip() != device.mark and not self.mark.editor.hasFocus():
            self.mark.set_text(device.mark)
        self.device_id = device.id
        self._show_reason(False)
        self._is_filling = False
        self.changed.emit()

    def _dress_kind(
        self, kind: str, faults: Sequence[str], left: Sequence[str], condition: dict[str, str]
    ) -> None:
        known = DeviceKind(kind)
        self.kinds.set_current(kind)
        self.mark.set_kind(kind)
        words = self.tr("IMEI or serial") if known in WITH_IMEI else self.tr("Serial")
        self.mark.label.setText(words)
        self.mark.editor.setAccessibleName(words)
        self.faults.show_chips(usual_faults(known), faults)
        self.left.show_chips(usually_left(known), left)
        self._kept_condition = dict(condition)
        self.condition.show_rows(self._checklists.get(kind, []), condition)
        self.rearranged.emit()

    # -- typing --------------------------------------------------------------------------------------
    def _change_kind(self, kind: str) -> None:
        self._dress_kind(kind, self.faults.ticked(), self.left.ticked(), self._conditions())

    def _kind_chosen(self, kind: str) -> None:
        self._change_kind(kind)
        self._identity_edited()

    def _identity_edited(self) -> None:
        if not self._is_filling:
            self.device_id = None
            self.changed.emit()

    def _mark_edited(self) -> None:
        self.notice.hide()
        if self.mark.text().strip():
            self._show_reason(False)
        if not self._is_filling:
            self.mark_typed.emit()

    def _faults_changed(self) -> None:
        if self.faults.ticked():
            self.fault.clear_problem()
        self.changed.emit()

    def _touched(self) -> None:
        if not self._is_filling:
            self.changed.emit()

    def add_photo(self, file: str, image: QImage) -> None:
        """A photo was kept, or one of a draft is there again."""
        if file in self.waiting_photos:
            self.waiting_photos.remove(file)
        self.photos.add(file, image)

    def _count_photos(self) -> None:
        count = len(self.photos.files())
        self.photo_count.set_text(str(count) if count else "")

    def learn(self, models: Sequence[Model]) -> None:
        """Offer makes, and the models of the make that is typed."""
        self.make.learn(dict.fromkeys(one.make for one in models))
        make = self.make.text().strip().casefold()
        self.model.learn(one.model for one in models if not make or one.make.casefold() == make)

    # -- the serial ------------------------------------------------------------------------------------
    def ask_reason(self) -> None:
        """No serial can be read: why?"""
        self.mark.set_text("")
        self.mark.objection = ""
        self._show_reason(True)
        self.reason.editor.setFocus(Qt.FocusReason.TabFocusReason)
        self._mark_edited()

    def show_missing_reason(self) -> None:
        """On saving: without a serial the reason is asked for, in sight."""
        if not self.mark.text().strip() and self.device_id is None:
            self._show_reason(True)

    def _show_reason(self, is_shown: bool) -> None:
        self.reason.setVisible(is_shown)
        if not is_shown:
            self.reason.set_text("")

    def _reason_missing(self) -> DomainError | None:
        is_needed = not self.mark.text().strip() and self.device_id is None
        return reason_missing() if is_needed and not self.reason.text().strip() else None

    def take_scan(self, code: str) -> bool:
        """A scanned code fills the empty serial; False if there is one already."""
        if self.mark.text().strip():
            return False
        self.mark.set_text(code)
        self.mark.leave()
        self._mark_edited()
        self._identity_edited()
        return True

    def show_story(self, story: DeviceStory | None, open_ticket: Step | None) -> None:
        """What the register says; `open_ticket` where the device is in the shop right now."""
        self.notice.hide()
        self.mark.objection = ""
        if story is None:
            return
        if self.device_id != story.device.id:
            self.take_over(story.device)
        if open_ticket is not None:
            words = self.tr("{device} is in the shop already, on {number}.").format(
                device=story.device.name, number=story.here
            )
            self.mark.objection = words
            self.mark.show_problem(self.tr("Here already, on {number}.").format(number=story.here))
            self.notice.show_message(Message(words, "danger", (open_ticket,)))
            self.rearranged.emit()

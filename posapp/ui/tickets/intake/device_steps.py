"""What is known of the device of an intake: its story, models like it, its photos, when it could be done."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QImage

from posapp.ui.presenter import sentence_of
from posapp.ui.tickets.intake.draft import DeviceDraft
from posapp.ui.tickets.intake.form import IntakeForm
from posapp.ui.tickets.intake.photos import small_picture
from posapp.ui.tickets.intake.presenter import IntakePresenter
from posapp.ui.window.notices import Step
from posapp.ui.window.shell import Shell
from posapp.ui.window.undo import at_once

if TYPE_CHECKING:
    from posapp.services.repairs.devices import DeviceStory

_LOOK_AFTER_MS, _FEWEST = 120, 4


class DeviceSteps(QObject):
    """Between the device in front and the register."""

    def __init__(self, form: IntakeForm, presenter: IntakePresenter, shell: Shell) -> None:
        super().__init__(form)
        self._form, self._presenter, self._shell = form, presenter, shell
        self.look_soon = self._soon(self.look)
        learn_soon = self._soon(lambda: presenter.models(form.device.name(), form.device.learn))
        form.customer.device_picked.connect(self._take)
        form.device.mark_typed.connect(lambda _mark: self.look_soon.start())
        form.device.model_typed.connect(lambda _name: learn_soon.start())
        form.device.photos.brought.connect(self.keep_photo)
        form.device.photos.removed.connect(self._photo_removed)
        form.device_shown.connect(self._shown)
        form.here_already.connect(self.look)
        form.strip.remove_asked.connect(self._take_off)
        form.promise.load_asked.connect(self.ask_load)

    def _soon(self, work: Callable[[], object]) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=_LOOK_AFTER_MS)
        timer.timeout.connect(work)
        return timer

    # -- its story -----------------------------------------------------------------------------------
    def _take(self, device_id: int) -> None:
        self._presenter.story(device_id, self._picked, self._form.failed)

    def _picked(self, story: "DeviceStory") -> None:
        device, draft = self._form.device, DeviceDraft()
        draft.take_over(story.device)
        device.take_over(draft)
        self._show(story)
        (device.mark if device.mark.objection else device.fault).editor.setFocus()

    def look(self) -> None:
        """What does the register know about the serial that is typed?"""
        mark = self._form.device.mark.text().strip()
        if len(mark) < _FEWEST:
            self._show(None)
        else:
            self._presenter.look(mark, partial(self._looked, mark), self._form.failed)

    def _looked(self, mark: str, story: "DeviceStory | None") -> None:
        if self._form.device.mark.text().strip() == mark:
            self._show(story)

    def _show(self, story: "DeviceStory | None") -> None:
        form, step = self._form, None
        if story is not None and story.here:
            words = self.tr("Open {number}").format(number=story.here)
            step = Step(words, partial(self._shell.show_page, "tickets", story.here))
        form.device.show_story(story, step)
        form.customer.show_story(story, form.claim_of)

    def _shown(self) -> None:
        for file in list(self._form.device.waiting_photos):
            self.keep_photo(Path(file))
        self.tell_story()

    def tell_story(self) -> None:
        """Of the device in front, by its serial or as one of the register."""
        form = self._form
        device_id = form.devices()[form.at].device_id
        if form.device.mark.text().strip():
            self.look()
        elif device_id is not None:
            self._presenter.story(device_id, self._show, form.failed)

    def ask_load(self) -> None:
        """When could it be promised, as full as the bench is now?"""
        promise = self._form.promise
        self._presenter.promise(
            promise.technician_id(),
            is_rush=promise.rush.isChecked(),
            done=lambda found: promise.show_load(found.due, found.ahead),
        )

    def _take_off(self) -> None:
        gone = self._form.remove_device()
        if gone is not None:
            words = self.tr("{device} is taken off the ticket").format(
                device=gone.name or self.tr("The device")
            )
            self._shell.notices.toast(words, undo=at_once(partial(self._form.put_back, gone)))

    # -- photos --------------------------------------------------------------------------------------
    def keep_photo(self, source: Path | bytes) -> None:
        """Copy a picture beside the draft and show it."""
        kept, refused = partial(self._photo_kept, self._form.at), partial(self._photo_refused, source)
        self._presenter.keep_photo(source, small_picture, kept, refused)

    def _photo_kept(self, at: int, kept: tuple[str, QImage]) -> None:
        form, (file, image) = self._form, kept
        if at == form.at:
            form.device.add_photo(file, image)
        elif at < len(form.devices()) and file not in form.devices()[at].photos:
            form.devices()[at].photos.append(file)

    def _photo_refused(self, source: Path | bytes, error: Exception) -> None:
        waiting = self._form.device.waiting_photos
        if str(source) in waiting:
            waiting.remove(str(source))
        self._shell.notices.status(sentence_of(error), "danger", seconds=6.0)

    def _photo_removed(self, _file: str, put_back: Callable[[], None]) -> None:
        self._shell.notices.toast(self.tr("Photo removed"), undo=at_once(put_back))

"""The device of an intake: its story, models like it, its photos, when it could be done, and its estimate."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QImage

from posapp.domain.catalogue.items import Item
from posapp.domain.repairs.devices import DeviceKind
from posapp.services.counter.intake import PARTS
from posapp.services.repairs.claims import ClaimAsked
from posapp.services.repairs.devices import DeviceStory
from posapp.ui.presenter import sentence_of
from posapp.ui.tickets.estimate.line_form import LineForm
from posapp.ui.tickets.estimate.lines import take_off
from posapp.ui.tickets.estimate.presenter import DraftLine, line_of_price, minutes_of
from posapp.ui.tickets.estimate.price_offers import Offer
from posapp.ui.tickets.intake.draft import fault_of
from posapp.ui.tickets.intake.form import IntakeForm
from posapp.ui.tickets.intake.photos import small_picture
from posapp.ui.tickets.intake.presenter import IntakePresenter
from posapp.ui.window.notices import Step
from posapp.ui.window.shell import Shell
from posapp.ui.window.undo import at_once
from posapp.ui.wording import translator

LOOK_AFTER_MS, FEWEST = 120, 4
"""So long after a key, and from so many characters on, the register is asked for a serial."""
_tr = translator("Intake")


def step_to_ticket(story: DeviceStory | None, shell: Shell) -> Step | None:
    """The way to the ticket of a device that is in the shop right now."""
    if story is None or not story.here:
        return None
    return Step(
        _tr("Open {number}").format(number=story.here), partial(shell.show_page, "ticket", story.here)
    )


class DeviceSteps(QObject):
    """Between the device in front and the register."""

    def __init__(self, form: IntakeForm, presenter: IntakePresenter, shell: Shell) -> None:
        super().__init__(form)
        self._form, self._presenter, self._shell = form, presenter, shell
        self.look_soon = self._soon(self.look)
        learn_soon = self._soon(lambda: presenter.models(form.device.name(), form.device.learn))
        form.customer.device_picked.connect(self._take)
        form.device.mark_typed.connect(self.look_soon.start)
        form.device.model_typed.connect(learn_soon.start)
        form.device.photos.brought.connect(self.keep_photo)
        form.device.photos.removed.connect(self._photo_removed)
        form.device_shown.connect(self._shown)
        form.here_already.connect(self.look)
        form.strip.remove_asked.connect(self._take_off)
        form.promise.load_asked.connect(self.ask_load)

    def _soon(self, work: Callable[[], object]) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=LOOK_AFTER_MS)
        timer.timeout.connect(work)
        return timer

    # -- its story -----------------------------------------------------------------------------------
    def _take(self, device_id: int) -> None:
        self._presenter.story(device_id, self._picked, self._form.failed)

    def _picked(self, story: DeviceStory) -> None:
        device = self._form.device
        device.take_over(story.device)
        self._show(story)
        (device.mark if device.mark.objection else device.fault).editor.setFocus()

    def claim(self, asked: ClaimAsked) -> None:
        """A device is back within its guarantee."""
        self._presenter.read(
            lambda shop, actor: shop.devices.story(actor, asked.device_id),
            partial(self._claimed, asked.warranty_id),
            self._form.failed,
            topic="claim",
        )

    def _claimed(self, warranty_id: int, story: DeviceStory) -> None:
        form = self._form
        places = [at for at, one in enumerate(form.devices()) if one.device_id == story.device.id]
        if places:
            form.show_device(places[0])
        elif form.device.name():
            form.add_device()
        form.customer.claim_changed.emit(warranty_id)
        self._picked(story)

    def look(self) -> None:
        """What does the register know about the serial that is typed?"""
        mark = self._form.device.mark.text().strip()
        if len(mark) < FEWEST:
            self._show(None)
        else:
            looked, failed = partial(self._looked, mark), self._form.failed
            self._presenter.read(
                lambda shop, actor: shop.devices.look(actor, mark), looked, failed, topic="look"
            )

    def _looked(self, mark: str, story: DeviceStory | None) -> None:
        if self._form.device.mark.text().strip() == mark:
            self._show(story)

    def _show(self, story: DeviceStory | None) -> None:
        form = self._form
        form.device.show_story(story, step_to_ticket(story, self._shell))
        form.customer.show_story(story, form.claim_of)

    def _shown(self) -> None:
        for file in list(self._form.device.waiting_photos):
            self.keep_photo(Path(file))
        self.tell_story()
        self.ask_load()

    def tell_story(self) -> None:
        """Of the device in front, by its serial or as one of the register."""
        form = self._form
        device_id = form.devices()[form.at].device_id
        if form.device.mark.text().strip():
            self.look()
        elif device_id is not None:
            self._presenter.story(device_id, self._show, form.failed)

    def ask_load(self) -> None:
        """When could it be promised, as long as the work takes and as full as the bench is now?"""
        promise = self._form.promise
        who, is_rush = promise.technician_id(), promise.rush.isChecked()
        minutes = minutes_of(self._form.lines())
        self._presenter.read(
            lambda shop, actor: shop.tickets.promise(
                actor, minutes=minutes, technician_id=who, is_rush=is_rush
            ),
            lambda found: promise.show_load(found.due, found.ahead),
            topic="promise",
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


class LineSteps(QObject):
    """Between the block of lines, the form of one and the price list."""

    def __init__(self, form: IntakeForm, presenter: IntakePresenter, shell: Shell) -> None:
        super().__init__(form)
        self._form, self._presenter, self._shell = form, presenter, shell
        self._block = form.promise.estimate
        self._items: list[Item] = []
        self._block.add.clicked.connect(lambda _checked: self.open())
        self._block.table.change_asked.connect(self.open)
        self._block.table.removed.connect(self._take_off)
        self._block.offers.taken.connect(self._take_price)
        self._offer_soon = QTimer(self, singleShot=True, interval=LOOK_AFTER_MS)
        self._offer_soon.timeout.connect(self.ask_prices)
        device = form.device
        for typed in (device.changed, device.model_typed, device.fault.edited, form.device_shown):
            typed.connect(self._offer_soon.start)
        form.device_shown.connect(lambda: self._block.offers.show_offers(()))  # those of another one

    def read_items(self) -> None:
        """The parts of the shop and what is free of them, for the next line."""
        self._presenter.read(
            lambda shop, actor: shop.items.find(actor, limit=PARTS), self._known, topic="items"
        )

    def _known(self, items: list[Item]) -> None:
        self._items = items

    def ask_prices(self) -> None:
        """Which prices fit the device in front and its faults?"""
        device = self._form.device
        name, kind, fault = device.name(), DeviceKind(device.kind()), fault_of(device.draft())
        if not name or not fault:
            self._presenter.forget("offers")
            self._block.offers.show_offers(())
            return
        self._presenter.read(
            lambda shop, actor: shop.repair_prices.offers(actor, name, fault, kind=kind),
            lambda found: self._block.offers.show_offers(Offer(1, "", one) for one in found),
            topic="offers",
        )

    def _take_price(self, offer: Offer) -> None:
        items = {one.id: one for one in self._items}
        self._block.put(None, line_of_price(offer.price, items, 1, ""))
        self._block.table.setFocus()

    def open(self, place: int | None = None) -> None:
        """The form of a line: that at a place of the estimate, or a new one."""
        form = LineForm(self._presenter.wording)
        form.stack()
        form.set_devices({1: self._form.device.name() or self.tr("This device")})
        form.set_items(self._items)
        form.made.connect(partial(self._made, place))
        form.closed.connect(self._shell.close_sheet)
        title = self.tr("New line") if place is None else self.tr("Line {n}").format(n=place + 1)
        self._shell.open_sheet(title, form)
        form.begin(None if place is None else self._block.lines[place])

    def _made(self, place: int | None, line: DraftLine) -> None:
        self._shell.close_sheet()
        self._block.put(place, line)
        self._block.table.setFocus()

    def _take_off(self, place: int) -> None:
        block = self._block
        take_off(lambda: block.lines, place, self._shell.notices, block.show_changed)
        (block.table if block.lines else block.add).setFocus()

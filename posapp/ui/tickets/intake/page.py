"""The intake screen: a device is taken in on one page, by keys, scanner or mouse."""

from PySide6.QtWidgets import QApplication, QWidget

from posapp.domain.base.journal import Change
from posapp.domain.base.numbers import is_own_number
from posapp.domain.old_data.past import OldRepairAsked
from posapp.services.repairs.claims import ClaimAsked
from posapp.ui.actions import Action, KeyWord, bar, hint
from posapp.ui.customers.without_phone import KEY as SAME
from posapp.ui.layout import rows
from posapp.ui.record.drafts import KeptForms
from posapp.ui.session import Session
from posapp.ui.tickets.estimate.price_offers import KEY
from posapp.ui.tickets.intake.check_in_steps import CheckInSteps
from posapp.ui.tickets.intake.customer_steps import DraftSteps
from posapp.ui.tickets.intake.device_steps import DeviceSteps, LineSteps
from posapp.ui.tickets.intake.draft import Sealing
from posapp.ui.tickets.intake.form import IntakeForm
from posapp.ui.tickets.intake.presenter import IntakePresenter
from posapp.ui.tickets.intake.promise_panel import DEPOSIT_KEY
from posapp.ui.tickets.intake.signing import SIGN_KEY
from posapp.ui.window.page import Page
from posapp.ui.window.shell import Shell


class IntakePage(Page):
    """`show_page("intake", 7)` for a customer, `show_page("intake", "B12")` for a booking that arrived."""

    shows_customer = True

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell)
        self.session = session
        self._kept = ""
        sealing = Sealing(session)
        forms = KeptForms(session, "intake", seal=sealing.seal, unseal=sealing.unseal)
        self.presenter = IntakePresenter(session)
        self.form = form = IntakeForm(session, forms)
        self.devices = DeviceSteps(form, self.presenter, shell)
        self.drafts = DraftSteps(form, self.presenter, shell, self.devices)
        self.lines = LineSteps(form, self.presenter, shell)
        self._check_in = CheckInSteps(form, self.presenter, shell)
        rows(form, host=self)
        form.cancelled.connect(self.drafts.leave)
        form.keeper.kept.connect(self._say_kept)
        form.promise.estimate.offers.changed.connect(self.keys_changed)
        session.feed.changed.connect(self._changed)
        shell.closing.connect(form.keeper.keep)  # the lanes still finish it
        self.presenter.checklists(form.device.set_checklists, form.failed)
        self.presenter.models("", form.device.learn)
        self.drafts.begin()

    # -- the window's questions ------------------------------------------------------------------------
    def title(self) -> str:
        """What the top bar says."""
        return self.tr("New ticket")

    def subtitle(self) -> str:
        """That what is typed is safe, and since when. The number is drawn on saving."""
        return self._kept

    def _say_kept(self, is_kept: bool) -> None:
        words = self.tr("draft kept {time}")
        self._kept = (
            words.format(time=self.form.wording.time(self.form.wording.now().time())) if is_kept else ""
        )
        self.title_changed.emit()

    def own_actions(self) -> tuple[Action, ...]:
        """The steps of an intake; those without a word in the key bar stand in F1."""
        form, tr = self.form, self.tr
        return (
            hint("Tab", tr("Next field")),
            hint("Alt+1…7", tr("Device type")),
            Action("intake_customer", tr("Customer"), "F2", form.change_customer, in_bar=False),
            Action("intake_rest", tr("Rest works"), "Alt+A", form.device.condition.rest_works),
            Action("intake_none", tr("No serial can be read"), "Alt+N", form.device.ask_reason, in_bar=False),
            hint("Ctrl+Return", tr("Check in")),
            Action(
                "intake_line",
                tr("Add a line to the estimate"),
                "Ctrl+L",
                self.lines.open,
                word=tr("Add line"),
                on_record=True,
            ),
            Action("intake_another", tr("Another device"), "Ctrl+D", form.add_device),
            Action("intake_next", tr("Next device"), "Ctrl+PgDown", form.show_next, in_bar=False),
            Action(
                "intake_person",
                tr("Another person"),
                "Alt+P",
                form.customer.ask_person,
                when=lambda: form.who.card is not None,
            ),
            Action(
                "intake_same",
                tr("It is the customer without a number"),
                SAME,
                form.who.same.take,
                in_bar=False,
            ),
            Action(
                "intake_price",
                tr("Take a price of the list"),
                KEY,
                form.promise.estimate.offers.enter,
                word=tr("Price list"),
                when=form.promise.estimate.offers.has_any,
            ),
            Action("intake_deposit", tr("Deposit"), DEPOSIT_KEY, form.promise.deposit.take, in_bar=False),
            Action(
                "intake_sign", tr("Sign on the screen"), SIGN_KEY, form.promise.signing.open, in_bar=False
            ),
            Action("intake_photos", tr("Add photos"), "Ctrl+O", form.device.photos.ask, word=tr("Photos")),
            Action("intake_paste", tr("Paste a photo"), "Ctrl+Shift+V", self._paste, in_bar=False),
            Action("intake_clear", tr("Empty the form"), "Ctrl+Delete", self.drafts.clear, in_bar=False),
            hint("Esc", tr("Cancel")),
        )

    def keys(self) -> list[KeyWord]:
        """While the checklist has the focus, its digits."""
        if not self.form.device.condition.hasFocus():
            return super().keys()
        states = (hint("1", self.tr("Works")), hint("2", self.tr("Faulty")), hint("3", self.tr("Untested")))
        rest = [one for one in self.own_actions() if one.key in ("Alt+A", "Ctrl+Return", "Esc")]
        return bar((*states, *rest))

    def activated(self, payload: object = None) -> None:
        """A customer's key, the number of a booking, or whoever stands at the counter."""
        self.form.device.condition.has_digits = self.session.till.plain_keys
        self.form.refresh_catalogue()
        self.devices.ask_load()
        self.lines.read_items()
        self._ask_repairs()
        if isinstance(payload, int):
            self.drafts.begin_for(payload)
        elif isinstance(payload, str) and payload:
            self.drafts.begin_from(payload)
        elif isinstance(payload, ClaimAsked):
            self.drafts.begin_for(payload.customer_id)
            self.devices.claim(payload)
        elif isinstance(payload, OldRepairAsked):
            self.drafts.begin_past(payload.past_id)
        else:
            key = getattr(self.shell.counter, "id", None)
            self.drafts.go_on(key if isinstance(key, int) else None)

    def deactivated(self) -> None:
        """What is half typed is kept."""
        self.form.keeper.keep()

    def first_field(self) -> QWidget | None:
        """Who is it, else what do they bring."""
        return self.form.first_empty()

    def escape(self) -> bool:
        """Close the matches; else leave, the draft is kept."""
        if not self.form.who.escape():
            self.drafts.leave()
        return True

    def choose(self, number: int) -> bool:
        """Alt+1 to Alt+7: the kind of device."""
        return self.form.device.kinds.choose_number(number)

    def compact_changed(self, is_compact: bool) -> None:
        """A narrower right column, so that nothing required is out of sight."""
        self.form.set_compact(is_compact)

    def take_scan(self, code: str) -> bool:
        """The serial of the device, while that is empty; False for numbers of the shop such as PL24."""
        return not is_own_number(code.strip()) and self.form.device.take_scan(code)

    def _ask_repairs(self) -> None:
        self.presenter.read(
            lambda shop, actor: shop.ticket_states.settings(actor), self.form.know_repairs, topic="repairs"
        )

    def _paste(self) -> None:
        if not self.form.device.photos.take(QApplication.clipboard().mimeData()):
            self.shell.notices.status(self.tr("There is no picture to paste"))

    def _changed(self, changes: list[Change]) -> None:
        """Another screen or till changed something that is shown here."""
        subjects = {change.subject for change in changes}
        if "catalogue" in subjects:
            self.form.refresh_catalogue()
        if not self.isVisible():
            return
        if subjects & {"ticket", "device"} and self.form.device.mark.text().strip():
            self.devices.look_soon.start()
        if subjects & {"ticket", "booking", "catalogue"}:
            self.devices.ask_load()
        if subjects & {"repair_price", "item"}:
            self.lines.ask_prices()
        if "customer" in subjects:
            self.drafts.refresh()

"""The first start, one step at a time: the shop, what it offers, who signs in, its printer.

What is typed is kept as a draft, so a power cut costs nothing; only a PIN is not. The shop's name and who
signs in have no answer yet: with a name, Ctrl+Enter twice, Alt+U, Ctrl+Enter opens a shop without users.
"""

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from posapp.domain.base.clock import SystemClock
from posapp.domain.base.errors import PosappError
from posapp.domain.base.stamps import Stamps
from posapp.domain.shop.businesses import Business, TaxRounding
from posapp.services.base.drafts import Drafts
from posapp.services.counter.set_up import SetUp
from posapp.till_settings import TillSettings
from posapp.ui.actions import Action, hint
from posapp.ui.background import Lanes
from posapp.ui.fields import Form
from posapp.ui.layout import STRETCH, Sides, at, columns, held, put, rows, sides, space, wide
from posapp.ui.presenter import ignore, sentence_of
from posapp.ui.record.drafts import DraftKeeper, KeptForms
from posapp.ui.setup.admin_step import AdminStep
from posapp.ui.setup.steps import OfferStep, PrinterStep, ShopStep, StepLine
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import action_button
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.labels import label, line
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.window.notice_bar import NoticeBar
from posapp.ui.window.page import Page
from posapp.ui.window.shell import Shell
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from posapp.services.desks import Shop

DRAFT = "setup"
_SHOP, _OFFER, _ADMIN, _PRINTER = range(4)


class SetupPage(Page):
    """Shown when a database has no shop. `done` gets this till's settings, `demo` opens the demo shop.

    `restore` brings back the shop of another computer.
    """

    shows_search = True

    def __init__(
        self,
        shell: Shell,
        shop: "Shop",
        till: TillSettings,
        lanes: Lanes,
        drafts: Drafts,
        *,
        done: Callable[[TillSettings], object],
        demo: Callable[[], object],
        restore: Callable[[], object],
    ) -> None:
        super().__init__(shell)
        self._till, self._done, self._demo, self._bring_back = till, done, demo, restore
        self.shop, self.drafts, self._lanes = shop, drafts, lanes
        self.step = _SHOP
        self.shop_step = ShopStep()
        self.offer_step = OfferStep(self._wording())
        self.admin_step = AdminStep(self._wording().region)
        self.printer_step = PrinterStep(till, lanes.paper, self._printing)
        self._build()
        self._keeper = DraftKeeper(KeptForms(self, DRAFT), lambda: "", self._typed, self)
        self._keeper.settle()
        self._restore()
        for step in self._forms:
            step.edited.connect(self._keeper.soon)
        shell.closing.connect(self.keep_draft)
        self._show_step(_SHOP)

    # -- what is where ---------------------------------------------------------------------------------
    def _build(self) -> None:
        px = theme().px
        self._card = Card()
        self._card.setMaximumSize(px(760), px(960))
        steps = self.tr("Your shop"), self.tr("What you offer"), self.tr("Who signs in"), self.tr("Paper")
        self._line = StepLine(steps)
        self._heading = label("", "name")
        self._sentence = label("", "body", tone="text2", wrap=True)
        self.notice = NoticeBar()
        head = rows(
            self._line, space(10), self._heading, self._sentence, self.notice, gap=6, pad=(24, 20, 24, 4)
        )
        self._card.body.addLayout(head)
        self._stack = QStackedWidget()
        for step in self._forms:
            self._stack.addWidget(self._scrolled(step))
        put(self._card.body, wide(self._stack), line(), self._foot())
        columns(STRETCH, wide(self._card, 100), STRETCH, pad=16, host=self)

    def _scrolled(self, form: Form) -> Scroller:
        return Scroller(held(rows(form, form.summary, STRETCH, pad=(24, 12, 24, 16))))

    def _foot(self) -> Sides:
        _next, onward, without, back, restore, demo = self.own_actions()
        self.next_button = action_button(onward, kind="primary", size="l")
        self.back_button = action_button(back, size="l")
        self.without_button = action_button(without, kind="quiet", size="l")
        self.restore_button = action_button(restore, kind="quiet", size="l")
        words = self.tr("Look around in the demo shop")
        self.demo_button = action_button(demo, words=words, kind="quiet", size="l")
        left = self.next_button, self.back_button, self.without_button
        right = self.restore_button, self.demo_button
        self.demo_button.keep_words()
        begins, ends = columns(*left, STRETCH, gap=8), columns(*right, gap=8)
        return sides(wide(begins), at(Qt.AlignmentFlag.AlignLeft, ends), gap=8, pad=(24, 12))

    # -- the window asks -------------------------------------------------------------------------------
    def title(self) -> str:
        """What the top bar says."""
        return self.tr("Welcome")

    def subtitle(self) -> str:
        """What this is."""
        return self.tr("The first start of posapp")

    def own_actions(self) -> tuple[Action, ...]:
        """What the buttons promise; three keys are enough."""
        tr = self.tr
        return (
            hint("Return", tr("Next field")),
            Action("setup_next", tr("Next step"), "Ctrl+Return", self.go_on, word=self._words()[2]),
            Action(
                "setup_without", tr("Work without users"), "Alt+U", self.work_without, when=self._asks_who
            ),
            Action("setup_back", tr("Back"), "Alt+Left", self.go_back, when=lambda: self.step > _SHOP),
            Action("setup_restore", tr("Restore a backup"), "Alt+R", self._bring_back, in_bar=False),
            Action("setup_demo", tr("Demo shop"), "Alt+D", self._demo),
        )

    def first_field(self) -> QWidget | None:
        """The first field of the step."""
        if self.step == _PRINTER:
            return self.printer_step.paper
        fields = self._form.fields()
        return fields[0].editor if fields else self.admin_step.way.part

    def escape(self) -> bool:
        """One step back; nothing is lost."""
        if self.step == _SHOP:
            return True
        self.go_back()
        return True

    # -- steps -----------------------------------------------------------------------------------------
    @property
    def _forms(self) -> tuple[ShopStep, OfferStep, AdminStep, PrinterStep]:
        return self.shop_step, self.offer_step, self.admin_step, self.printer_step

    @property
    def _form(self) -> Form:
        return self._forms[self.step]

    def go_on(self) -> None:
        """Check the step and go to the next one; the last one creates the shop."""
        if not self.next_button.isEnabled() or not self._form.submit():
            return
        if self.step < _PRINTER:
            self._show_step(self.step + 1)
        else:
            self._create()

    def go_back(self) -> None:
        """To the step before."""
        if self.step > _SHOP and self.next_button.isEnabled():
            self._show_step(self.step - 1)

    def work_without(self) -> None:
        """Nobody signs in, so nothing is asked of them."""
        if self._asks_who():
            self.admin_step.work_without()
            self.go_on()

    def _asks_who(self) -> bool:
        return self.step == _ADMIN

    def _show_step(self, step: int) -> None:
        self.step = step
        if step == _OFFER and self.offer_step.wording != self._wording():
            self._renew_offer()
        self.admin_step.phone.set_region(self._wording().region)
        self._stack.setCurrentIndex(step)
        self._line.set_current(step)
        heading, sentence, go_on = self._words()
        self._heading.setText(heading)
        self._sentence.setText(sentence)
        self.next_button.setText(go_on)
        for one in (self.next_button, self.restore_button):  # the words of the last step are the longest
            one.keep_words(step == _PRINTER)
        self.back_button.setVisible(step > _SHOP)
        self.without_button.setVisible(step == _ADMIN)
        for one in (self.restore_button, self.demo_button):  # there is no room for all of them
            one.setVisible(step != _ADMIN)
        self.notice.hide()
        if step == _PRINTER:
            self.printer_step.entered()
        first = self.first_field()
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
        self.keys_changed.emit()

    def _words(self) -> tuple[str, str, str]:
        """Heading, sentence, and what the main button says."""
        tr = self.tr
        if self.step == _SHOP:
            all_later = tr("Only the name is needed. Everything here can be changed later in Settings.")
            return tr("Set up your shop"), all_later, tr("Next")
        if self.step == _OFFER:
            few = tr("Two or three lines are enough for the first day, and none is fine, too.")
            return tr("What can be booked?"), few, tr("Next")
        if self.step == _ADMIN:
            real = tr(
                "Each record carries the person who made it, and each person may do what their role may."
            )
            return tr("Who signs in?"), real, tr("Next")
        slip = tr("A slip with the customer’s number comes out after each booking.")
        return tr("Paper for the customer"), slip, tr("Open the shop")

    def _renew_offer(self) -> None:
        """Another country: prices are in another currency now."""
        kept = self.offer_step.snapshot()
        fresh = OfferStep(self._wording())
        fresh.restore_all({name: one for name, one in kept.items() if name not in ("tax", "prices")})
        old = self._stack.widget(_OFFER)
        self._stack.insertWidget(_OFFER, self._scrolled(fresh))
        if old is not None:
            self._stack.removeWidget(old)
            old.deleteLater()
        self.offer_step = fresh
        fresh.edited.connect(self._keeper.soon)

    def _wording(self) -> Wording:
        step = self.shop_step
        if any(field.problem() for field in (step.region, step.currency, step.locale_, step.time_zone)):
            return Wording()
        return Wording(
            locale=step.locale_.value(),
            region=step.region.value(),
            currency=step.currency.value(),
            zone=step.time_zone.value(),
        )

    # -- drafts ----------------------------------------------------------------------------------------
    def _typed(self) -> dict[str, object]:
        names = ("shop", "offer", "admin", "printer")
        return {name: step.snapshot() for name, step in zip(names, self._forms, strict=True)}

    def keep(self, write: Callable[[], object]) -> None:
        """Write what is half typed; the disk is waited for on a lane of its own."""
        self._lanes.files.run(write, done=ignore, failed=ignore)

    def keep_draft(self) -> None:
        """Write down what is typed so far."""
        self._keeper.keep()

    def _restore(self) -> None:
        draft = self._keeper.found()
        kept = {name: one for name, one in (draft.values if draft else {}).items() if isinstance(one, dict)}
        self.shop_step.restore_all(kept.get("shop", {}))
        if self.offer_step.wording != self._wording():
            self._renew_offer()
        self.offer_step.restore_all(kept.get("offer", {}))
        self.admin_step.restore_all(kept.get("admin", {}))
        self.printer_step.restore_all(kept.get("printer", {}))

    # -- the end ---------------------------------------------------------------------------------------
    def _create(self) -> None:
        till = self.printer_step.settings(self._till)
        self._set_saving(True)
        wanted, desk = self._wanted(), self.shop.set_up
        self._lanes.database.run(
            lambda: desk.begin(till.name, wanted),
            done=lambda _business: self._created(till),
            failed=self._refused,
            topic="setup",
        )

    def _wanted(self) -> SetUp:
        taxes = self.offer_step.taxes
        return SetUp(
            shop=replace(self.shop_step.command(), prices_include_tax=taxes.are_included()),
            services=tuple(self.offer_step.commands()),
            people=tuple(self.offer_step.names()),
            week=self.offer_step.open.week(),
            tax=taxes.tax(),
            admin=self.admin_step.command(),
        )

    def _created(self, till: TillSettings) -> None:
        self.shell.closing.disconnect(self.keep_draft)  # nothing is half typed any more
        self._keeper.forget()
        self._set_saving(False)
        self._done(till)

    def _refused(self, error: Exception) -> None:
        self._set_saving(False)
        for step, form in enumerate(self._forms):
            if isinstance(error, PosappError) and form.field(form.name_of(error.field or "")) is not None:
                self._show_step(step)
                form.show_error(error)
                return
        words = self.tr("The shop could not be created. What you typed is kept.")
        self.notice.say(sentence_of(error, words), "danger")

    def _set_saving(self, saving: bool) -> None:
        self.next_button.set_saving(saving, self.tr("Opening the shop"))
        self.back_button.setEnabled(not saving)

    def _printing(self) -> Callable[[], None]:
        from posapp.services.bookings.samples import print_sample
        from posapp.services.papers.papers import Output

        till = self.printer_step.settings(self._till)
        now = SystemClock().now()
        typed = {**asdict(self.shop_step.command()), "prices_include_tax": True}
        shop = Business(
            id=0,
            cutover_minutes=0,
            logo="",
            tax_rounding=TaxRounding.LINE,
            cash_rounding_minor=0,
            account_limit_minor=0,
            stamps=Stamps(now, "", now, ""),
            **typed,
        )
        paper = self.printer_step.paper_size()
        printer = till.receipt_printer if paper.is_roll else till.a4_printer
        return lambda: print_sample(shop, till.name, Output(paper=paper, printer=printer), None)

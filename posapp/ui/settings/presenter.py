"""What Settings reads and writes: all work on the lanes, nothing of widgets."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from posapp import paths
from posapp.domain.base.errors import DomainError, EnvironmentFault
from posapp.domain.base.journal import Change
from posapp.domain.repairs.devices import DeviceKind
from posapp.domain.shop.businesses import Business
from posapp.services.counter.shop_settings import ShopSettings
from posapp.services.shop.businesses import EditBusiness
from posapp.ui.presenter import Done, Failed, Presenter, ignore, sentence_of
from posapp.ui.session import Session
from posapp.ui.window.notices import Notices
from posapp.ui.window.undo import Turn
from posapp.ui.window.undo import Work as Turning
from posapp.ui.wording import Wording, translator

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.domain.selling.qr_payments import QrPayment
    from posapp.services.desks import Shop

_tr = translator("Settings")

log = logging.getLogger(__name__)

SAMPLE_MINOR, SAMPLE_ABOUT = 100, "T1"
"""What the code in Settings asks for."""
Work = Callable[["Shop", "Actor"], Any]
"""Something that a desk does or tells; on the database lane."""
_SUBJECTS = frozenset(
    {"business", "service", "resource", "catalogue", "ticket_state", "checklist", "item", "loaner", "shelf"}
    | {"price_level", "repair_price", "stock_count", "tax", "user", "role"}
)


@dataclass(frozen=True, slots=True)
class Store:
    """Where the values of a form live: `get(name)`, and `put(name, value, said, failed)` keeps another."""

    get: Callable[[str], Any]
    put: Callable[[str, Any, str, Failed], object]


class SettingsPresenter(Presenter):
    """Saves one thing at a time and says so; `on_change` is called when something was read anew."""

    topic = "settings"

    def __init__(self, session: Session, notices: Notices) -> None:
        super().__init__(session)
        self.notices = notices
        self.known = ShopSettings(session.catalogue)
        self.on_change: Callable[[], None] = lambda: None
        self.of_shop = Store(lambda name: getattr(self.business, name), self._edit_shop)
        self.of_repairs = Store(lambda name: getattr(self.known.repairs.settings, name), self.edit_repairs)
        self.of_drawers = Store(lambda name: getattr(self.known.shifts, name), self._edit_drawers)
        self.of_customers = Store(lambda name: getattr(self.known.customers, name), self._edit_customers)
        self.of_till = Store(
            lambda name: getattr(session.till, name),
            lambda name, value, said, failed: self.change_till(said, failed, **{name: value}),
        )
        self.of_checklists = Store(self._checklist, self._set_checklist)

    @property
    def business(self) -> Business:
        """The shop as last read."""
        return self.known.catalogue.business

    @property
    def wording(self) -> Wording:
        """How the shop writes days and amounts."""
        return Wording.of(self.business, self.session.shop.store.clock)

    # -- reading ---------------------------------------------------------------------------------------
    def load(self) -> None:
        """Read everything anew."""
        self.read(lambda shop, actor: shop.settings.all(actor), self._arrived)

    def heard(self, changes: Sequence[Change]) -> None:
        """Something was written here or at another till."""
        if _SUBJECTS & {change.subject for change in changes}:
            self.load()

    def _arrived(self, known: ShopSettings) -> None:
        self.known = known
        self.on_change()

    # -- writing ---------------------------------------------------------------------------------------
    def save(
        self,
        work: Work,
        said: str,
        *,
        failed: Failed,
        undo: Work | None = None,
        redo: Work | None = None,
        now: Work = lambda _shop, _actor: None,
        done: Done[Any] = ignore,
    ) -> None:
        """Do `work`, then say `said`; `undo` takes it back, `redo` (or `work`) does it again.

        `now` reads what was changed: where that is not as it was left, somebody else changed it since, and
        it is neither taken back nor done again.
        """
        left: list[Any] = []

        def first(shop: "Shop", actor: "Actor") -> Any:
            made = work(shop, actor)
            left[:] = [now(shop, actor)]
            return made

        def saved(result: Any) -> None:
            self.load()
            done(result)
            if undo is None:
                self.notices.toast(said)
            else:
                back, forth = self._turning(undo, now, left), self._turning(redo or work, now, left)
                self.notices.toast(said, undo=back, redo=forth)

        self.do(first, saved, failed)

    def _turning(self, step: Work, now: Work, left: list[Any]) -> Turning:
        def checked(shop: "Shop", actor: "Actor") -> None:
            if now(shop, actor) != left[0]:
                raise DomainError("changed_elsewhere", _tr("It was changed by somebody else since."))
            step(shop, actor)
            left[:] = [now(shop, actor)]

        def run(turn: Turn) -> None:
            def turned(_made: object) -> None:
                self.load()
                turn.done()

            self.do(checked, turned, turn.failed)

        return run

    def exchange(
        self,
        write: Callable[["Shop", "Actor", Any], object],
        before: Any,
        after: Any,
        said: str,
        failed: Failed,
        *,
        now: Work,
        done: Done[Any] = ignore,
    ) -> None:
        """Put another value where `before` is; the step back writes that again."""
        self.save(
            lambda shop, actor: write(shop, actor, after),
            said,
            failed=failed,
            undo=lambda shop, actor: write(shop, actor, before),
            now=now,
            done=done,
        )

    def _edit_shop(self, name: str, value: Any, said: str, failed: Failed) -> None:
        def write(shop: "Shop", actor: "Actor", new: Any) -> object:
            return shop.businesses.edit(actor, EditBusiness(**{name: new}))

        def now(shop: "Shop", actor: "Actor") -> object:
            return getattr(shop.businesses.get(actor), name)

        self.exchange(write, getattr(self.business, name), value, said, failed, now=now)

    def edit_repairs(self, name: str, value: Any, said: str, failed: Failed) -> None:
        """Give one setting of repairs another value."""

        def write(shop: "Shop", actor: "Actor", new: Any) -> object:
            desk = shop.ticket_states
            return desk.set_settings(actor, replace(desk.settings(actor), **{name: new}))

        def now(shop: "Shop", actor: "Actor") -> object:
            return getattr(shop.ticket_states.settings(actor), name)

        self.exchange(write, self.of_repairs.get(name), value, said, failed, now=now)

    def _edit_drawers(self, name: str, value: Any, said: str, failed: Failed) -> None:
        def write(shop: "Shop", actor: "Actor", new: Any) -> object:
            return shop.shifts.set_settings(actor, replace(shop.shifts.settings(actor), **{name: new}))

        def now(shop: "Shop", actor: "Actor") -> object:
            return getattr(shop.shifts.settings(actor), name)

        self.exchange(write, self.of_drawers.get(name), value, said, failed, now=now)

    def _edit_customers(self, name: str, value: Any, said: str, failed: Failed) -> None:
        def write(shop: "Shop", actor: "Actor", new: Any) -> object:
            if name == "kiosk_nod":
                return shop.kiosk.set_nod(actor, is_wanted=new)
            return shop.privacy.set_tax_years(actor, new)

        def now(shop: "Shop", actor: "Actor") -> object:
            return shop.kiosk.wants_nod(actor) if name == "kiosk_nod" else shop.privacy.tax_years(actor)

        self.exchange(write, self.of_customers.get(name), value, said, failed, now=now)

    def _checklist(self, kind: str) -> list[str]:
        return self.known.repairs.checklists.get(DeviceKind(kind), [])

    def _set_checklist(self, kind: str, lines: list[str], said: str, failed: Failed) -> None:
        key = DeviceKind(kind)
        self.exchange(
            lambda shop, actor, new: shop.ticket_states.set_checklist(actor, key, new),
            self._checklist(kind),
            lines,
            said,
            failed,
            now=lambda shop, actor: shop.ticket_states.checklist(actor, key),
        )

    def set_logo(self, png: bytes | None, said: str, failed: Failed) -> None:
        """Put another picture on the papers, or none."""
        self.exchange(
            lambda shop, actor, new: shop.businesses.set_logo(actor, new),
            self.known.logo,
            png,
            said,
            failed,
            now=lambda shop, actor: shop.businesses.get(actor).logo,
        )

    # -- this till -------------------------------------------------------------------------------------
    def change_till(self, said: str, failed: Failed, **changes: Any) -> None:
        """Keep other settings of this till, if they are others; the file is small, so this needs no lane."""
        old = {name: getattr(self.session.till, name) for name in changes}
        if old != changes and self._write_till(changes, failed):
            self.notices.toast(said, undo=self._turn_till(old), redo=self._turn_till(changes))

    def _turn_till(self, values: dict[str, Any]) -> Turning:
        def run(turn: Turn) -> None:
            if self._write_till(values, turn.failed):
                turn.done()

        return run

    def _write_till(self, changes: dict[str, Any], failed: Failed) -> bool:
        session = self.session
        fresh = replace(session.till, **changes)
        try:
            session.save_till(fresh)
        except OSError as error:
            sentence = _tr("The settings of this till cannot be written to {file}.")
            failed(EnvironmentFault("till_unwritable", sentence.format(file=paths.till_settings_file())))
            log.warning("till settings not written: %s", error)
            return False
        session.till = fresh
        if "name" in changes:
            self._rename(fresh.name)
        self.on_change()
        return True

    def _rename(self, name: str) -> None:
        """From now on this till writes under its new name; what is half typed goes with it."""
        session = self.session
        before = session.actor.till
        session.act_as(replace(session.actor, till=name))
        session.drafts.move_to(paths.draft_folder(name), session.actor)
        self.do(lambda shop, actor: shop.papers.take_over(actor, before), failed=self.say_failure, asks=False)
        self.do(lambda shop, actor: shop.shifts.take_over(actor, before), failed=self.say_failure, asks=False)

    def sample_code(self, done: "Callable[[QrPayment | None], None]") -> None:
        """A code that asks for one of the shop's currency, None where it cannot be paid so."""
        self.read(
            lambda shop, actor: shop.qr_payments.code(actor, SAMPLE_MINOR, SAMPLE_ABOUT), done, topic="code"
        )

    def say_failure(self, error: Exception) -> None:
        """Say in the key bar why something was not done."""
        self.notices.status(sentence_of(error, _tr("This could not be saved.")), "danger", seconds=6)

"""What Settings reads and writes: all work on the lanes, nothing of widgets."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from posapp import paths
from posapp.domain.base.errors import DomainError, EnvironmentFault
from posapp.domain.base.journal import Change
from posapp.domain.repairs.devices import DeviceKind
from posapp.domain.repairs.loaners import Loaner
from posapp.domain.repairs.parts import Item
from posapp.domain.repairs.tickets import StateMap
from posapp.domain.shop.businesses import Business, ExceptionRow
from posapp.services.repairs.ticket_states import RepairSettings
from posapp.services.shop.businesses import Catalogue, EditBusiness
from posapp.ui.presenter import Done, Failed, Presenter, ignore, sentence_of
from posapp.ui.session import Session
from posapp.ui.window.notices import Notices
from posapp.ui.window.undo import Turn
from posapp.ui.window.undo import Work as Turning
from posapp.ui.wording import Wording, translator

_tr = translator("Settings")

log = logging.getLogger(__name__)
DAYS_AHEAD = 800
"""How far special days are listed: closing days are planned a year ahead, two at most."""

Work = Callable[[], Any]
MOST_ITEMS = 5000
"""How many parts are listed; archived ones count."""
_SUBJECTS = frozenset(
    {"business", "service", "resource", "catalogue", "ticket_state", "checklist", "item", "loaner"}
)


@dataclass(frozen=True, slots=True)
class Repairs:
    """What is set up for repairs, archived states, parts and loaners included."""

    states: StateMap = field(default_factory=lambda: StateMap((), frozenset()))
    settings: RepairSettings = field(default_factory=RepairSettings)
    checklists: dict[DeviceKind, list[str]] = field(default_factory=dict)
    items: tuple[Item, ...] = ()
    loaners: tuple[Loaner, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What the sections show: the shop with what is archived, its special days, its logo."""

    catalogue: Catalogue
    special_days: tuple[ExceptionRow, ...] = ()
    logo: bytes | None = None
    repairs: Repairs = field(default_factory=Repairs)


class SettingsPresenter(Presenter):
    """Saves one thing at a time and says so; `on_change` is called when something was read anew."""

    topic = "settings"

    def __init__(self, session: Session, notices: Notices) -> None:
        super().__init__(session)
        self.known = Known(session.catalogue)
        self.notices = notices
        self.on_change: Callable[[], None] = lambda: None

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
        self.read(lambda _shop, _actor: self.stored(), self._arrived)

    def heard(self, changes: Sequence[Change]) -> None:
        """Something was written here or at another till."""
        if _SUBJECTS & {change.subject for change in changes}:
            self.load()

    def stored(self) -> Known:
        """Everything as it is stored now; on the database lane."""
        shop, actor = self.session.shop.businesses, self.session.actor
        catalogue = shop.catalogue(actor, with_archived=True)
        today = Wording.of(catalogue.business, self.session.shop.store.clock).today()
        days = shop.exceptions(actor, today, today + timedelta(days=DAYS_AHEAD))
        logo = shop.logo(actor, catalogue.business.logo)
        return Known(catalogue, tuple(days), logo, self._read_repairs())

    def _read_repairs(self) -> Repairs:
        shop, actor = self.session.shop, self.session.actor
        desk = shop.ticket_states
        return Repairs(
            desk.map(actor),
            desk.settings(actor),
            {kind: desk.checklist(actor, kind) for kind in DeviceKind},
            tuple(shop.parts.items(actor, with_archived=True, limit=MOST_ITEMS)),
            tuple(shop.loaners.all(actor, with_archived=True)),
        )

    def _arrived(self, known: Known) -> None:
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
        now: Work | None = None,
        done: Done[Any] = ignore,
    ) -> None:
        """Do `work` on the database lane, then say `said`; `undo` is the work that takes it back.

        `redo` does it again where that is not `work`. `now` reads what was changed: where that is not as it
        was left, somebody else changed it since, and it is neither taken back nor done again.
        """
        step = _Step(now or (lambda: None))

        def saved(result: Any) -> None:
            self.load()
            done(result)
            if undo is None:
                self.notices.toast(said)
            else:
                back, forth = self._turning(step, undo), self._turning(step, redo or work)
                self.notices.toast(said, undo=back, redo=forth)

        self.do(lambda _shop, _actor: step.first(work), saved, failed)

    def _turning(self, step: "_Step", work: Work) -> Turning:
        def run(turn: Turn) -> None:
            def turned(_made: object) -> None:
                self.load()
                turn.done()

            self.do(lambda _shop, _actor: step.again(work), turned, turn.failed)

        return run

    def _trouble(self, error: Exception) -> None:
        self.notices.status(sentence_of(error, _tr("This could not be saved.")), "danger", seconds=6)

    def edit_shop(self, name: str, value: object, said: str, failed: Failed) -> None:
        """Give one setting of the shop another value."""
        before = getattr(self.business, name)
        session = self.session

        def write(new: object) -> object:
            return session.shop.businesses.edit(session.actor, EditBusiness(**{name: new}))  # type: ignore[arg-type]

        def now() -> object:
            return getattr(session.shop.businesses.get(session.actor), name)

        self.save(lambda: write(value), said, failed=failed, undo=lambda: write(before), now=now)

    def edit_repairs(self, name: str, value: object, said: str, failed: Failed) -> None:
        """Give one setting of repairs another value."""
        before = getattr(self.known.repairs.settings, name)
        session = self.session

        def write(new: Any) -> object:
            desk = session.shop.ticket_states
            fresh = replace(desk.settings(session.actor), **{name: new})
            return desk.set_settings(session.actor, fresh)

        def now() -> object:
            return getattr(session.shop.ticket_states.settings(session.actor), name)

        self.save(lambda: write(value), said, failed=failed, undo=lambda: write(before), now=now)

    def set_checklist(self, kind: DeviceKind, lines: list[str], said: str, failed: Failed) -> None:
        """Replace what is looked at when a device of that kind is taken in."""
        before = self.known.repairs.checklists.get(kind, [])
        session = self.session

        def write(new: list[str]) -> object:
            return session.shop.ticket_states.set_checklist(session.actor, kind, new)

        def now() -> object:
            return session.shop.ticket_states.checklist(session.actor, kind)

        self.save(lambda: write(lines), said, failed=failed, undo=lambda: write(before), now=now)

    def set_logo(self, png: bytes | None, said: str, failed: Failed) -> None:
        """Put another picture on the papers, or none."""
        before, session = self.known.logo, self.session

        def write(new: bytes | None) -> object:
            return session.shop.businesses.set_logo(session.actor, new)

        def now() -> object:
            return session.shop.businesses.get(session.actor).logo

        self.save(lambda: write(png), said, failed=failed, undo=lambda: write(before), now=now)

    # -- this till -------------------------------------------------------------------------------------
    def save_till(self, said: str, failed: Failed, **changes: Any) -> None:
        """Keep other settings of this till; the file is small, so this needs no lane."""
        before = self.session.till
        if self._write_till(changes, failed):
            old = {name: getattr(before, name) for name in changes}
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
        before, session.actor = session.actor.till, replace(session.actor, till=name)
        session.drafts.move_to(paths.draft_folder(name), session.actor)
        self.do(lambda shop, actor: shop.papers.take_over(actor, before), failed=self._trouble)


class _Step:
    """What was changed, as this window left it; on the lane."""

    def __init__(self, now: Work) -> None:
        self._now = now
        self._left: Any = None

    def first(self, work: Work) -> Any:
        """Do it, and look how it stands then."""
        made = work()
        self._left = self._now()
        return made

    def again(self, work: Work) -> None:
        """Back or forth, unless somebody else changed it since."""
        if self._now() != self._left:
            raise DomainError("changed_elsewhere", _tr("It was changed by somebody else since."))
        self.first(work)

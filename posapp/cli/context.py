"""What a command is handed: its arguments, its output, and the shop, opened when first asked for."""

import os
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from posapp import files, paths
from posapp.cli.output import Output
from posapp.cli.signing_in import lent, refuse_user, signed_in
from posapp.domain.base.actor import LOOKING, Actor, Permission
from posapp.domain.base.clock import wall_of
from posapp.domain.base.errors import DomainError, PosappError
from posapp.domain.base.names import check_name
from posapp.till_settings import TillSettings, load

if TYPE_CHECKING:
    from posapp.domain.base.phone import PhoneNumber
    from posapp.domain.shop.businesses import Business
    from posapp.services.desks import Shop

Run = Callable[["Context"], int | None]
"""What a command does; what it returns is the exit status (None: 0)."""
LONGEST_TILL = 40


class Context:
    """One run of one command."""

    def __init__(self, args: Namespace) -> None:
        self.args = args
        self.out = Output(as_json=getattr(args, "json", False), is_child=getattr(args, "progress", False))
        self._opened: Shop | None = None
        self._closed: PosappError | None = None

    @cached_property
    def till_settings(self) -> TillSettings:
        """The settings of this computer."""
        return load(paths.till_settings_file())

    @cached_property
    def place(self) -> str:
        """The database: option, environment, till settings, or the default file."""
        named = getattr(self.args, "database", "") or os.environ.get("POSAPP_DATABASE", "").strip()
        return named or self.till_settings.database or str(paths.default_database())

    @cached_property
    def till(self) -> str:
        """The name that records carry."""
        named = check_name(getattr(self.args, "till", "") or self.till_settings.name, field="till")
        if len(named) > LONGEST_TILL:
            raise DomainError(
                "till_too_long", f"Shorten the till's name to {LONGEST_TILL} characters.", field="till"
            )
        return named

    @property
    def business_name(self) -> str:
        """The business that was named, or nothing."""
        return str(getattr(self.args, "business", ""))

    @cached_property
    def shop(self) -> "Shop":
        """The open shop; refuses where there is none, and creates nothing."""
        from posapp.bootstrap import open_shop

        if self._closed is not None:
            raise self._closed
        try:
            require_shop(self.place)
            self._opened = open_shop(self.place, tell=self.out.note)
        except PosappError as error:
            self._closed = error
            raise
        return self._opened

    def open_any(self) -> "Shop":
        """The shop, its schema created where there is nothing yet."""
        from posapp.bootstrap import open_shop

        self._opened = open_shop(self.place, tell=self.out.note)
        return self._opened

    # -- who -----------------------------------------------------------------------------------------
    @cached_property
    def actor(self) -> Actor:
        """Who asks: in a shop with users whoever signs in, else the till."""
        if self.shop.sign_in.has_users():
            return signed_in(self.shop.sign_in, self.args, self.till, self._signs_in_to)
        refuse_user(self.args)
        return self.shop.actor(self.till, self.business_name)

    def _signs_in_to(self) -> int:
        return self.shop.chosen_business(self.business_name).id

    @property
    def of_whole(self) -> Actor:
        """Who asks about the database as a whole, whichever business it is."""
        if self.shop.sign_in.has_users():
            return replace(self.actor, business=0)
        return Actor(0, self.till)

    def admitted(self) -> Run:
        """What answers this command, for whoever gives it; each command comes through here before it begins.

        Refuses who may not give it. Where there is no shop that can be read, there is nothing to be kept
        from anybody.
        """
        run: Run = self.args.run
        if self.args.is_free:
            return run
        try:
            has_users = self.shop.sign_in.has_users()
        except PosappError:
            return run
        if not has_users:
            refuse_user(self.args)
        elif self.actor.customer_id is not None:
            return self._own()
        return run

    def run(self) -> int | None:
        """Do the command; what is refused for want of a permission is done once more if a manager lends it.

        What has saved something is never done a second time, and reading is not lent.
        """
        run, approver = self.admitted(), getattr(self.args, "approved_by", "")
        saved = len(self._opened.store.own_entries) if self._opened is not None else 0
        try:
            return run(self)
        except DomainError as refused:
            permission = refused.facts.get("permission")
            is_lent = refused.code == "not_allowed" and isinstance(permission, Permission)
            if not approver or not is_lent or permission in LOOKING or self._opened is None:
                raise
            if len(self._opened.store.own_entries) != saved:
                raise
            approval = lent(self._opened.sign_in, approver, self.actor, Permission(str(permission)))
        self.actor = self.actor.approved(approval)
        try:
            return run(self)
        finally:
            approval.end()

    def _own(self) -> Run:
        own: Run | None = self.args.own
        if own is None:
            raise DomainError("not_allowed", "You may not do this. Ask at the counter.")
        return own

    @cached_property
    def business(self) -> "Business":
        """The shop's own settings; a customer may not read them, but gives phones and prices as they say."""
        if self.actor.customer_id is None:
            return self.shop.businesses.get(self.actor)
        return next(one for one in self.shop.businesses.all() if one.id == self.actor.business)

    def phone(self, text: str) -> "PhoneNumber":
        """A phone number as the shop's region reads it."""
        from posapp.domain.base.phone import PhoneNumber

        return PhoneNumber.parse(text, region=self.business.region)

    def wall(self, at: datetime) -> datetime:
        """An instant on the shop's clock."""
        return wall_of(at, self.business.time_zone)

    @property
    def today(self) -> date:
        """The shop's day."""
        return self.wall(self.shop.store.clock.now()).date()

    def teller(self) -> Callable[[str, int, int], None] | None:
        """What tells each full per cent of a step once; None unless --progress asks for it."""
        told = ("", -1)

        def tell(step: str, done: int, total: int) -> None:
            nonlocal told
            share = done * 100 // max(total, 1)
            if (step, share) != told:
                told = (step, share)
                self.out.step({"progress": {"step": step, "done": share, "total": 100}})

        return tell if self.args.progress else None

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Keep a command that opens no shop from writing over the one that is named."""
        named = self.place
        file = None if "://" in named else Path(os.path.expanduser(named))  # noqa: PTH111 - may be nobody's
        if file is not None:
            files.guard(file)
        try:
            yield
        finally:
            if file is not None:
                files.unguard(file)

    def close(self) -> None:
        """Close the shop if it was opened."""
        if self._opened is not None:
            self._opened.close()


def require_shop(place: str) -> None:
    """Refuse a place that holds no shop, without touching it."""
    from posapp.storage.care.health import Holds, holds, shown_place

    match holds(place):
        case Holds.NOTHING | Holds.EMPTY:
            raise DomainError(
                "no_shop",
                f"There is no shop here yet ({shown_place(place)}). Set one up with posapp init.",
                field="database",
            )
        case Holds.OTHER:
            raise DomainError(
                "database_foreign",
                f"{shown_place(place)} holds the data of another program. Choose another file.",
                field="database",
            )

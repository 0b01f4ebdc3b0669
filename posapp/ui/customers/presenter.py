"""What the customer forms ask of the desks: calls go to a lane, answers come back by callback."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.domain.base.phone import PhoneNumber
    from posapp.domain.customers.customers import Customer, CustomerCard, PhoneOwner
    from posapp.services.customers.customers import (
        AddWithoutPhone,
        CustomerDesk,
        EditCustomer,
        FindOrCreate,
        Found,
    )
    from posapp.ui.session import Session

Failed = Callable[[Exception], None]
Saved = Callable[[], object] | None


class CustomerPresenter:
    """Plain Python between the forms and the customer desk."""

    def __init__(self, session: "Session") -> None:
        self.session = session

    @property
    def wording(self) -> Wording:
        """How this shop writes values."""
        return Wording.of(self.session.catalogue.business)

    # -- looking ---------------------------------------------------------------------------------------
    def card(self, customer_id: int, done: "Callable[[CustomerCard], None]", failed: Failed) -> None:
        """The customer as it is now."""
        self._run(lambda desk, actor: desk.card(actor, customer_id), done, failed)

    def who_has(
        self, number: "PhoneNumber", done: "Callable[[PhoneOwner], None]", failed: Failed, *, topic: str
    ) -> None:
        """Whose number it is; a newer question of the same topic drops this one."""
        session = self.session
        session.lanes.search.run(
            lambda: session.shop.customers.who_has(session.actor, number),
            done=done,
            failed=failed,
            topic=topic,
        )

    # -- creating --------------------------------------------------------------------------------------
    def create(
        self, command: "FindOrCreate", done: "Callable[[Found], None]", failed: Failed, *, saved: Saved = None
    ) -> None:
        """Find or create by phone. `saved` is done on the lane as soon as it is, and only then."""
        self._run(lambda desk, actor: desk.find_or_create(actor, command), done, failed, saved)

    def create_without_phone(
        self,
        command: "AddWithoutPhone",
        done: "Callable[[Customer], None]",
        failed: Failed,
        *,
        saved: Saved = None,
    ) -> None:
        """A customer who cannot give a number."""
        self._run(lambda desk, actor: desk.add_without_phone(actor, command), done, failed, saved)

    def pass_on(self, command: "FindOrCreate", done: "Callable[[Found], None]", failed: Failed) -> None:
        """Another person has the number now."""
        session = self.session
        session.lanes.database.run(
            lambda: session.shop.phones.pass_on(session.actor, command), done=done, failed=failed
        )

    # -- changing; `done` always gets the customer as it is afterwards -----------------------------------
    def edit(
        self,
        command: "EditCustomer",
        done: "Callable[[Customer], None]",
        failed: Failed,
        *,
        saved: Saved = None,
    ) -> None:
        """Save the form."""
        seen = command.seen_version
        own, record = self.session.own, ("customer", command.customer_id)

        def edit(desk: "CustomerDesk", actor: "Actor") -> "Customer":
            if seen is None:
                return desk.edit(actor, command)
            return own.write(
                record,
                seen,
                lambda now: desk.edit(actor, replace(command, seen_version=now)),
                lambda customer: customer.stamps.version,
            )

        self._run(edit, done, failed, saved)

    def change(
        self, name: str, done: "Callable[[Customer], None]", failed: Failed, *values: object, **more: object
    ) -> None:
        """One of the small changes of the phone or customer desk by name: `end_phone`, `add_contact`, ..."""
        session = self.session
        desk = session.shop.phones if hasattr(session.shop.phones, name) else session.shop.customers
        session.lanes.database.run(
            lambda: getattr(desk, name)(session.actor, *values, **more), done=done, failed=failed
        )

    def _run(
        self,
        work: Callable[[Any, Any], Any],
        done: Callable[[Any], None],
        failed: Failed,
        saved: Saved = None,
    ) -> None:
        session = self.session

        def run() -> Any:
            answer = work(session.shop.customers, session.actor)
            if saved is not None:  # here, because the window may be gone before the answer is back
                saved()
            return answer

        session.lanes.database.run(run, done=done, failed=failed)

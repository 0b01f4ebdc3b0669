"""What the customer forms ask of the desks."""

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

from posapp.ui.presenter import Done, Failed, Presenter, ignore

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.domain.base.phone import PhoneNumber
    from posapp.domain.catalogue.price_levels import PriceLevel
    from posapp.domain.customers.consents import Consent, ConsentKind
    from posapp.domain.customers.customers import Customer, CustomerCard, FurtherEmail, PhoneOwner
    from posapp.domain.customers.privacy import Erased, ErasePlan
    from posapp.domain.old_data.past import OldId
    from posapp.domain.papers.documents import PaperSize
    from posapp.services.counter.search import Answer
    from posapp.services.customers.customers import AddWithoutPhone, EditCustomer, FindOrCreate, Found
    from posapp.services.desks import Shop
    from posapp.ui.record.drafts import Forget


class CustomerPresenter(Presenter):
    """Between the forms and the desks; who changes something gets the customer as it is then."""

    topic = "customer"

    # -- looking ---------------------------------------------------------------------------------------
    def card(self, customer_id: int, done: "Done[CustomerCard]", failed: Failed = ignore) -> None:
        """The customer as it is now."""
        self.do(lambda shop, actor: shop.customers.card(actor, customer_id), done, failed)

    def price_levels(self, done: "Done[list[PriceLevel]]") -> None:
        """The price levels of the shop, archived ones too."""
        self.read(
            lambda shop, actor: shop.price_levels.all(actor, with_archived=True), done, topic="price levels"
        )

    def who_has(self, number: "PhoneNumber", done: "Done[PhoneOwner]") -> None:
        """Whose number it is; a newer question drops this one. Saving asks again, in its transaction."""
        search = self.session.lanes.search
        self.read(lambda shop, actor: shop.customers.who_has(actor, number), done, topic="owner", lane=search)

    def search(self, text: str, done: "Done[Answer | None]", failed: Failed) -> None:
        """Everything about what is typed to find the customer; empty text ends what is on its way."""
        self.read(
            lambda shop, actor: shop.search.answer(actor, text) if text.strip() else None,
            done,
            failed,
            topic="search",
            lane=self.session.lanes.search,
        )

    def without_phone(self, name: str, email: str, done: "Done[tuple[Customer, ...]]") -> None:
        """Customers without a number who may be the one that is typed in; a newer question drops this one."""
        self.read(
            lambda shop, actor: shop.customers.without_phone(actor, name, email), done, topic="without phone"
        )

    # -- creating --------------------------------------------------------------------------------------
    def create(
        self,
        command: "FindOrCreate",
        done: "Done[Found]",
        failed: Failed,
        *,
        saved: "Forget | None" = None,
    ) -> None:
        """Find or create by phone. `saved` is done on the lane as soon as it is, and only then."""
        self.do(lambda shop, actor: shop.customers.find_or_create(actor, command), done, failed, saved=saved)

    def create_without_phone(
        self, command: "AddWithoutPhone", done: "Done[Customer]", failed: Failed, *, saved: "Forget"
    ) -> None:
        """A customer who cannot give a number."""
        self.do(
            lambda shop, actor: shop.customers.add_without_phone(actor, command), done, failed, saved=saved
        )

    def pass_on(self, command: "FindOrCreate", done: "Done[Found]", failed: Failed) -> None:
        """Another person has the number now."""
        self.do(lambda shop, actor: shop.phones.pass_on(actor, command), done, failed)

    # -- changing --------------------------------------------------------------------------------------
    def edit(
        self,
        command: "EditCustomer",
        done: "Done[Customer]",
        failed: Failed,
        *,
        saved: "Forget | None" = None,
    ) -> None:
        """Save the form: as it was shown, or (without a version) whatever it says now."""
        seen = command.seen_version
        if seen is None:
            self.do(lambda shop, actor: shop.customers.edit(actor, command), done, failed, saved=saved)
            return
        self.write(
            ("customer", command.customer_id),
            seen,
            lambda shop, actor, now: shop.customers.edit(
                actor, dataclasses.replace(command, seen_version=now)
            ),
            lambda customer: customer.stamps.version,
            done,
            failed,
            saved=saved,
        )

    def take_back_phone(
        self, customer_id: int, phone: "PhoneNumber", done: "Done[Customer]", failed: Failed
    ) -> None:
        """A former number is that customer's again."""
        self.do(lambda shop, actor: shop.phones.take_back(actor, customer_id, phone), done, failed)

    def give_number(
        self,
        customer_id: int,
        phone: "PhoneNumber",
        done: "Done[Customer]",
        failed: Failed,
        *,
        saved: "Forget | None" = None,
    ) -> None:
        """A customer who had no number has this one."""
        self.do(
            lambda shop, actor: shop.phones.give_number(actor, customer_id, phone), done, failed, saved=saved
        )

    def add_contact(
        self,
        customer_id: int,
        name: str,
        done: "Done[Customer]" = ignore,
        failed: Failed = ignore,
        *,
        email: str = "",
        saved: "Forget | None" = None,
    ) -> None:
        """Put another person on an account."""
        self.do(
            lambda shop, actor: shop.customers.add_contact(actor, customer_id, name, email=email),
            done,
            failed,
            saved=saved,
        )

    def emails(self, customer_id: int, done: "Done[tuple[FurtherEmail, ...]]") -> None:
        """The addresses besides the main one."""
        self.read(
            lambda shop, actor: shop.further_emails.of_customer(actor, customer_id), done, topic="emails"
        )

    def old_ids(self, customer_id: int, done: "Done[tuple[OldId, ...]]") -> None:
        """The IDs that the customer had in old systems."""
        self.read(lambda shop, actor: shop.past.ids(actor, customer_id), done, topic="old ids")

    # -- privacy ---------------------------------------------------------------------------------------
    def consents(self, customer_id: int, done: "Done[tuple[Consent, ...]]") -> None:
        """Every answer of the customer."""
        self.read(lambda shop, actor: shop.consents.of_customer(actor, customer_id), done, topic="consents")

    def set_consent(
        self,
        customer_id: int,
        kind: "ConsentKind",
        is_given: bool,
        done: "Done[tuple[Consent, ...]]",
        failed: Failed,
    ) -> None:
        """Note an answer, with the words that stand beside its tick."""
        from posapp.services.customers.consents import SetConsent

        command = SetConsent(customer_id=customer_id, kind=kind, is_given=is_given)
        self.do(lambda shop, actor: shop.consents.set(actor, command), done, failed)

    def save_data(
        self,
        customer_id: int,
        path: Path,
        paper: "PaperSize",
        *,
        replace: bool,
        done: "Done[Customer]",
        failed: Failed,
    ) -> None:
        """All that the shop holds of the customer: as JSON where the file is called so, else as a PDF."""

        def write(shop: "Shop", actor: "Actor") -> "Customer":
            if path.suffix.casefold() == ".json":
                return shop.privacy.save_json(actor, customer_id, path, replace=replace)
            return shop.privacy.save_pdf(actor, customer_id, paper, path, replace=replace)

        self.do(write, done, failed)

    def erase_plan(self, customer_id: int, done: "Done[ErasePlan]", failed: Failed) -> None:
        """What forgetting the customer would do."""
        self.do(lambda shop, actor: shop.privacy.plan(actor, customer_id), done, failed)

    def erase(self, plan: "ErasePlan", reason: str, done: "Done[Erased]", failed: Failed) -> None:
        """Forget the customer, as the plan that was shown says."""
        from posapp.domain.customers.privacy import Erase

        command = Erase(customer_id=plan.customer_id, reason=reason, seen_version=plan.version)
        self.do(lambda shop, actor: shop.privacy.erase(actor, command), done, failed)

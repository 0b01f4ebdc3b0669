"""Which customer any form of an ID means: PL ID, alias, ID of an old system, phone in any spelling."""

from typing import TYPE_CHECKING

from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import clean_name
from posapp.domain.base.phone import InvalidPhone, PhoneNumber
from posapp.domain.customers.old_ids import old_ids_meant
from posapp.domain.customers.pl_id import PlId

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork


def resolve_key(uow: "UnitOfWork", text: str) -> int:
    """The key of the customer that any form of an ID means; refuses with `customer_unknown`."""
    text = clean_name(text)
    region = uow.businesses.get().region
    key = _by_pl(uow, text)
    if key is None:
        key = uow.customers.by_alias(text)
    if key is None:
        key = _by_old_id(uow, text)
    if key is None:
        try:
            phone = PhoneNumber.parse(text, region=region)
        except InvalidPhone:
            phone = None
        if phone is not None:
            key = uow.customers.owner_of(phone)
            former = uow.customers.former_owners(phone) if key is None else ()
            key = former[0].customer_id if former else key
    if key is None:
        raise DomainError("customer_unknown", f"No customer is found by “{text[:40]}”.", field="id")
    return key


def _by_pl(uow: "UnitOfWork", text: str) -> int | None:
    try:
        pl_id = PlId.parse(text, bare=True)
    except DomainError:
        return None
    return uow.customers.by_pl(pl_id)


def _by_old_id(uow: "UnitOfWork", text: str) -> int | None:
    """Whom an ID of an old system means; refuses one that means several with `id_ambiguous`."""
    for meant in old_ids_meant(text):
        owners: dict[int, str] = {}
        for key, system, collection, code in uow.owners_of_old_id(meant.code, meant.system):
            customer = uow.customers.get(key)  # one who was merged leads to another
            if customer is not None and meant.collection in ("", collection.casefold()):
                owners.setdefault(customer.id, f"{customer.pl_id} ({system}:{collection}:{code})")
        if len(owners) > 1:
            raise _ambiguous(text, tuple(owners.values()))
        if owners:
            return next(iter(owners))
    return None


def _ambiguous(text: str, found: tuple[str, ...]) -> DomainError:
    said = " or ".join(found)
    sentence = f"“{text[:40]}” may mean {said}. Enter the whole ID of the old system, or the PL ID."
    return DomainError("id_ambiguous", sentence, field="id", found=found)

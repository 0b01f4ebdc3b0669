"""What an edit changes, what it may not be, and that it must not be made on an old sight of the record."""

from collections.abc import Iterable, Mapping
from typing import TypeVar, cast

from posapp.domain.base.errors import DomainError
from posapp.domain.base.money import LIMIT
from posapp.domain.base.stamps import Stamps

V = TypeVar("V", bound=Mapping[str, object])
_LOOK = "Look at it, then try again."


def differing(record: object, wanted: V) -> V:
    """Those of the wanted values that differ from what the record says under the same name."""
    return cast("V", {name: value for name, value in wanted.items() if value != getattr(record, name)})


def standing(record: object, names: Iterable[str]) -> dict[str, object]:
    """What a record says under these names, as the journal keeps it."""
    return {name: getattr(record, name) for name in names}


def refuse_stale(
    shown: object,
    stamps: Stamps,
    seen_version: int | None,
    *,
    then: str = _LOOK,
    **facts: object,
) -> None:
    """Refuse what was asked on an old sight of a record; `then` is what helps. None: whatever it is now."""
    if seen_version not in (None, stamps.version):
        raise stale(shown, stamps.updated_by, then=then, **facts)


def stale(shown: object, by: str, *, then: str = _LOOK, **facts: object) -> DomainError:
    """That refusal, where a record has no version of its own."""
    return DomainError(
        "changed_elsewhere", f"{shown} was changed by {by} a moment ago. {then}", field=None, **facts
    )


def price_missing() -> DomainError:
    """Nobody said a price: nothing is free by itself."""
    return DomainError("price_missing", "Enter a price, or 0 for free.", field="price")


def check_price(minor: int | None, *, field: str = "price") -> int | None:
    """A price in minor units, None for none; refuses negative and huge ones."""
    if minor is not None and not 0 <= minor < LIMIT:
        raise DomainError(
            "price_invalid", "Enter a price of zero or more, without extra digits.", field=field
        )
    return minor

"""Which screen shows what a number means."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from posapp.services.counter.search import Hit


def place_of(found: "Hit") -> tuple[str, object]:
    """The screen that shows what was found, and what it is given: of a sale or payment its paper is shown."""
    screens = {"booking": "calendar", "ticket": "ticket", "shift": "shift"}
    screen = screens.get(found.kind, "preview" if found.is_paper else None)
    return (screen, found.number) if screen is not None else ("desk", found.customer_id)

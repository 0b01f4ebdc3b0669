"""Every screen, sheet and form of a busy shop, to be looked at in windows of many sizes.

`python -m tests.flows.everywhere [--scale 130] [--size 1024x720] [--touch yes] [--only WORD] [--keep FOLDER]`
says for each scale of a till, for fingers and not, at each size, which words are cut and what lies over what.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import QApplication

from posapp.bootstrap import open_shop
from posapp.domain.base.clock import FixedClock
from posapp.services.desks import Shop
from posapp.services.repairs.estimates import AskEstimate, LineAsked
from posapp.till_settings import UI_SCALES
from posapp.ui.tickets.estimate.presenter import DraftLine
from tests.drawers import a_closed_shift, an_open_shift
from tests.factories import NOW, TILL, a_booking, a_customer, a_shop
from tests.flows.clerk import Clerk, start_program, till_settings
from tests.repairs import a_device, a_ticket, moved
from tests.sales import goods, sold
from tests.ui.fit import crowded, cut_off

SIZES = ((1024, 720), (1366, 768), (1920, 1080), (2560, 1440))
SETTINGS = (
    "shop",
    "services",
    "people",
    "hours",
    "tickets",
    "items",
    "loaners",
    "prices",
    "drawers",
    "payments",
    "printing",
    "till",
    "data",
    "help",
    "about",
)
WITH_FORMS = ("services", "people", "hours", "items", "loaners", "prices")


class Sight(NamedTuple):
    """What is looked at: a screen with what it is given, and the keys that open what lies over it."""

    page: str
    payload: object = None
    keys: tuple[str, ...] = ()


def fill(shop: Shop) -> int:
    """A shop with something on every screen; the key of the customer whose it is."""
    actor = shop.actor(TILL)
    customer = a_customer(shop, actor, "Maximiliane Featherstonehaugh-O'Sullivan")
    a_booking(shop, actor, customer)
    device = a_device(model="Galaxy Tab S9 Ultra", price_minor=124900, shelf="A1")
    a_ticket(shop, actor, device, a_device(), customer_id=customer.id)
    line = LineAsked(text="Display with frame, original", unit_minor=124900, warranty_days=365)
    shop.estimates.ask(actor, AskEstimate(number="T1", lines=(line,)))
    a_ticket(shop, actor, customer_id=customer.id)
    moved(shop, actor, "T2", "ready")
    a_closed_shift(shop, actor, note="Two notes of fifty are missing", pieces=((5000, 2), (5, 999)))
    an_open_shift(shop, actor)
    long = goods(shop, actor, 124_900, name="Strap, leather, extra long, for a watch with a wide case").sku
    sold(shop, actor, long, long, customer_id=customer.id)
    return customer.id


def sights(customer: int) -> tuple[Sight, ...]:
    """All of them."""
    return (
        Sight("desk"),
        Sight("desk", customer),
        Sight("desk", customer, ("alt+E",)),
        Sight("desk", customer, ("ctrl+Period",)),
        Sight("calendar"),
        Sight("calendar", None, ("Escape",)),
        Sight("calendar", customer),
        Sight("calendar", "B1", ("Return",)),
        Sight("tickets"),
        Sight("tickets", None, ("Space",)),
        Sight("tickets", None, ("N",)),
        Sight("tickets", None, ("alt+L",)),
        Sight("ticket", "T1"),
        Sight("intake", customer),
        Sight("estimate", "T1"),
        Sight("estimate", "T1", ("ctrl+L",)),
        Sight("hand_back", "T2"),
        Sight("another_device", "T2"),
        Sight("history", customer),
        Sight("history", customer, ("ctrl+Period",)),
        Sight("history", customer, ("alt+S",)),
        Sight("preview", "T1"),
        Sight("preview", "T1", ("alt+3",)),
        Sight("preview", "Z1"),
        Sight("import"),
        Sight("shift"),
        Sight("shift", None, ("alt+I",)),
        Sight("shift", None, ("alt+X",)),
        Sight("shift", "close"),
        Sight("shift", "list"),
        Sight("shift", "Z1"),
        Sight("customers"),
        Sight("customers", None, ("Space", "Down", "Space")),
        Sight("merging"),
        Sight("merging", (1, 2)),
        Sight("reports"),
        Sight("reports", None, ("alt+T",)),
        Sight("reports", None, ("alt+6",)),
        Sight("reports", "revenue"),
        Sight("reports", "revenue", ("alt+T",)),
        Sight("reports", "tenders", ("alt+T",)),
        Sight("reports", "debts"),
        Sight("books"),
        Sight("books", None, ("alt+A",)),
        Sight("sell"),
        Sight("sell", "T2"),
        Sight("sell", "T2", ("F9",)),
        Sight("sell", "T2", ("ctrl+N",)),
        Sight("sell", "S1"),
        *(Sight("settings", section) for section in SETTINGS),
        *(Sight("settings", section, ("alt+N",)) for section in WITH_FORMS),
    )


def look_around(
    clerk: Clerk,
    customer: int,
    sizes: Iterable[tuple[int, int]],
    *,
    only: str = "",
    keep: Callable[[str], None] = lambda _name: None,
) -> dict[str, list[str]]:
    """What is wrong where, at these sizes of the window, each sight at all of them before the next."""
    found: dict[str, list[str]] = {}

    def measure(name: str) -> None:
        for width, height in sizes:
            clerk.window.resize(width, height)
            for _ in range(3):  # the answer is laid out, what lies in it one turn later
                clerk.quiet()
            here = f"{name} {width}x{height}"
            keep(here)
            if wrong := [*cut_off(clerk.window), *crowded(clerk.window)]:
                found[here] = wrong

    for page, payload, keys in sights(customer):
        name = " ".join(map(str, (page, "" if payload is None else payload, *keys)))
        if only in name:
            _show(clerk, page, payload)
            clerk.press(*keys)
            measure(name)
            clerk.window.close_sheet()
    if only in "intake":
        _measure_intake(clerk, customer, measure)
    return found


def _show(clerk: Clerk, page: str, payload: object) -> None:
    clerk.window.close_sheet()
    clerk.window.show_page(page, payload)
    clerk.on(page)


def _measure_intake(clerk: Clerk, customer: int, measure: Callable[[str], None]) -> None:
    _show(clerk, "intake", customer)
    intake = clerk.page("intake")
    line = DraftLine(text="Display with frame, original", quantity=10, unit_minor=124900, warranty_days=365)
    intake.form.promise.estimate.put(None, line)
    measure("intake with lines")
    intake.lines.open()
    measure("intake, a line of it")


def main(words: Sequence[str]) -> int:
    """Look at all of it; 1 if something is wrong."""
    parser = argparse.ArgumentParser(description="Say what has no room, at every scale and size.")
    parser.add_argument("--scale", type=int, choices=UI_SCALES)
    parser.add_argument("--size")
    parser.add_argument("--touch", choices=("yes", "no"))
    parser.add_argument("--only", default="", help="only sights with this word in their name")
    parser.add_argument("--keep", type=Path, help="pictures of all that is looked at")
    args = parser.parse_args(words)
    sizes = [size for size in SIZES if args.size in (None, "x".join(map(str, size)))]
    touches = [touch for touch in (False, True) if args.touch in (None, "yes" if touch else "no")]
    wrong = 0
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"POSAPP_DATA_DIR": f"{home}/data", "POSAPP_CONFIG_DIR": f"{home}/config"}
        for scale in UI_SCALES:
            for touch in touches if args.scale in (None, scale) else ():
                found = _at(Path(home) / f"{scale}{touch}.db", scale, sizes, touch=touch, args=args)
                for name, sentences in found.items():
                    print(f"{scale} %{' touch' * touch} {name}", *sentences, sep="\n    ", flush=True)
                wrong += len(found)
    print(f"{wrong} sights with something wrong")
    return int(wrong > 0)


def _at(
    place: Path, scale: int, sizes: Sequence[tuple[int, int]], *, touch: bool, args: argparse.Namespace
) -> dict[str, list[str]]:
    app = QApplication.instance() or QApplication(["posapp", "-platform", "offscreen"])
    assert isinstance(app, QApplication)
    a_shop(place).close()
    shop = open_shop(place, clock=FixedClock(NOW))
    customer = fill(shop)
    shop.close()
    till_settings(ui_scale=scale, touch=touch)
    clerk = start_program(app, place)

    def keep(name: str) -> None:
        if args.keep is not None:
            args.keep.mkdir(parents=True, exist_ok=True)
            file = f"{scale}{'-touch' * touch}-{name}".replace(" ", "_").replace("/", "_")
            clerk.window.grab().save(str(args.keep / f"{file}.png"))

    found = look_around(clerk, customer, sizes, only=args.only, keep=keep)
    clerk.quiet()
    clerk.window.close()
    return found


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

"""Drawers in one call: a shift with cash in and out, open or closed."""

from typing import Any

from posapp.domain.base.actor import Actor
from posapp.services.desks import Shop
from posapp.services.selling.shifts import CloseShift, Reading


def an_open_shift(shop: Shop, actor: Actor, float_minor: int = 10_000) -> Reading:
    """A shift with some cash put in and some taken out: 40.00 more than its float should be in the drawer."""
    shop.shifts.open(actor, float_minor)
    shop.shifts.cash_in(actor, 5000, "Change from the bank")
    return shop.shifts.cash_out(actor, 1000, "Window cleaner")


def a_closed_shift(shop: Shop, actor: Actor, float_minor: int = 10_000, **counted: Any) -> str:
    """The same, counted and closed: the number of its Z."""
    an_open_shift(shop, actor, float_minor)
    command = CloseShift(**(counted or {"counted_minor": 14_000}))
    closing = shop.shifts.close(actor, command).shift.closing
    assert closing is not None
    return closing.number

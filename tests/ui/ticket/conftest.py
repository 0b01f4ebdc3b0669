"""The shop, the window and the clerk of the ticket screens."""

from tests.ui.tickets.conftest import clock, open_till, session, shop, take_in

__all__ = ["clock", "open_till", "session", "shop", "take_in"]

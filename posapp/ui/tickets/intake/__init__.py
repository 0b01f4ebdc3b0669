"""Ticket intake: everything about devices at the counter on one page."""

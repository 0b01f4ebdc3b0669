"""One more device of a ticket that is open."""

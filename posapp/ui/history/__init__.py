"""History: the whole story of one customer, and everything about one entry of it."""

"""The first start: a shop from nothing in three short steps, by keyboard alone."""

"""Selling at the counter: ring up, take money, hand over; give back what was sold."""

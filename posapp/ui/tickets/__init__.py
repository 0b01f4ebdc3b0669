"""Repairs: the board and the list, one ticket in full, taking in and handing back."""

"""Bookings: agenda, bench time, walk-ins."""

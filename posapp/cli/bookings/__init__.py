"""Bookings: commands."""

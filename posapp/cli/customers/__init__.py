"""Customers: commands."""

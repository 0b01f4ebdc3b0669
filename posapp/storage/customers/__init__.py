"""Customers: phones, PL IDs, contacts."""

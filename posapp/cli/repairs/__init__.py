"""Repairs: commands."""

"""Selling: commands."""

"""Selling: what is sold, for how much, with which taxes, and how it is paid."""

"""Handing devices back: which ones, how it ended, who takes them, a signature."""

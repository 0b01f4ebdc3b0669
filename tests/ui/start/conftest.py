"""The fixtures of the trade that the start of the program is tried with."""

from tests.fixtures import sqlite_place, sqlite_template

__all__ = ["sqlite_place", "sqlite_template"]

"""The shop that tests of this folder open."""

from tests.brought_up import by_migrations
from tests.fixtures import (
    actor,
    empty_place,
    filled_postgres_place,
    place,
    postgres_place,
    postgres_template,
    shop,
    sqlite_place,
    sqlite_shop,
    sqlite_template,
    store,
)

__all__ = [
    "actor",
    "by_migrations",
    "empty_place",
    "filled_postgres_place",
    "place",
    "postgres_place",
    "postgres_template",
    "shop",
    "sqlite_place",
    "sqlite_shop",
    "sqlite_template",
    "store",
]

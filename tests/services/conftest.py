"""The shop that tests of this folder open."""

from tests.fixtures import (
    actor,
    empty_place,
    place,
    postgres_place,
    postgres_template,
    shop,
    sqlite_place,
    sqlite_schema,
    sqlite_shop,
    sqlite_template,
    store,
)

__all__ = [
    "actor",
    "empty_place",
    "place",
    "postgres_place",
    "postgres_template",
    "shop",
    "sqlite_place",
    "sqlite_schema",
    "sqlite_shop",
    "sqlite_template",
    "store",
]

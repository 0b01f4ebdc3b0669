"""What PostgreSQL with Citus needs before it can spread the tables over servers, business by business.

Run once by whoever looks after the server: `python -m posapp.storage.care.spread | psql …`. Everything
follows from the schema: a spread table has its business in each key that must be unique, and references
between spread tables carry the business (they do so already). The shops themselves stand on every server.
Without Citus only the keys change, and posapp works on as before. Sources:
https://docs.citusdata.com/en/stable/develop/reference_ddl.html (constraints, reference tables, co-location)
"""

from collections.abc import Iterator

from sqlalchemy import Connection, Index, Table, UniqueConstraint, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex

from posapp.storage.tables import whole_schema

_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]
SPREAD = tuple(table for table in whole_schema() if "business_id" in table.c)
"""The tables that are spread, those that are pointed to first."""
EVERYWHERE = tuple(table for table in whole_schema() if "business_id" not in table.c)
"""The tables that each server has whole."""


def key_statements() -> Iterator[str]:
    """Bring the business into every primary key and every unique index of the spread tables."""
    for table in SPREAD:
        if not table.c.business_id.primary_key:
            yield f"ALTER TABLE {table.name} DROP CONSTRAINT pk_{table.name}"
            record = f"uq_{table.name}_record"
            yield f"ALTER TABLE {table.name} ADD CONSTRAINT {record} PRIMARY KEY USING INDEX {record}"
        for one in sorted(table.constraints, key=lambda each: str(each.name)):
            if isinstance(one, UniqueConstraint) and "business_id" not in one.columns:
                columns = ", ".join(("business_id", *one.columns.keys()))
                yield (
                    f"ALTER TABLE {table.name} DROP CONSTRAINT {one.name}, "
                    f"ADD CONSTRAINT {one.name} UNIQUE ({columns})"
                )
        for index in sorted(table.indexes, key=lambda each: str(each.name)):
            if index.unique and "business_id" not in index.columns:
                yield f"DROP INDEX {index.name}"
                yield _with_business(table, index)


def _with_business(table: Table, index: Index) -> str:
    said = str(CreateIndex(index).compile(dialect=_DIALECT))
    return said.replace(f" ON {table.name} (", f" ON {table.name} (business_id, ", 1)


def citus_statements() -> Iterator[str]:
    """Tell Citus which tables are spread by what, and which are everywhere."""
    yield "SET citus.enable_unsafe_triggers TO on"  # the guards of the journal look at their own table only
    for table in EVERYWHERE:
        yield f"SELECT create_reference_table('{table.name}')"
    beside = ""
    for table in SPREAD:
        yield f"SELECT create_distributed_table('{table.name}', 'business_id'{beside})"
        beside = f", colocate_with => '{SPREAD[0].name}'"


def is_spread(connection: Connection) -> bool:
    """Whether the keys of a server's tables were changed for it."""
    found = text("SELECT count(*) FROM pg_constraint WHERE conname = 'uq_customer_record' AND contype = 'p'")
    return bool(connection.execute(found).scalar())


def script() -> str:
    """The whole script, one transaction; what is Citus's is left out where Citus is not."""
    lines = [f"{statement};" for statement in key_statements()]
    calls = [f"    {statement.replace('SELECT ', 'PERFORM ', 1)};" for statement in citus_statements()]
    return "\n".join(
        (
            "-- Spreads a posapp shop by business; made by python -m posapp.storage.care.spread.",
            "BEGIN;",
            *lines,
            "DO $$ BEGIN",
            "  IF EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'citus') THEN",
            *calls,
            "  END IF;",
            "END $$;",
            "COMMIT;",
            "",
        )
    )


if __name__ == "__main__":
    print(script(), end="")

"""What keeps closed shifts and completed sales as they are, whoever writes: triggers on both databases."""

from collections.abc import Mapping

_SHIFT = "a closed shift never changes"
_MOVE = "cash moves only while its shift is open"
_IS_CLOSED = "EXISTS (SELECT 1 FROM shift WHERE id = new.shift_id AND closed_at IS NOT NULL)"


def _on_sqlite(name: str, when: str, refused: str, words: str) -> str:
    return f"CREATE TRIGGER {name} BEFORE {when} WHEN {refused} BEGIN SELECT RAISE(ABORT, '{words}'); END"


SQLITE_SHIFT_GUARDS = (
    _on_sqlite("shift_stays_update", "UPDATE ON shift", "old.closed_at IS NOT NULL", _SHIFT),
    _on_sqlite("shift_stays_delete", "DELETE ON shift", "old.closed_at IS NOT NULL", _SHIFT),
    _on_sqlite("cash_move_is_open_insert", "INSERT ON cash_move", _IS_CLOSED, _MOVE),
)
# As a broken check, so that it is refused and not taken for a fault of the program.
POSTGRES_SHIFT_GUARDS = (
    "CREATE FUNCTION shift_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION "
    f"'{_SHIFT}' USING ERRCODE = 'check_violation', CONSTRAINT = 'shift_stays'; END $$",
    "CREATE TRIGGER shift_stays BEFORE UPDATE OR DELETE ON shift "
    "FOR EACH ROW WHEN (old.closed_at IS NOT NULL) EXECUTE FUNCTION shift_stays()",
    "CREATE FUNCTION cash_move_is_open() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    f"IF {_IS_CLOSED} THEN RAISE EXCEPTION '{_MOVE}' USING ERRCODE = 'check_violation', "
    "CONSTRAINT = 'cash_move_is_open'; END IF; RETURN new; END $$",
    "CREATE TRIGGER cash_move_is_open BEFORE INSERT ON cash_move "
    "FOR EACH ROW EXECUTE FUNCTION cash_move_is_open()",
)

_SOLD = "what was sold, paid or owed never changes"
_PAID = "money moves only while its shift is open"
_KEPT = {
    "order_line": "order_id, quantity, unit_minor, discount_minor, net_minor, gross_minor, cost_minor",
    "line_tax": "name, rate, tax_minor",
    "payment": "order_id, shift_id, tender, amount_minor, tendered_minor, rounding_minor, business_day",
    "ledger_entry": "account, amount_minor, order_id, payment_id, business_day",
}
"""What stands for good, by table; whose it is may change where two customers become one."""


def _kept_on_sqlite(kept: Mapping[str, str]) -> tuple[str, ...]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_SOLD}'); END"
    return (
        *(
            f"CREATE TRIGGER {table}_stays_update BEFORE UPDATE OF {columns} ON {table} {refuse}"
            for table, columns in kept.items()
        ),
        *(f"CREATE TRIGGER {table}_stays_delete BEFORE DELETE ON {table} {refuse}" for table in kept),
    )


def _kept_on_postgres(kept: Mapping[str, str]) -> tuple[str, ...]:
    refuse = "FOR EACH ROW EXECUTE FUNCTION sale_stays()"
    return (
        *(
            f"CREATE TRIGGER {table}_stays_update BEFORE UPDATE OF {columns} ON {table} {refuse}"
            for table, columns in kept.items()
        ),
        *(f"CREATE TRIGGER {table}_stays_delete BEFORE DELETE ON {table} {refuse}" for table in kept),
    )


SQLITE_ORDER_GUARDS = (
    *_kept_on_sqlite(_KEPT),
    _on_sqlite("payment_is_open_insert", "INSERT ON payment", _IS_CLOSED, _PAID),
)
POSTGRES_ORDER_GUARDS = (
    "CREATE FUNCTION sale_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION "
    f"'{_SOLD}' USING ERRCODE = 'check_violation', CONSTRAINT = 'sale_stays'; END $$",
    *_kept_on_postgres(_KEPT),
    "CREATE FUNCTION payment_is_open() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    f"IF {_IS_CLOSED} THEN RAISE EXCEPTION '{_PAID}' USING ERRCODE = 'check_violation', "
    "CONSTRAINT = 'payment_is_open'; END IF; RETURN new; END $$",
    "CREATE TRIGGER payment_is_open BEFORE INSERT ON payment FOR EACH ROW EXECUTE FUNCTION payment_is_open()",
)

_CARD = {
    "gift_card": "number, code_hash, last_four",
    "gift_move": "card_id, kind, amount_minor, order_id, line_id, payment_id, business_day",
}
_EMPTY = "a gift card never holds less than nothing"
_IS_OVER = (
    "(SELECT coalesce(sum(amount_minor), 0) FROM gift_move WHERE card_id = new.card_id) "
    "+ new.amount_minor < 0"
)
SQLITE_CARD_GUARDS = (
    *_kept_on_sqlite(_CARD),
    _on_sqlite("gift_move_is_covered_insert", "INSERT ON gift_move", _IS_OVER, _EMPTY),
)
POSTGRES_CARD_GUARDS = (
    *_kept_on_postgres(_CARD),
    "CREATE FUNCTION gift_move_is_covered() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    f"IF {_IS_OVER} THEN RAISE EXCEPTION '{_EMPTY}' USING ERRCODE = 'check_violation', "
    "CONSTRAINT = 'gift_move_is_covered'; END IF; RETURN new; END $$",
    "CREATE TRIGGER gift_move_is_covered BEFORE INSERT ON gift_move "
    "FOR EACH ROW EXECUTE FUNCTION gift_move_is_covered()",
)

SQLITE_GUARDS = (*SQLITE_SHIFT_GUARDS, *SQLITE_ORDER_GUARDS, *SQLITE_CARD_GUARDS)
POSTGRES_GUARDS = (*POSTGRES_SHIFT_GUARDS, *POSTGRES_ORDER_GUARDS, *POSTGRES_CARD_GUARDS)
"""All of the schema of today."""

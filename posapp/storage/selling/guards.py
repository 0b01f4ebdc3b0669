"""What keeps a closed shift as it is, whoever writes: triggers on both databases."""

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

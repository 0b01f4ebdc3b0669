"""What keeps the answers of customers as they are, whoever writes: triggers on both databases.

Whose an answer is may change where two customers become one, and its words are emptied with the person.
"""

_KEPT = "kind, is_given, created_at, created_by"
_STAYS = "what a customer agreed to stays on record"
_REFUSE = f"BEGIN SELECT RAISE(ABORT, '{_STAYS}'); END"

SQLITE_CONSENT_GUARDS = (
    f"CREATE TRIGGER consent_stays_update BEFORE UPDATE OF {_KEPT} ON consent {_REFUSE}",
    f"CREATE TRIGGER consent_stays_delete BEFORE DELETE ON consent {_REFUSE}",
)
POSTGRES_CONSENT_GUARDS = (
    "CREATE FUNCTION consent_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION "
    f"'{_STAYS}' USING ERRCODE = 'check_violation', CONSTRAINT = 'consent_stays'; END $$",
    f"CREATE TRIGGER consent_stays_update BEFORE UPDATE OF {_KEPT} ON consent "
    "FOR EACH ROW EXECUTE FUNCTION consent_stays()",
    "CREATE TRIGGER consent_stays_delete BEFORE DELETE ON consent "
    "FOR EACH ROW EXECUTE FUNCTION consent_stays()",
)

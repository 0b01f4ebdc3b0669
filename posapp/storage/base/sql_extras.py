"""What the tables cannot say: SQLite's search index with its triggers, and the guards of the journal.

Migrations run these statements; a bulk load drops the search triggers and fills the index in one go,
because row by row costs five to thirteen times as much.
"""


def sqlite_search_table(prefix: str) -> str:
    """The word index; `prefix` names the lengths of beginnings that it answers at once, such as "1 2 3"."""
    option = f"prefix='{prefix}', " if prefix else ""
    return (
        "CREATE VIRTUAL TABLE customer_words USING fts5("
        f"words, content='', columnsize=0, detail=none, {option}"
        "tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'\")"
    )


# Other beginnings are gathered from all their words first: 2 ms for "mary" among a million people.
SQLITE_SEARCH_TABLE = sqlite_search_table("1 2 3 4 5 6 7 8")
_WORDS = "{row}.name_fold || ' ' || coalesce({row}.more_words, '')"
# A contentless index forgets a row only by being told the very words it holds.
_FORGET = (
    "INSERT INTO customer_words(customer_words, rowid, words) "
    f"VALUES ('delete', old.id, {_WORDS.format(row='old')})"
)
SQLITE_SEARCH_TRIGGERS = {
    "customer_words_added": (
        "CREATE TRIGGER customer_words_added AFTER INSERT ON customer BEGIN "
        f"INSERT INTO customer_words(rowid, words) VALUES (new.id, {_WORDS.format(row='new')}); END"
    ),
    "customer_words_changed": (
        "CREATE TRIGGER customer_words_changed AFTER UPDATE OF name_fold, more_words ON customer BEGIN "
        f"{_FORGET}; "
        f"INSERT INTO customer_words(rowid, words) VALUES (new.id, {_WORDS.format(row='new')}); END"
    ),
    "customer_words_removed": (
        f"CREATE TRIGGER customer_words_removed AFTER DELETE ON customer BEGIN {_FORGET}; END"
    ),
}
SQLITE_SEARCH_FILL = (
    "INSERT INTO customer_words(rowid, words) SELECT id, name_fold || ' ' || coalesce(more_words, '') "
    "FROM customer WHERE id > ? ORDER BY id"
)

# Without PostgreSQL's text parser: our words are split already, and it splits by the server's locale.
POSTGRES_WORDS = (
    "array_to_tsvector(string_to_array("
    "btrim((name_fold || ' '::text) || COALESCE(more_words, ''::text)), ' '::text))"
)

SQLITE_JOURNAL_GUARDS = (
    "CREATE TRIGGER journal_is_append_only_update BEFORE UPDATE ON journal BEGIN "
    "SELECT RAISE(ABORT, 'the journal is append-only'); END",
    "CREATE TRIGGER journal_is_append_only_delete BEFORE DELETE ON journal BEGIN "
    "SELECT RAISE(ABORT, 'the journal is append-only'); END",
)
POSTGRES_JOURNAL_GUARDS = (
    "CREATE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$",
    "CREATE TRIGGER journal_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal "
    "FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only()",
)

# Since one chain stands for each business. An entry is added at the end of its chain or not at all: REPLACE
# takes a row away without firing what guards deletes. A head only moves on. What stands beside an entry may
# be emptied (that is how a person is forgotten), but not changed, and not taken away.
_EMPTIED = (
    "new.body = '' AND new.salt = '' AND new.business_id = old.business_id "
    "AND new.journal_id = old.journal_id"
)
_ONWARDS = "new.business_id = old.business_id AND new.last_id > old.last_id"
_LAST = "(SELECT coalesce(max(id), 0) FROM journal WHERE business_id = new.business_id)"
_BESIDE = (
    "EXISTS (SELECT 1 FROM journal_personal WHERE business_id = new.business_id "
    "AND journal_id = new.journal_id)"
)


def _sqlite_guard(name: str, when: str, refused: str | None, words: str) -> str:
    condition = f"WHEN {refused} " if refused else ""
    return f"CREATE TRIGGER {name} BEFORE {when} {condition}BEGIN SELECT RAISE(ABORT, '{words}'); END"


_APPEND_ONLY = "the journal is append-only"
SQLITE_CHAIN_GUARDS = (
    _sqlite_guard("journal_is_append_only_insert", "INSERT ON journal", f"new.id <= {_LAST}", _APPEND_ONLY),
    _sqlite_guard("journal_is_append_only_update", "UPDATE ON journal", None, _APPEND_ONLY),
    _sqlite_guard("journal_is_append_only_delete", "DELETE ON journal", None, _APPEND_ONLY),
    _sqlite_guard("journal_personal_insert", "INSERT ON journal_personal", _BESIDE, _APPEND_ONLY),
    _sqlite_guard("journal_personal_update", "UPDATE ON journal_personal", f"NOT ({_EMPTIED})", _APPEND_ONLY),
    _sqlite_guard("journal_personal_delete", "DELETE ON journal_personal", None, _APPEND_ONLY),
    _sqlite_guard(
        "journal_head_insert",
        "INSERT ON journal_head",
        "EXISTS (SELECT 1 FROM journal_head WHERE business_id = new.business_id)",
        _APPEND_ONLY,
    ),
    _sqlite_guard("journal_head_update", "UPDATE ON journal_head", f"NOT ({_ONWARDS})", _APPEND_ONLY),
    _sqlite_guard("journal_head_delete", "DELETE ON journal_head", None, _APPEND_ONLY),
)
POSTGRES_CHAIN_GUARDS = (
    "CREATE TRIGGER journal_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal "
    "FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only()",
    "CREATE TRIGGER journal_personal_stays BEFORE DELETE OR TRUNCATE ON journal_personal "
    "FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only()",
    "CREATE TRIGGER journal_personal_update BEFORE UPDATE ON journal_personal "
    f"FOR EACH ROW WHEN (NOT ({_EMPTIED})) EXECUTE FUNCTION journal_is_append_only()",
    "CREATE TRIGGER journal_head_stays BEFORE DELETE OR TRUNCATE ON journal_head "
    "FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only()",
    "CREATE TRIGGER journal_head_update BEFORE UPDATE ON journal_head "
    f"FOR EACH ROW WHEN (NOT ({_ONWARDS})) EXECUTE FUNCTION journal_is_append_only()",
)

"""What the tables cannot say: SQLite's search index with its triggers, and the guards of the journal.

Migrations run these statements; a bulk load drops the search triggers and fills the index in one go,
because row by row costs five to thirteen times as much.
"""

SQLITE_SEARCH_TABLE = (
    "CREATE VIRTUAL TABLE customer_words USING fts5("
    "words, content='', columnsize=0, detail=none, prefix='1 2 3', "
    "tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'\")"
)
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

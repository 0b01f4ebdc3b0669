"""What the table definitions cannot say: SQLite's search index with its triggers, and the guards of the journal.

Migrations run these statements; a bulk load drops the search triggers and fills the index in one go,
because row by row costs five to thirteen times as much.
"""

SQLITE_SEARCH_TABLE = (
    "CREATE VIRTUAL TABLE customer_words USING fts5(words, content='', columnsize=0, detail=none, prefix='1 2 3', "
    "tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'\")"
)
_WORDS = "{row}.name_fold || ' ' || coalesce({row}.more_words, '')"
SQLITE_SEARCH_TRIGGERS = {
    "customer_words_added": (
        "CREATE TRIGGER customer_words_added AFTER INSERT ON customer BEGIN "
        f"INSERT INTO customer_words(rowid, words) VALUES (new.id, {_WORDS.format(row='new')}); END"
    ),
    "customer_words_changed": (
        "CREATE TRIGGER customer_words_changed AFTER UPDATE OF name_fold, more_words ON customer BEGIN "
        f"INSERT INTO customer_words(customer_words, rowid, words) VALUES ('delete', old.id, {_WORDS.format(row='old')}); "
        f"INSERT INTO customer_words(rowid, words) VALUES (new.id, {_WORDS.format(row='new')}); END"
    ),
    "customer_words_removed": (
        "CREATE TRIGGER customer_words_removed AFTER DELETE ON customer BEGIN "
        f"INSERT INTO customer_words(customer_words, rowid, words) VALUES ('delete', old.id, {_WORDS.format(row='old')}); END"
    ),
}
SQLITE_SEARCH_FILL = (
    "INSERT INTO customer_words(rowid, words) SELECT id, name_fold || ' ' || coalesce(more_words, '') "
    "FROM customer WHERE id > ? ORDER BY id"
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

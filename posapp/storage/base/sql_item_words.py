"""The index of the words of items: on SQLite kept by triggers, on PostgreSQL over a column."""

ITEM_WORDS_TABLE = (
    "CREATE VIRTUAL TABLE item_words USING fts5(words, content='', columnsize=0, detail=none, "
    "prefix='1 2 3 4 5 6', tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'\")"
)
# A contentless index forgets a row only by being told the very words it holds.
_FORGET = "INSERT INTO item_words(item_words, rowid, words) VALUES ('delete', old.id, old.words)"
_PUT = "INSERT INTO item_words(rowid, words) VALUES (new.id, new.words)"
ITEM_WORDS_TRIGGERS = {
    "item_words_added": f"CREATE TRIGGER item_words_added AFTER INSERT ON item BEGIN {_PUT}; END",
    "item_words_changed": (
        f"CREATE TRIGGER item_words_changed AFTER UPDATE OF words ON item BEGIN {_FORGET}; {_PUT}; END"
    ),
    "item_words_removed": f"CREATE TRIGGER item_words_removed AFTER DELETE ON item BEGIN {_FORGET}; END",
}
ITEM_WORDS_FILL = "INSERT INTO item_words(rowid, words) SELECT id, words FROM item ORDER BY id"
POSTGRES_ITEM_WORDS = "array_to_tsvector(string_to_array(words, ' '::text))"

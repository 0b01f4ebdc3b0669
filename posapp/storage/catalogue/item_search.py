"""Which items answer to a typed text, in milliseconds among a hundred thousand of them.

What begins a SKU is a range of an index; words in any order come from an index of words (FTS5, GIN), of which
the newest matches are taken, so that a single letter costs no more than a whole name.
"""

from typing import Any

from sqlalchemy import text

from posapp.domain.base.folding import query_words, search_words
from posapp.storage.base.quick import Hands
from posapp.storage.base.rows import after
from posapp.storage.base.sql_item_words import POSTGRES_ITEM_WORDS

_NEWEST = 1000
"""How many of the newest matches are put in order; older ones show once more letters are typed."""
_USED = "AND i.archived_at IS NULL"
# In other words: PostgreSQL would take the index of SKUs in use, which knows nothing of the words.
_POSTGRES_USED = "AND coalesce(i.archived_at, 0) = 0"
_BY_SKU = (
    "SELECT i.id FROM item i WHERE i.business_id = :business AND i.sku_fold {least} :low "
    "AND i.sku_fold {below} :high {used} ORDER BY i.sku_fold {pattern}, i.id LIMIT :limit"
)
# CROSS JOIN keeps SQLite's planner from asking the word index for one item after the other.
_SQLITE_WORDS = (
    "SELECT m.id FROM (SELECT i.id, i.name FROM item_words w CROSS JOIN item i ON i.id = w.rowid "
    "WHERE w.item_words MATCH :words AND i.business_id = :business {used} "
    "ORDER BY w.rowid DESC LIMIT :newest) m ORDER BY m.name, m.id LIMIT :limit"
)
_POSTGRES_WORDS = (
    "WITH m AS MATERIALIZED (SELECT i.id, i.name FROM item i WHERE i.business_id = :business {used} "
    f"AND {POSTGRES_ITEM_WORDS} @@ CAST(:words AS tsquery) LIMIT :newest) "
    "SELECT m.id FROM m ORDER BY m.name, m.id LIMIT :limit"
)


def columns_of(name: str, sku: str) -> dict[str, str]:
    """What an item is found by: its SKU whatever its case, and the words of name and SKU."""
    folded, spelling = search_words(name)
    words = " ".join(filter(None, (folded, spelling, " ".join(query_words(sku)))))
    return {"sku_fold": sku.casefold(), "words": " ".join(dict.fromkeys(words.split()))}


def keys_of(hands: Hands, business: int, typed: str, *, with_archived: bool, limit: int) -> list[int]:
    """The keys of items whose SKU begins so, by SKU, then of those with all the words, by name."""
    is_sqlite = hands.is_direct
    used = "" if with_archived else _USED if is_sqlite else _POSTGRES_USED
    compares = ("", ">=", "<") if is_sqlite else ('COLLATE "C"', "~>=~", "~<~")
    by_sku = _BY_SKU.format(used=used, **dict(zip(("pattern", "least", "below"), compares, strict=True)))
    low = typed.casefold()
    values: dict[str, Any] = {"business": business, "limit": limit}
    found = hands.execute(text(by_sku), {**values, "low": low, "high": after(low)}).scalars().all()
    words = query_words(typed)
    if words and len(found) < limit:
        by_words = (_SQLITE_WORDS if is_sqlite else _POSTGRES_WORDS).format(used=used)
        marked = (
            " ".join(f'"{one}"*' for one in words) if is_sqlite else " & ".join(f"'{one}':*" for one in words)
        )
        values |= {"words": marked, "newest": max(_NEWEST, limit)}
        found = [*found, *hands.execute(text(by_words), values).scalars()]
    return list(dict.fromkeys(found))[:limit]

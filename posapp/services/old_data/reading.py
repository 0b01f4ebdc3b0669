"""Files of old data, whatever they are: CSV, XLSX, JSON arrays and JSON lines, each a source of rows.

What a file is, is told by what stands in it; its name only helps where that could be either. Rows are
numbered as a person finds them: by line (JSON lines), by element (JSON array), as a spreadsheet shows them.
"""

import re
from collections.abc import Collection
from pathlib import Path
from typing import Final

from posapp.services.base.table_files import OLD_BOOK, ZIP, reading_of, unreadable
from posapp.services.old_data.reading_base import RawRow, Source, look_at
from posapp.services.old_data.reading_csv import open_csv
from posapp.services.old_data.reading_json import open_json
from posapp.services.old_data.reading_xlsx import open_xlsx

__all__ = ["RawRow", "Source", "open_source"]

_JSON_NAMES: Final = (".json", ".jsonl", ".ndjson")
_LIKE_JSON: Final = re.compile(r'\s*(?:\[\s*)?\{\s*["}]')
_OBJECT_LINE: Final = re.compile(r"^\s*[{[]", re.MULTILINE)


def open_source(path: Path, known: Collection[str] = ()) -> Source:
    """What a file holds; `known` are names that columns of a CSV may have, which settle what divides it.

    Raises `DomainError` file_unreadable for what is no table, and EnvironmentFault file_unread where there is
    none or the machine cannot read it.
    """
    with reading_of(path), path.open("rb") as file:
        head = file.read(8)
    if head.startswith(ZIP):
        return open_xlsx(path)
    if head.startswith(OLD_BOOK):
        raise unreadable(path, "Save it as XLSX without a password, or as CSV")
    text = look_at(path)
    if _is_json(path, text.head):
        return open_json(path, text)
    return open_csv(path, text, known)


def _is_json(path: Path, head: str) -> bool:
    if path.suffix.casefold() in _JSON_NAMES:
        return not head.strip() or _OBJECT_LINE.search(head) is not None
    return _LIKE_JSON.match(head) is not None

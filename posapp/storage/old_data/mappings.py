"""How tables were read before, and what their rows said."""

import json
from collections.abc import Mapping

from sqlalchemy import and_, select

from posapp.domain.old_data.imports import ImportField
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import changed_now, made_now
from posapp.storage.old_data.tables import column_mapping, legacy_id


class Mappings(Repository):
    """Mappings of one business, by the digest of the names of a table's columns."""

    def get(self, columns: str) -> dict[str, ImportField] | None:
        """How a table with these columns was read last; None for one that was never read."""
        here = and_(column_mapping.c.business_id == self._business, column_mapping.c.columns == columns)
        found = self._connection.execute(select(column_mapping.c.mapping).where(here)).scalar_one_or_none()
        if found is None:
            return None
        fields = {field.value: field for field in ImportField}
        return {name: fields[word] for name, word in json.loads(found).items() if word in fields}

    def put(self, columns: str, mapping: Mapping[str, ImportField]) -> None:
        """Keep how a table was read."""
        told = json.dumps({name: field.value for name, field in mapping.items()}, ensure_ascii=False)
        here = and_(column_mapping.c.business_id == self._business, column_mapping.c.columns == columns)
        changed = {"mapping": told, **changed_now(column_mapping, self._at, self._by)}
        if not self._change(column_mapping, here, changed):
            self._add(column_mapping, {"columns": columns, "mapping": told, **made_now(self._at, self._by)})

    def retell(self, key: int, told: str) -> None:
        """What a row said that came again."""
        self._change(legacy_id, key, {"told": told})

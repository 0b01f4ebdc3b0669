"""Verifies a shop: every rule of the trade recomputed from the records, one result per rule."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from posapp.domain.base.actor import Actor

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store

log = logging.getLogger(__name__)
Progress = Callable[[str, int, int], None]
"""Called with the rule that begins, its number from 0, and how many rules there are."""


@dataclass(frozen=True, slots=True)
class RuleResult:
    """One rule: how many records were looked at, how many break it, and the first few of them."""

    rule: str
    sentence: str
    checked: int
    failed: int
    examples: tuple[str, ...] = ()

    @property
    def is_kept(self) -> bool:
        """Whether nothing breaks the rule."""
        return self.failed == 0


def verify(
    store: "Store", *, progress: Progress | None = None, backups: Path | None = None
) -> list[RuleResult]:
    """Recompute every rule on one snapshot; other tills go on working meanwhile.

    `backups` is a folder: what lies beside this shop's backups there is compared with the journal.

    A rule that cannot be asked because the database is damaged, or a table is missing, counts as broken and
    does not keep the others from being asked.
    """
    from posapp.storage.base.manifests import manifests_in
    from posapp.storage.base.verify_base import Asking
    from posapp.storage.care.verify import RULES, answer

    beside = manifests_in(backups) if backups is not None else []
    results: list[RuleResult] = []
    with store.look(Actor(0, ""), snapshot=True) as uow:
        asking = Asking(uow.connection, uow.now, is_sqlite=uow.is_sqlite, backups=beside)
        for number, (code, sentence, ask) in enumerate(RULES):
            if progress is not None:
                progress(code, number, len(RULES))
            found = answer(asking, ask)
            results.append(RuleResult(code, sentence, found.checked, found.failed, tuple(found.examples)))
    log.info("verified: %d of %d rules are kept", sum(one.is_kept for one in results), len(results))
    return results

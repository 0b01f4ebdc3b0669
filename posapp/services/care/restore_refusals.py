"""What a restore refuses or asks, in the words that a clerk reads."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from posapp.domain.base.errors import DomainError, EnvironmentFault, PosappError
from posapp.storage.base.manifests import Facts

if TYPE_CHECKING:
    from posapp.services.care.verify import RuleResult
    from posapp.storage.care.backup_places import Standing

log = logging.getLogger(__name__)
SKIPPED = 1000
"""How far a counter is set ahead where nobody knows what was given out after the backup."""
# What the database says of a damaged copy; a disk that is full says nothing about the copy.
_DAMAGE = frozenset({"database_damaged", "database_foreign", "database_newer", "upgrade_failed"})


@contextmanager
def told_as_damage(file: Path) -> Iterator[None]:
    """A byte that fell over can make anything out of a record: whatever that leads to is damage.

    The copy is nobody's shop yet, so nothing can be hidden here but a bad copy; the log has the details.
    """
    try:
        yield
    except PosappError as error:
        if isinstance(error, EnvironmentFault) and error.code in _DAMAGE:
            raise damaged_copy(file) from error
        raise
    except Exception as error:
        log.warning("%s cannot be examined", file.name, exc_info=True)
        raise damaged_copy(file) from error


def _named(facts: Facts) -> str:
    return ", ".join(facts.businesses) or "a shop without a name"


def damaged_copy(file: Path) -> DomainError:
    """It is not whole: nothing can be agreed to."""
    from posapp.storage.care.backup_refusals import damaged

    return damaged(file)


def no_backup() -> DomainError:
    """There is none."""
    return DomainError("backup_missing", "There is no backup of this shop on this computer.")


def unproven(file: Path) -> DomainError:
    """Nobody vouches for it; `Answers.unproven` lets the restore go on."""
    return DomainError(
        "backup_unproven",
        f"Beside {file.name} there is no {file.name}.json, so nothing shows that it is as it was made. "
        "Choose another backup, or agree to restore it once it was examined.",
        field="file",
    )


def other_shop(facts: Facts, standing: "Standing") -> DomainError:
    """It is of another shop than the one that is here; `Answers.other_shop` lets the restore go on."""
    here, there = _named(standing.facts), _named(facts)
    return DomainError(
        "other_shop",
        f"The backup holds another shop ({there}) than the one that is here ({here}). "
        "Choose another backup, or agree to replace the one by the other.",
        field="file",
        backup=there,
        shop=here,
    )


def faulty(file: Path, results: "list[RuleResult]", faults: list[str]) -> DomainError:
    """It breaks rules of the shop; `Answers.faults` lets the restore go on."""
    first = next(one for one in results if one.rule == faults[0])
    said = f"{first.sentence}: {first.examples[0]}" if first.examples else first.sentence
    rules = "1 rule" if len(faults) == 1 else f"{len(faults)} rules"
    return DomainError(
        "backup_faulty",
        f"{file.name} breaks {rules} of the shop ({', '.join(faults)}). First, {said}. "
        "Choose another backup, or agree to restore it with its faults.",
        field="file",
        rules=", ".join(faults),
    )


def numbers_missing(facts: Facts) -> DomainError:
    """Nobody knows where the numbers go on; `last_numbers` or `Answers.skip` let the restore go on."""
    last = ", ".join(f"{name}{last}" for (_, name), last in sorted(facts.numbers.items()) if last)
    return DomainError(
        "last_numbers_missing",
        "Nothing here says which numbers were given out after the backup"
        f"{f', which ends at {last}' if last else ''}. "
        f"Name the newest paper of each kind, or let the numbers go on {SKIPPED:,} further.",
        field="last_numbers",
    )

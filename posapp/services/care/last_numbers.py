"""The numbers that go on after a restore, never given out twice (`posapp.domain`, rules 2 and 6)."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from posapp import paths
from posapp.domain.base.errors import DomainError
from posapp.domain.base.numbers import COUNTED
from posapp.services.care.backup_sight import are_numbers_known, is_other
from posapp.services.care.restore_refusals import SKIPPED
from posapp.storage.base.manifests import Facts, Manifest, manifests_in

if TYPE_CHECKING:
    from posapp.storage.care.backup_places import Standing

# A paper's code: the number of its record, of a label also which device it is.
_NUMBER = re.compile(rf"({'|'.join(COUNTED)})0*([1-9][0-9]{{0,8}})(?:[-./][0-9]{{1,3}})?", re.IGNORECASE)


def read_numbers(text: str) -> dict[str, int]:
    """The numbers of the newest papers, typed or scanned one after the other: `PL120 B80 T33`."""
    numbers: dict[str, int] = {}
    for word in filter(None, re.split(r"[\s,;]+", text)):
        found = _NUMBER.fullmatch(word)
        if found is None:
            raise DomainError(
                "number_invalid",
                f"“{word[:20]}” is no number of a paper, such as PL120, B80 or T33. Enter one.",
                field="last",
            )
        name = found[1].upper()
        numbers[name] = max(numbers.get(name, 0), int(found[2]))
    return numbers


def goals_of(
    facts: Facts, standing: "Standing", file: Path, last_numbers: Mapping[str, int]
) -> tuple[dict[tuple[int, str], int], frozenset[str]]:
    """Where each counter goes on, and the counters for which that had to be guessed.

    Other backups of the shop and what is left of a damaged one are evidence that nothing below was left over;
    only the replaced shop itself, or somebody who looked at the newest paper, knows the last number.
    """
    is_known = are_numbers_known(facts, standing)
    evidence = [one.facts.numbers for one in _others_of(facts, file)]
    if not is_other(facts, standing):
        evidence.append(standing.facts.numbers)
    goals: dict[tuple[int, str], int] = {}
    skipped = set()
    for key, last in facts.numbers.items():
        highest = max(last, *(one.get(key, 0) for one in evidence), 0)
        name = key[1]
        if name in last_numbers:
            highest = max(highest, last_numbers[name])
        elif not is_known:
            highest += SKIPPED
            skipped.add(name)
        goals[key] = highest
    return goals, frozenset(skipped)


def _others_of(facts: Facts, file: Path) -> list[Manifest]:
    """The manifests of this shop among the backups, and beside the one that is restored."""
    folders = {paths.backup_dir(), file.parent}
    found = (one for folder in folders for one in manifests_in(folder))
    return [one for one in found if facts.identity and one.facts.identity == facts.identity]

"""The plan of a batch: which rows count, whose each is, and in which order customers are made."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from posapp.domain.old_data.imports import System
from posapp.domain.old_data.staging import Role
from posapp.services.old_data.systems import OldSystem
from posapp.storage.old_data.planning import Planning, find_twice

if TYPE_CHECKING:
    from posapp.storage.old_data.staging import Staging


@dataclass(frozen=True, slots=True)
class Planned:
    """A batch of a run: its key, the business it goes to, and the largest PL number its files tell."""

    batch: int
    business: int
    highest_pl: int = 0


def plan(staging: "Staging", system: OldSystem, parts: Iterable[Planned], files: list[str]) -> None:
    """Plan the batches of a run; what is said of rows is written, too."""
    parts = list(parts)
    plans = [Planning(staging, part.batch, part.business, system.system) for part in parts]
    _compare_ids(staging, system, parts, plans)
    for one in plans:
        _plan_one(system, one)
        one.write_notes(files)


def _compare_ids(staging: "Staging", system: OldSystem, parts: list[Planned], plans: list[Planning]) -> None:
    """Rows with an ID that was there before: in this file, or in an earlier import."""
    batches = [part.batch for part in parts]
    linked = [one.name for one in system.collections if one.keeps_passed]
    others = [one.name for one in system.collections if not one.keeps_passed]
    if not system.system.is_old:
        for one in plans:
            one.tell_apart()
    find_twice(staging, batches, others)
    for one in plans:
        _mark_known(system, one, others)
    if linked:
        for one in plans:
            for users in linked:
                one.link_users("customers", users)
        find_twice(staging, batches, linked)
        for one in plans:
            _mark_known(system, one, linked)


def _mark_known(system: OldSystem, planning: Planning, names: list[str]) -> None:
    past = [one.name for one in system.collections if one.past is not None and one.name in names]
    people = [name for name in names if name not in past]
    if people:
        planning.mark_known(people, "legacy_id")
    if past:
        planning.mark_known(past, "past_record")


def _plan_one(system: OldSystem, planning: Planning) -> None:
    linked = [one.name for one in system.collections if one.keeps_passed]
    tickets = [one for one in system.collections if one.has_customer]
    past = [one for one in system.collections if one.role is Role.PAST]
    for users in linked:
        planning.settle_links("customers", users)
    for one in tickets:
        planning.link_tickets(one.name, *one.owners)
    planning.group()
    for users in linked:
        planning.settle_numbers(users)
    for one in past:
        planning.find_orphans([one.name], one.owners)
        if one.owner_may_be_phone:
            planning.find_by_phone([one.name])
    for one in tickets:
        planning.find_by_email(one.name)
    planning.group_known()
    if system.system is System.USERS_WITH_IDS:
        planning.keep_numbers()

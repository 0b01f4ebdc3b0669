"""The way back: a backup is examined from end to end beside the shop, and only then takes its place.

A restore never loses what it replaces, never takes one shop for another without asking, and never lets a
number be given out twice (rules 2, 6 and 12 of `posapp.domain`). What cannot be known is asked: each is a
`DomainError` whose code says which answer of `Answers` or which `last_numbers` let the restore go on.
"""

import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from posapp import files
from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.clock import FixedClock
from posapp.domain.base.errors import DomainError
from posapp.services.care.backup_sight import glance, is_other, places_of, standing_of, vouched_for
from posapp.services.care.backups import backups_of
from posapp.services.care.drills import Progress, examine, faults_of
from posapp.services.care.last_numbers import goals_of
from posapp.services.care.restore_refusals import (
    faulty,
    no_backup,
    numbers_missing,
    other_shop,
    told_as_damage,
    unproven,
)
from posapp.storage.base.manifests import Facts, Manifest

if TYPE_CHECKING:
    from posapp.storage.care.backup_places import Aside, Standing, Target

log = logging.getLogger(__name__)
_STAMP = "%Y%m%d-%H%M%S"


@dataclass(frozen=True, slots=True)
class Answers:
    """What was agreed to: a copy nobody vouches for, another shop, broken rules, numbers set far ahead."""

    unproven: bool = False
    other_shop: bool = False
    faults: bool = False
    skip: bool = False


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: where the replaced data is kept, and the numbers that go on from now.

    `replaced` is a file or the name of a database, None where there was nothing. `numbers` are the last ones
    given out, by business and counter; `skipped` are the counters that were set far ahead unasked.
    """

    file: Path
    place: str
    replaced: str | None
    numbers: Mapping[tuple[int, str], int]
    skipped: frozenset[str]
    facts: Facts
    made_at: datetime | None
    till: str


def restore(
    actor: Actor,
    place: str | Path,
    file: Path,
    *,
    now: datetime,
    last_numbers: Mapping[str, int] | None = None,
    answers: Answers = Answers(),
    progress: Progress | None = None,
) -> Restored:
    """Put a backup in the place of a shop's data, which must not be open anywhere.

    The backup is copied aside and examined there: its digest, its pages and references, its schema, then
    every rule of `verify`. What it replaces is kept beside it. Each counter is set to the highest of the
    backup's, the replaced data's, other backups' of the shop and `last_numbers` ("PL", "B", …). Refuses, with
    nothing touched, a copy that is not whole; asks where somebody has to decide (`backup_unproven`,
    `other_shop`, `backup_faulty`, `last_numbers_missing`).
    """
    actor.require(Permission.DATA_MAINTAIN)
    target, aside = _swept_places(place, now)
    manifest = _vouched_for_or_agreed(place, file, answers)
    standing = standing_of(target, place)
    named = last_numbers or {}
    if manifest is not None:  # what can be asked before the work is done
        _ask(manifest.facts, standing, file, named, answers)
    try:
        facts, faults = _examined(aside, file, manifest, now, progress, answers)
        target.close_off()
        standing = standing_of(target, place)  # it may have been worked in meanwhile
        goals, skipped = _ask(facts, standing, file, named, answers)
        story = _Story(file.name, target.kept_as, manifest is not None, faults, _lent(facts, standing))
        numbers = _take_over(aside, actor, now, goals, story)
        with told_as_damage(file):
            aside.seal()
        target.put(aside)
    finally:
        target.release()
        aside.tidy()
    made_at, till = (manifest.made_at, manifest.till) if manifest else (None, "")
    return _told(Restored(file, str(place), story.kept_as, numbers, skipped, facts, made_at, till))


def _lent(facts: Facts, standing: "Standing") -> str:
    """The identity that a backup from before shops had one takes over from the shop it replaces."""
    return "" if facts.identity or is_other(facts, standing) else standing.facts.identity


def _told(done: Restored) -> Restored:
    log.info("restored %s, kept %s", done.file.name, done.replaced)
    return done


def _swept_places(place: str | Path, now: datetime) -> "tuple[Target, Aside]":
    """The places of a restore, freed of what killed ones left there."""
    from posapp.storage.care.backup import FileAside

    target, aside = places_of(place, now.astimezone(UTC).strftime(_STAMP))
    if isinstance(aside, FileAside):
        files.sweep(aside.file.parent, now)
    return target, aside


def _vouched_for_or_agreed(place: str | Path, file: Path, answers: Answers) -> Manifest | None:
    """The manifest; refuses what nobody vouches for or agreed to, and the shop itself."""
    manifest = vouched_for(file)
    if manifest is None:
        glance(place, file)  # what is no backup at all is no question, and is not worth a copy
        if not answers.unproven:
            raise unproven(file)
    _refuse_itself(place, file)
    return manifest


def _examined(
    aside: "Aside",
    file: Path,
    manifest: Manifest | None,
    now: datetime,
    progress: Progress | None,
    answers: Answers,
) -> tuple[Facts, tuple[str, ...]]:
    """What the copy is of, and the rules that it breaks, as was agreed to."""
    facts, results = examine(aside, file, manifest, now, progress or (lambda _step, _done, _total: None))
    faults = faults_of(results)
    if faults and not answers.faults:
        raise faulty(file, results, faults)
    return facts, tuple(faults)


def _ask(
    facts: Facts, standing: "Standing", file: Path, named: Mapping[str, int], answers: Answers
) -> tuple[dict[tuple[int, str], int], frozenset[str]]:
    """Ask what has to be decided; where all of it is, where each counter goes on and which were guessed."""
    if is_other(facts, standing) and not answers.other_shop:
        raise other_shop(facts, standing)
    goals, skipped = goals_of(facts, standing, file, named)
    if skipped and not answers.skip:
        raise numbers_missing(facts)
    return goals, skipped


def restore_latest(
    actor: Actor,
    place: str | Path,
    *,
    now: datetime,
    folder: Path | None = None,
    last_numbers: Mapping[str, int] | None = None,
    answers: Answers = Answers(),
    progress: Progress | None = None,
) -> Restored:
    """Restore the newest backup that is whole; refuses (`backup_missing`) where there is none."""
    actor.require(Permission.DATA_MAINTAIN)
    refused: DomainError | None = None
    for backup in backups_of(place, folder):
        try:
            return restore(
                actor,
                place,
                backup.file,
                now=now,
                last_numbers=last_numbers,
                answers=answers,
                progress=progress,
            )
        except DomainError as error:
            if error.code != "backup_damaged":
                raise
            log.warning("backup %s is damaged", backup.file.name)
            refused = refused or error
    raise refused or no_backup()


def _refuse_itself(place: str | Path, file: Path) -> None:
    with suppress(OSError):
        if "://" not in str(place) and Path(place).samefile(file):
            raise DomainError(
                "backup_is_shop",
                f"{file.name} is the shop itself. Choose a backup: posapp backups.",
                field="file",
            )


@dataclass(frozen=True, slots=True)
class _Story:
    """What the journal tells of a restore."""

    backup: str
    kept_as: str | None
    is_vouched_for: bool
    faults: tuple[str, ...]
    identity: str
    """Of the shop that is replaced, for a backup from before shops had one; else empty."""


def _take_over(
    aside: "Aside", actor: Actor, now: datetime, goals: Mapping[tuple[int, str], int], story: _Story
) -> dict[tuple[int, str], int]:
    """Raise the counters of the copy, with a word in its journal."""
    from posapp.storage.base.counters import Counters
    from posapp.storage.care.backup import standing_numbers, take_identity
    from posapp.storage.unit_of_work import Store

    database = aside.database()
    try:
        store = Store(database, FixedClock(now), lambda _changes: None)
        with store.work(Actor(0, actor.till, actor.user)) as uow:
            numbers = standing_numbers(uow.connection)
            for (business, name), last in tuple(numbers.items()):
                highest = max(last, goals.get((business, name), 0))
                if highest > last:
                    numbers[(business, name)] = highest
                    Counters(uow.hands, business).set(name, highest)
                    uow.journal.add(
                        Action.COUNTER_RESTORED,
                        "counter",
                        business,
                        ref=name,
                        before={"counter": last},
                        after={"counter": highest},
                        business=business,
                    )
            if story.identity:
                take_identity(uow.connection, story.identity)
            after: dict[str, object] = {"replaced": Path(story.kept_as).name if story.kept_as else None}
            if not story.is_vouched_for:
                after["unproven"] = True
            if story.faults:
                after["faults"] = ", ".join(story.faults)
            uow.journal.add(Action.DATABASE_RESTORED, "database", 0, ref=story.backup, after=after)
            uow.commit()
        return numbers
    finally:
        database.close()

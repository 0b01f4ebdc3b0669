"""The way back: a backup is examined from end to end beside the shop, and only then takes its place.

A restore never loses what it replaces, never takes one shop for another without asking, and never lets a
number be given out twice (rules 2, 6 and 12 of `posapp.domain`). What cannot be known is asked: each is a
`DomainError` whose code says which answer of `Answers` or which `last_numbers` let the restore go on.
"""

import logging
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from posapp import files, paths
from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.clock import FixedClock
from posapp.domain.base.errors import DomainError, EnvironmentFault, PosappError
from posapp.domain.base.numbers import COUNTED
from posapp.services.care.backups import Backup, backups_of
from posapp.storage.base.manifests import Facts, Manifest, manifests_in, read_manifest

if TYPE_CHECKING:
    from posapp.services.care.verify import RuleResult
    from posapp.storage.base.database import Database
    from posapp.storage.care.backup import Aside, Standing, Target
    from posapp.storage.unit_of_work import Store

log = logging.getLogger(__name__)
SKIPPED = 1000
"""How far a counter is set ahead where nobody knows what was given out after the backup."""
# A paper's code: the number of its record, of a label also which device it is.
_NUMBER = re.compile(rf"({'|'.join(COUNTED)})0*([1-9][0-9]{{0,8}})(?:[-./][0-9]{{1,3}})?", re.IGNORECASE)
_STAMP = "%Y%m%d-%H%M%S"
# Rules about what the day promises, not about the copy: an old backup is late with all of it.
_OF_THE_DAY = frozenset({"upkeep"})
# What the database says of a damaged copy; a disk that is full says nothing about the copy.
_DAMAGE = frozenset({"database_damaged", "database_foreign", "database_newer", "upgrade_failed"})
Progress = Callable[[str, int, int], None]
"""Called with what is being done, how far it is, and how far there is to go."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What was agreed to: a copy nobody vouches for, another shop, broken rules, numbers set far ahead."""

    unproven: bool = False
    other_shop: bool = False
    faults: bool = False
    skip: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """A backup at a glance, for the question before a restore; nothing of it is proven yet.

    `is_other` tells whether it is of another shop than the one that is there, as far as that can be told.
    """

    file: Path
    facts: Facts
    is_vouched_for: bool
    made_at: datetime | None
    till: str
    is_other: bool
    needs_numbers: bool
    """Whether the last numbers given out cannot be read from what is there."""

    @property
    def businesses(self) -> str:
        """The shop inside."""
        return ", ".join(self.facts.businesses)


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


@dataclass(frozen=True, slots=True)
class Drilled:
    """A drill that went well: which backup would bring the shop back, and how many rules it keeps."""

    backup: Backup
    rules: int


# -- looking -------------------------------------------------------------------------------------------------
def look_into(place: str | Path, file: Path, *, opened: "Database | None" = None) -> Seen:
    """Name the shop in a backup before anything is asked or done; refuses what is no backup at all.

    `opened` is the shop that is there, where this program has it open.
    """
    from posapp.storage.care.backup import Standing, open_facts

    manifest = _vouched_for(file)
    if opened is not None:
        here = open_facts(opened)
        standing = Standing(bool(here.businesses), bool(here.businesses), here)
    else:
        standing = _standing(_places(place, "")[0], place)
    facts = manifest.facts if manifest else _glance(place, file)
    return Seen(
        file,
        facts,
        manifest is not None,
        manifest.made_at if manifest else None,
        manifest.till if manifest else "",
        _is_other(facts, standing),
        not _are_numbers_known(facts, standing),
    )


def look_into_latest(place: str | Path, folder: Path | None = None) -> Seen:
    """The same for the newest backup that can be read."""
    refused: DomainError | None = None
    for backup in backups_of(place, folder):
        try:
            return look_into(place, backup.file)
        except DomainError as error:
            refused = refused or error
    raise refused or _no_backup()


def _vouched_for(file: Path) -> Manifest | None:
    """The manifest, of a file that can be one of ours."""
    try:
        is_file, size = file.is_file(), file.stat().st_size
    except (OSError, ValueError):
        is_file, size = False, 0
    if not is_file:
        raise DomainError("backup_missing", f"There is no file {files.shown(file)}.", field="file")
    manifest = read_manifest(file)
    if manifest is not None and size != manifest.size:
        from posapp.storage.care.backup import altered

        raise altered(file)
    return manifest


def _glance(place: str | Path, file: Path) -> Facts:
    from posapp.storage.base.database import database_url
    from posapp.storage.care import backup, backup_postgres

    is_file = database_url(place).get_backend_name() == "sqlite"
    with _told_as_damage(file):
        return backup.checked(backup.glance(file) if is_file else backup_postgres.glance(file))


def _standing(target: "Target", place: str | Path) -> "Standing":
    """What is there; where too little is left of it to say whose it was, its newest backup says."""
    found = target.standing()
    if not found.is_there or found.facts.identity or found.facts.born:
        return found
    named = next((one.manifest.facts for one in backups_of(place) if one.manifest), Facts())
    told = replace(found.facts, identity=named.identity, born=named.born, businesses=named.businesses)
    return replace(found, facts=told)


def _is_other(facts: Facts, standing: "Standing") -> bool:
    """Whether a backup is of another shop than the one that is there."""
    here = standing.facts
    if not standing.is_there:
        return False
    if facts.identity and here.identity:
        return facts.identity != here.identity
    return bool(facts.born and here.born) and facts.born != here.born


def _are_numbers_known(facts: Facts, standing: "Standing") -> bool:
    """What is replaced says which numbers were given out, if it is whole and the same shop."""
    return standing.is_whole and not _is_other(facts, standing)


def _places(place: str | Path, stamp: str) -> "tuple[Target, Aside]":
    from posapp.storage.base.database import database_url
    from posapp.storage.care.backup import FileAside, FileTarget
    from posapp.storage.care.backup_postgres import ServerAside, ServerTarget

    url = database_url(place)
    if url.get_backend_name() != "sqlite":
        return ServerTarget(url, stamp), ServerAside(url)
    target = FileTarget(Path(url.database or ""), stamp)
    return target, FileAside(target.file.parent)


# -- restoring -----------------------------------------------------------------------------------------------
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
    from posapp.storage.care.backup import FileAside

    actor.require(Permission.DATA_MAINTAIN)
    tell = progress or (lambda _step, _done, _total: None)
    target, aside = _places(place, now.astimezone(UTC).strftime(_STAMP))
    if isinstance(aside, FileAside):
        files.sweep(aside.file.parent, now)
    manifest = _vouched_for(file)
    if manifest is None:
        _glance(place, file)  # what is no backup at all is no question, and is not worth a copy
        if not answers.unproven:
            raise _unproven(file)
    _refuse_itself(place, file)
    standing = _standing(target, place)
    named = last_numbers or {}
    if manifest is not None:  # what can be asked before the work is done
        _ask(manifest.facts, standing, file, named, answers)
    try:
        facts, results = _examine(aside, file, manifest, now, tell)
        faults = [one.rule for one in results if not one.is_kept and one.rule not in _OF_THE_DAY]
        if faults and not answers.faults:
            raise _faulty(file, results, faults)
        target.close_off()
        standing = _standing(target, place)  # it may have been worked in meanwhile
        goals, skipped = _ask(facts, standing, file, named, answers)
        kept_as = target.kept_as
        identity = "" if facts.identity or _is_other(facts, standing) else standing.facts.identity
        story = _Story(file.name, kept_as, manifest is not None, tuple(faults), identity)
        numbers = _take_over(aside, actor, now, goals, story)
        with _told_as_damage(file):
            aside.seal()
        target.put(aside)
    finally:
        target.release()
        aside.tidy()
    log.info("restored %s, kept %s", file.name, kept_as)
    made_at, till = (manifest.made_at, manifest.till) if manifest else (None, "")
    return Restored(file, str(place), kept_as, numbers, skipped, facts, made_at, till)


def _ask(
    facts: Facts, standing: "Standing", file: Path, named: Mapping[str, int], answers: Answers
) -> tuple[dict[tuple[int, str], int], frozenset[str]]:
    """Ask what has to be decided; where all of it is, where each counter goes on and which were guessed."""
    if _is_other(facts, standing) and not answers.other_shop:
        raise _other_shop(facts, standing)
    goals, skipped = _goals(facts, standing, file, named)
    if skipped and not answers.skip:
        raise _numbers_missing(facts)
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
    raise refused or _no_backup()


def latest(place: str | Path, folder: Path | None = None) -> Backup:
    """The newest backup of a shop; refuses (`backup_missing`) where there is none."""
    found = backups_of(place, folder)
    if not found:
        raise _no_backup()
    return found[0]


def drill(
    actor: Actor,
    store: "Store",
    *,
    folder: Path | None = None,
    progress: Progress | None = None,
) -> Drilled:
    """Restore the newest backup aside as if the shop were lost, examine it, and leave nothing but a word.

    The journal tells of the drill, also of one that failed. Raises what `restore` would.
    """
    actor.require(Permission.DATA_MAINTAIN)
    tell = progress or (lambda _step, _done, _total: None)
    folder = folder or paths.backup_dir()
    backup = latest(store.database.url.render_as_string(), folder)
    try:
        rules = _drilled(store.database, backup.file, folder, store.clock.now(), tell)
    except PosappError as error:
        _note_drill(store, actor, backup, error.code)
        raise
    _note_drill(store, actor, backup, "ok")
    return Drilled(backup, rules)


def _drilled(database: "Database", file: Path, folder: Path, now: datetime, tell: Progress) -> int:
    from posapp.storage.care.backup import FileAside
    from posapp.storage.care.backup_postgres import ServerAside

    manifest = _vouched_for(file)
    if manifest is None:
        raise _unproven(file)
    # As on a new computer: nothing of the shop is there, the room for it is.
    with tempfile.TemporaryDirectory(prefix=files.ROOM, dir=folder) as room:
        aside = FileAside(Path(room)) if database.file is not None else ServerAside(database.url)
        try:
            _, results = _examine(aside, file, manifest, now, tell)
        finally:
            aside.tidy()
    faults = [one.rule for one in results if not one.is_kept and one.rule not in _OF_THE_DAY]
    if faults:
        raise _faulty(file, results, faults)
    return len(results)


def _note_drill(store: "Store", actor: Actor, backup: Backup, result: str) -> None:
    try:
        with store.work(replace(actor, business=0)) as uow:
            uow.journal.add(
                Action.BACKUP_DRILLED, "database", 0, ref=backup.file.name, after={"result": result}
            )
            uow.commit()
    except EnvironmentFault as fault:  # the shop itself is damaged: then its backup matters all the more
        log.warning("the drill is not in the journal: %s", fault.sentence)


# -- examining -----------------------------------------------------------------------------------------------
def _examine(
    aside: "Aside", file: Path, manifest: Manifest | None, now: datetime, tell: Progress
) -> "tuple[Facts, list[RuleResult]]":
    """Copy a backup aside, look at all of it, bring it to this program's schema, and ask every rule."""
    from posapp.services.care.verify import verify
    from posapp.storage.care.backup import altered
    from posapp.storage.schema import bring_up_to_date, lacking
    from posapp.storage.unit_of_work import Store

    with _told_as_damage(file):
        proof = manifest.sha256 if manifest else ""
        aside.fill(file, lambda done, total: tell("copy", done, total), digest=proof)
        tell("examine", 0, 1)
        facts = aside.examine()
        if manifest is not None and not manifest.tells_of(facts):
            raise altered(file)
        database = aside.database()
        try:
            bring_up_to_date(database)
            with database.connection(writes=False) as connection:
                missing = lacking(connection, is_sqlite=database.is_sqlite)
            if missing:
                log.warning("%s lacks %s", file.name, ", ".join(missing))
                raise _damaged(file)
            moment = min(now, manifest.made_at) if manifest else now
            store = Store(database, FixedClock(moment), lambda _changes: None)
            return facts, verify(store, progress=tell)
        finally:
            database.close()


@contextmanager
def _told_as_damage(file: Path) -> Iterator[None]:
    """A byte that fell over can make anything out of a record: whatever that leads to is damage.

    The copy is nobody's shop yet, so nothing can be hidden here but a bad copy; the log has the details.
    """
    try:
        yield
    except PosappError as error:
        if isinstance(error, EnvironmentFault) and error.code in _DAMAGE:
            raise _damaged(file) from error
        raise
    except Exception as error:
        log.warning("%s cannot be examined", file.name, exc_info=True)
        raise _damaged(file) from error


def _refuse_itself(place: str | Path, file: Path) -> None:
    with suppress(OSError):
        if "://" not in str(place) and Path(place).samefile(file):
            raise DomainError(
                "backup_is_shop",
                f"{file.name} is the shop itself. Choose a backup: posapp backups.",
                field="file",
            )


# -- numbers -------------------------------------------------------------------------------------------------
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


def _goals(
    facts: Facts, standing: "Standing", file: Path, last_numbers: Mapping[str, int]
) -> tuple[dict[tuple[int, str], int], frozenset[str]]:
    """Where each counter goes on, and the counters for which that had to be guessed.

    Other backups of the shop and what is left of a damaged one are evidence that nothing below was left over;
    only the replaced shop itself, or somebody who looked at the newest paper, knows the last number.
    """
    is_known = _are_numbers_known(facts, standing)
    evidence = [one.facts.numbers for one in _others_of(facts, file)]
    if not _is_other(facts, standing):
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
                    Counters(uow.connection, business).set(name, highest)
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


# -- words ---------------------------------------------------------------------------------------------------
def _named(facts: Facts) -> str:
    return ", ".join(facts.businesses) or "a shop without a name"


def _damaged(file: Path) -> DomainError:
    from posapp.storage.care.backup import damaged

    return damaged(file)


def _no_backup() -> DomainError:
    return DomainError("backup_missing", "There is no backup of this shop on this computer.")


def _unproven(file: Path) -> DomainError:
    return DomainError(
        "backup_unproven",
        f"Beside {file.name} there is no {file.name}.json, so nothing shows that it is as it was made. "
        "Choose another backup, or agree to restore it once it was examined.",
        field="file",
    )


def _other_shop(facts: Facts, standing: "Standing") -> DomainError:
    here, there = _named(standing.facts), _named(facts)
    return DomainError(
        "other_shop",
        f"The backup holds another shop ({there}) than the one that is here ({here}). "
        "Choose another backup, or agree to replace the one by the other.",
        field="file",
        backup=there,
        shop=here,
    )


def _faulty(file: Path, results: "list[RuleResult]", faults: list[str]) -> DomainError:
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


def _numbers_missing(facts: Facts) -> DomainError:
    last = ", ".join(f"{name}{last}" for (_, name), last in sorted(facts.numbers.items()) if last)
    return DomainError(
        "last_numbers_missing",
        "Nothing here says which numbers were given out after the backup"
        f"{f', which ends at {last}' if last else ''}. "
        f"Name the newest paper of each kind, or let the numbers go on {SKIPPED:,} further.",
        field="last_numbers",
    )

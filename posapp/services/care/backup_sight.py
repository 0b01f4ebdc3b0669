"""A backup and what it would replace, looked at before anything is asked or done."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from posapp import files
from posapp.domain.base.errors import DomainError
from posapp.services.care.backups import Backup, backups_of
from posapp.services.care.restore_refusals import no_backup, told_as_damage
from posapp.storage.base.manifests import Facts, Manifest, read_manifest

if TYPE_CHECKING:
    from posapp.storage.base.database import Database
    from posapp.storage.care.backup_places import Aside, Standing, Target


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


def look_into(place: str | Path, file: Path, *, opened: "Database | None" = None) -> Seen:
    """Name the shop in a backup before anything is asked or done; refuses what is no backup at all.

    `opened` is the shop that is there, where this program has it open.
    """
    from posapp.storage.care.backup import open_facts
    from posapp.storage.care.backup_places import Standing

    manifest = vouched_for(file)
    if opened is not None:
        here = open_facts(opened)
        standing = Standing(bool(here.businesses), bool(here.businesses), here)
    else:
        standing = standing_of(places_of(place, "")[0], place)
    facts = manifest.facts if manifest else glance(place, file)
    return Seen(
        file,
        facts,
        manifest is not None,
        manifest.made_at if manifest else None,
        manifest.till if manifest else "",
        is_other(facts, standing),
        not are_numbers_known(facts, standing),
    )


def look_into_latest(place: str | Path, folder: Path | None = None) -> Seen:
    """The same for the newest backup that can be read."""
    refused: DomainError | None = None
    for backup in backups_of(place, folder):
        try:
            return look_into(place, backup.file)
        except DomainError as error:
            refused = refused or error
    raise refused or no_backup()


def vouched_for(file: Path) -> Manifest | None:
    """The manifest, of a file that can be one of ours."""
    try:
        is_file, size = file.is_file(), file.stat().st_size
    except (OSError, ValueError):
        is_file, size = False, 0
    if not is_file:
        raise DomainError("backup_missing", f"There is no file {files.shown(file)}.", field="file")
    manifest = read_manifest(file)
    if manifest is not None and size != manifest.size:
        from posapp.storage.care.backup_refusals import altered

        raise altered(file)
    return manifest


def glance(place: str | Path, file: Path) -> Facts:
    """What a backup says of its shop; refuses what is no backup at all."""
    from posapp.storage.base.database import database_url
    from posapp.storage.care import backup, backup_postgres

    is_file = database_url(place).get_backend_name() == "sqlite"
    with told_as_damage(file):
        return backup.checked(backup.glance(file) if is_file else backup_postgres.glance(file))


def standing_of(target: "Target", place: str | Path) -> "Standing":
    """What is there; where too little is left of it to say whose it was, its newest backup says."""
    found = target.standing()
    if not found.is_there or found.facts.identity or found.facts.born:
        return found
    named = next((one.manifest.facts for one in backups_of(place) if one.manifest), Facts())
    told = replace(found.facts, identity=named.identity, born=named.born, businesses=named.businesses)
    return replace(found, facts=told)


def is_other(facts: Facts, standing: "Standing") -> bool:
    """Whether a backup is of another shop than the one that is there."""
    here = standing.facts
    if not standing.is_there:
        return False
    if facts.identity and here.identity:
        return facts.identity != here.identity
    return bool(facts.born and here.born) and facts.born != here.born


def are_numbers_known(facts: Facts, standing: "Standing") -> bool:
    """What is replaced says which numbers were given out, if it is whole and the same shop."""
    return standing.is_whole and not is_other(facts, standing)


def places_of(place: str | Path, stamp: str) -> "tuple[Target, Aside]":
    """What would be replaced, kept under that stamp, and the room beside it where a copy is examined."""
    from posapp.storage.base.database import database_url
    from posapp.storage.care.backup import FileAside, FileTarget
    from posapp.storage.care.backup_postgres import ServerAside, ServerTarget

    url = database_url(place)
    if url.get_backend_name() != "sqlite":
        return ServerTarget(url, stamp), ServerAside(url)
    target = FileTarget(Path(url.database or ""), stamp)
    return target, FileAside(target.file.parent)


def latest(place: str | Path, folder: Path | None = None) -> Backup:
    """The newest backup of a shop; refuses (`backup_missing`) where there is none."""
    found = backups_of(place, folder)
    if not found:
        raise no_backup()
    return found[0]

"""What is said of backups that cannot be made, read or put back."""

from pathlib import Path

from posapp import files
from posapp.domain.base.errors import DomainError, EnvironmentFault, PosappError


def unwritten(target: Path, error: OSError) -> PosappError:
    """The refusal of a folder or disk that does not take a copy."""
    told = files.unwritten(target, error)
    if isinstance(told, DomainError):
        return told
    return EnvironmentFault("backup_unwritten", f"No backup is made. {told.sentence}", field="file")


def uncopied(file: Path, target: Path, error: OSError) -> PosappError:
    """The refusal of a folder or disk that does not take the copy of a backup which is to be examined."""
    told = files.unwritten(target, error)
    return EnvironmentFault(
        "restore_unwritten",
        f"{file.name} cannot be examined, nothing is restored. {told.sentence}",
        field="file",
    )


def damaged(file: Path) -> DomainError:
    """The refusal of a file that is no whole backup."""
    return DomainError(
        "backup_damaged",
        f"{file.name} is damaged or no backup of posapp. Choose another one: posapp backups.",
        field="file",
    )


def altered(file: Path) -> DomainError:
    """The refusal of a backup that is not the one that was made."""
    return DomainError(
        "backup_damaged",
        f"{file.name} is not as it was made: damaged, or altered. Choose another one: posapp backups.",
        field="file",
    )


def in_use() -> EnvironmentFault:
    """The fault of a database that somebody works with."""
    return EnvironmentFault(
        "database_in_use", "The shop's data is open. Close posapp at every till, then try again."
    )

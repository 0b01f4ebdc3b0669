"""A shop of an older posapp is backed up before its data is brought to this version: the way back.

The backup is the one that `posapp backup` makes: examined, with its manifest, in the folder of backups. Where
none can be made the shop stays as it is and is not opened.
"""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from posapp import paths
from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import EnvironmentFault, PosappError
from posapp.till_settings import load

if TYPE_CHECKING:
    from posapp.services.care.backups import Backup
    from posapp.storage.unit_of_work import Store

log = logging.getLogger(__name__)
Tell = Callable[[str], object]
"""Called with a sentence for whoever opened the shop."""


def bring_up(store: "Store", tell: Tell | None = None) -> None:
    """Create the schema or bring it to this version; a shop that was there is backed up before."""
    from posapp.storage.schema import bring_up_to_date

    made: list[Backup] = []
    bring_up_to_date(store.database, before_upgrade=lambda revision: made.append(_backed_up(store, revision)))
    if made and tell is not None:
        tell(
            "The shop's data was brought to this version of posapp. The way back is the backup of before, "
            f"restored with the posapp of before: {made[0].file}"
        )


def _backed_up(store: "Store", revision: str) -> "Backup":
    from posapp.services.care.backups import BackupDesk

    till = load(paths.till_settings_file()).name
    try:
        made = BackupDesk(store).make(Actor(0, till))
    except PosappError as error:
        raise EnvironmentFault(
            "upgrade_unsafe",
            f"The shop's data is of an older posapp and is not touched without a backup. {error.sentence}",
            revision=revision,
        ) from error
    log.info("backed up before the upgrade from revision %s: %s", revision, made.file.name)
    return made

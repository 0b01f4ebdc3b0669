"""Where files lie: shipped resources, this computer's data, its settings.

Nothing here creates a folder; who writes a file makes its folder first. `POSAPP_DATA_DIR` and
`POSAPP_CONFIG_DIR` move the two folders that posapp writes to (tests, a second shop on one computer).
"""

import os
import re
from pathlib import Path
from zlib import crc32

_PACKAGE = Path(__file__).resolve().parent


def resources() -> Path:
    """The folder of icons, fonts, translations and styles.

    A wheel and the frozen program carry it inside the package; a checkout has it beside the package.
    """
    packed = _PACKAGE / "_resources"
    return packed if packed.is_dir() else _PACKAGE.parent / "resources"


def data_dir() -> Path:
    """The folder of the default database, backups, drafts and logs."""
    if moved := os.environ.get("POSAPP_DATA_DIR"):
        return Path(moved)
    import platformdirs

    return platformdirs.user_data_path("posapp", appauthor=False)


def config_dir() -> Path:
    """The folder of this till's settings."""
    if moved := os.environ.get("POSAPP_CONFIG_DIR"):
        return Path(moved)
    import platformdirs

    return platformdirs.user_config_path("posapp", appauthor=False)


def log_dir() -> Path:
    """The folder of the program's log and crash reports."""
    return data_dir() / "logs"


def backup_dir() -> Path:
    """The folder that backups go to unless the user names another."""
    return data_dir() / "backups"


def default_database() -> Path:
    """The SQLite file that is opened when neither option, environment nor till settings name a database."""
    return data_dir() / "posapp.db"


def till_settings_file() -> Path:
    """The TOML file behind `posapp.till_settings`."""
    return config_dir() / "till.toml"


def draft_folder(till: str) -> Path:
    """The folder that keeps what is half typed at `till`; any name gives a folder of its own."""
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", till).strip("-").lower()[:40]
    name = plain if plain and plain == till else f"{plain or 'till'}-{crc32(till.encode()):08x}"
    return data_dir() / "drafts" / name

"""Half-typed forms of this till, kept in files so that they survive a power cut.

Each draft is one small JSON file, written beside its old version, forced to the disk and then renamed
over it: after a crash there is the old draft or the new one, never half of one.
"""

import contextlib
import json
import logging
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from posapp.files import open_private

log = logging.getLogger(__name__)
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,60}")


class Drafts:
    """The drafts in one folder; `name` tells which form a draft belongs to."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def save(self, name: str, values: Mapping[str, Any]) -> None:
        """Keep a draft; nothing is said if the disk refuses, because typing must go on, but it is logged."""
        path = self._path(name)
        fresh = path.with_suffix(".new")
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with open_private(fresh, "w", encoding="utf-8", errors="surrogatepass") as file:
                json.dump(values, file, ensure_ascii=False)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(path)
        except OSError as error:
            log.warning("draft %s not kept: %s", name, error)

    def load(self, name: str) -> dict[str, Any] | None:
        """The draft of a form, None if there is none or it cannot be read."""
        try:
            values = json.loads(self._path(name).read_text(encoding="utf-8", errors="surrogatepass"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            log.warning("draft %s not read: %s", name, error)
            return None
        return values if isinstance(values, dict) else None

    def drop(self, name: str) -> None:
        """The form was saved or given up: forget its draft."""
        with contextlib.suppress(OSError):
            self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError(f"not a draft's name: {name}")
        return self._folder / f"{name}.json"

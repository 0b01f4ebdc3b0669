"""How a window was asked for, and the settings of its till as far as they are this start's own."""

from dataclasses import dataclass, replace

from posapp import paths
from posapp.till_settings import TillSettings, load, save


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowOptions:
    """How the window was asked for: which database, business and till, and whether in a throw-away shop."""

    database: str = ""
    business: str = ""
    till: str = ""
    demo: bool = False


class TillFile:
    """The file of this till's settings. A name that was given with the start is worn and never written."""

    def __init__(self, options: WindowOptions) -> None:
        self._given = options.till or ("Till 1" if options.demo else "")
        self._kept = ""

    def read(self) -> TillSettings:
        """The settings as this window wears them."""
        found = load(paths.till_settings_file())
        self._kept = found.name
        return replace(found, name=self._given or found.name)

    def write(self, till: TillSettings) -> None:
        """Keep them; OSError where the file cannot be written."""
        if till.name != self._given:
            self._kept = till.name
        save(replace(till, name=self._kept), paths.till_settings_file())

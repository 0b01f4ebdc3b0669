"""The colours of the design as values: one file, two themes, nothing hard-wired in a widget."""

import json
from dataclasses import dataclass, fields
from functools import cache
from typing import cast

from PySide6.QtGui import QColor

from posapp.paths import resources


@dataclass(frozen=True, slots=True)
class Tokens:
    """Every colour that may be used, named by its job (resources/tokens/tokens.json)."""

    bg: QColor
    surface: QColor
    sunken: QColor
    border: QColor
    control: QColor
    text: QColor
    text2: QColor
    text3: QColor
    primary: QColor
    fill: QColor
    hover: QColor
    pressed: QColor
    on_fill: QColor
    primary_soft: QColor
    selection: QColor
    success: QColor
    success_soft: QColor
    success_fill: QColor
    warning: QColor
    warning_soft: QColor
    danger: QColor
    danger_soft: QColor
    info: QColor
    info_soft: QColor
    violet: QColor
    violet_soft: QColor
    neutral: QColor
    neutral_soft: QColor
    rail: QColor
    rail_text: QColor
    rail_hint: QColor
    rail_sel: QColor
    rail_on: QColor
    rail_bar: QColor

    def colour(self, name: str) -> QColor:
        """A token by its name, such as "danger" or "text2"; KeyError for a name that is none."""
        if name not in _NAMES:
            raise KeyError(name)
        return cast(QColor, getattr(self, name))

    def soft(self, tone: str) -> QColor:
        """The quiet background that belongs to a tone: soft("danger") is `danger_soft`."""
        return self.colour(f"{tone}_soft")

    def named(self) -> dict[str, str]:
        """All colours as #rrggbb, for the style sheet."""
        return {name: self.colour(name).name() for name in _NAMES}


_NAMES = tuple(field.name for field in fields(Tokens))


@cache
def load_tokens(name: str) -> Tokens:
    """The tokens of "light" or "dark"."""
    values = json.loads((resources() / "tokens" / "tokens.json").read_text(encoding="utf-8"))[name]
    return Tokens(**{key: QColor(value) for key, value in values.items()})

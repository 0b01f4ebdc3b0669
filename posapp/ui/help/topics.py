"""The topics of the help: plain Markdown files of resources/help, in the order of their numbers."""

from dataclasses import dataclass
from functools import cache

from posapp.paths import resources


@dataclass(frozen=True, slots=True)
class Topic:
    """A page of the help; `id` is the name of its file."""

    id: str
    title: str
    text: str


@cache
def topics() -> tuple[Topic, ...]:
    """All topics in order. A file's first line is its title."""
    found = []
    for file in sorted((resources() / "help").glob("*.md")):
        text = file.read_text(encoding="utf-8")
        title = text.partition("\n")[0].removeprefix("#").strip()
        found.append(Topic(file.name, title, text))
    return tuple(found)

"""Asks for the journal on the database lane, and makes its entries readable there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from posapp import files
from posapp.domain.base.actions import spelled
from posapp.domain.base.numbers import Letter, letter_of, may_be_number
from posapp.services.care.journal import JournalAsked
from posapp.ui.history.words import value_words
from posapp.ui.presenter import Done, Failed, Presenter
from posapp.ui.settings.journal_words import act_words
from posapp.ui.wording import Wording, translator

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.domain.base.journal import JournalLine
    from posapp.services.desks import Shop

_tr = translator("Journal")
_FEW = 3
"""So many values stand beside an act in the table; all of them in the sheet."""
_EXPORTED = 500


@dataclass(frozen=True, slots=True)
class Value:
    """What a value was and what it is."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Row:
    """An entry with its texts."""

    line: "JournalLine"
    when: str
    who: str
    what: str
    values: tuple[Value, ...]

    @property
    def id(self) -> int:
        """By which it stays chosen."""
        return self.line.id

    @property
    def number(self) -> str:
        """Of the record, "" where it is about none that has one."""
        ref = self.line.ref
        return ref if may_be_number(ref) and letter_of(ref) is not Letter.HELD else ""

    @property
    def told(self) -> str:
        """What was done, and the first values of it."""
        some = [f"{one.name.lower()} {one.after}" for one in self.values[:_FEW] if one.after != "–"]
        return f"{self.what}: {', '.join(some)}" if some else self.what


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows, and the key before which more are to be looked for (None: these are the last)."""

    rows: tuple[Row, ...]
    before: int | None


def row_of(line: "JournalLine", wording: Wording) -> Row:
    """How an entry reads."""
    names = dict.fromkeys((*line.before, *line.after))
    values = [
        Value(
            spelled(name.removesuffix("_minor")),
            value_words(name, line.before.get(name), wording),
            value_words(name, line.after.get(name), wording),
        )
        for name in names
        if name != "digest" and not _is_nothing(line.before.get(name), line.after.get(name))
    ]
    who = line.who
    if line.approved_by:
        who = _tr("{who}, approved by {manager}").format(who=who, manager=line.approved_by)
    return Row(line, wording.moment(line.at), who, act_words(line.action), tuple(values))


def _is_nothing(before: object, after: object) -> bool:
    return before in (None, "", []) and after in (None, "", [])


class JournalPresenter(Presenter):
    """One question at a time."""

    topic = "journal"

    def page(self, asked: JournalAsked, done: Done[Rows], failed: Failed) -> None:
        """The newest entries, or those before a key."""
        wording = self.wording

        def work(shop: "Shop", actor: "Actor") -> Rows:
            page = shop.journal.page(actor, asked)
            return Rows(tuple(row_of(line, wording) for line in page.lines), page.before)

        self.read(work, done, failed, topic="page")

    def newer(self, asked: JournalAsked, key: int, done: Done[int]) -> None:
        """How many entries have come since, of those that are asked for."""
        since = replace(asked, after=key, before=None)
        self.read(lambda shop, actor: len(shop.journal.page(actor, since).lines), done, topic="newer")

    def names(self, done: Done[list[str]]) -> None:
        """Who wrote lately."""
        self.read(lambda shop, actor: shop.journal.names(actor), done, topic="names")

    def entry(self, key: int, done: Done[Row], failed: Failed) -> None:
        """One entry as it stands."""
        wording = self.wording
        self.read(
            lambda shop, actor: row_of(shop.journal.entry(actor, key), wording), done, failed, topic="entry"
        )

    def export(
        self, asked: JournalAsked, path: Path, *, replace: bool, done: Done[int], failed: Failed
    ) -> None:
        """Write all that is asked for to a CSV file."""
        wording = self.wording
        head = [_tr("Entry"), _tr("When"), _tr("Who"), _tr("Approved by"), _tr("Till"), _tr("What")]
        head += [_tr("Record"), _tr("Before"), _tr("After")]

        def work(shop: "Shop", actor: "Actor") -> int:
            cells = (_cells(line, wording) for line in _all(shop, actor, asked))
            return files.write_table(path, head, cells, replace=replace)

        self.do(work, done, failed)


def _all(shop: "Shop", actor: "Actor", asked: JournalAsked) -> "Iterator[JournalLine]":
    while True:
        page = shop.journal.page(actor, asked, _EXPORTED)
        yield from page.lines
        if page.before is None:
            return
        asked = replace(asked, before=page.before)


def _cells(line: "JournalLine", wording: Wording) -> Sequence[str]:
    row, at = row_of(line, wording), wording.here(line.at)
    sides = (
        "; ".join(f"{one.name}: {text}" for one, text in _side(row, is_after)) for is_after in (False, True)
    )
    who = [str(line.id), f"{at:%Y-%m-%d %H:%M:%S}", line.who, line.approved_by, line.till]
    return [*who, row.what, line.ref, *sides]


def _side(row: Row, is_after: bool) -> Iterator[tuple[Value, str]]:
    for one in row.values:
        text = one.after if is_after else one.before
        if text != "–":
            yield one, text

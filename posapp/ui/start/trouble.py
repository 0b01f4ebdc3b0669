"""When the shop cannot be opened: what is said, and the ways out (again, another file, a backup)."""

import logging
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from posapp import __version__, paths
from posapp.domain.base.errors import EnvironmentFault, PosappError
from posapp.ui.file_dialogs import FileDialog
from posapp.ui.layout import STRETCH, columns, put, rows
from posapp.ui.presenter import code_of, sentence_of
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.labels import label
from posapp.ui.window.main_window import MainWindow
from posapp.ui.window.notices import Step
from posapp.ui.window.page import Page, PageEntry
from posapp.ui.window.shell import Shell

if TYPE_CHECKING:
    from posapp.services.care.backup_sight import Seen
    from posapp.services.desks import Shop

Place = str | Path
log = logging.getLogger(__name__)

_IN_A_ROW = 3
_WHOLE = frozenset({"database_newer", "database_foreign", "database_busy", "upgrade_running"})
"""Refusals of a file that lacks nothing: a backup would only replace what is newer, or somebody else's."""


class TroublePage(Page):
    """The shop cannot be opened: what happened, that nothing is lost, and the ways out.

    The same where a question has to be answered first: `title` and `more` say so.
    """

    shows_search = True

    def __init__(
        self, shell: Shell, sentence: str, steps: Sequence[Step], *, title: str = "", more: str = ""
    ) -> None:
        super().__init__(shell)
        px = theme().px
        card = Card(title or self.tr("The shop cannot be opened"))
        card.setMaximumWidth(px(640))
        said = label(sentence, "strong", wrap=True)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        more = more or self.tr("What was saved is as it was. Choose how to go on.")
        self._buttons = [
            button(step.text, kind="" if number else "primary", run=step.run)
            for number, step in enumerate(steps)
        ]
        lay = columns if len(steps) <= _IN_A_ROW else rows
        ways = lay(*self._buttons, STRETCH, gap=8)
        put(card.body, rows(said, label(more, tone="text2", wrap=True), ways, gap=12, pad=16))
        outer = rows(card, pad=(16, 48, 16, 16), host=self)
        outer.setAlignment(card, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)

    def title(self) -> str:
        """What the top bar says."""
        return self.tr("Start")

    def first_field(self) -> QWidget | None:
        """The first way out."""
        return self._buttons[0] if self._buttons else None

    def escape(self) -> bool:
        """There is nothing behind it: the page of the start would take keys for nobody."""
        return True


class Trouble(QObject):
    """One for a program. A restore takes its shop over: it is closed before the data is replaced."""

    again_asked = Signal()
    business_chosen = Signal(str)
    file_chosen = Signal(object)  # Path

    def __init__(self, window: MainWindow, take_shop: "Callable[[], Shop | None]") -> None:
        super().__init__(window)
        self._window, self._take_shop = window, take_shop
        self._pages = 0

    def show(self, error: Exception, place: Place) -> None:
        """Say what happened, and offer what helps."""
        self._window.loading.end()
        sentence = sentence_of(error, self.tr("The shop could not be opened."))
        log.warning("open: %s", sentence)
        self._window.top_bar.till.show_tone("danger")
        if code_of(error) == "business_missing" and isinstance(error, PosappError):
            self._ask_business([str(name) for name in error.facts["names"]])  # type: ignore[attr-defined]
            return
        self._show(sentence, self._ways_out(code_of(error), sentence, place))

    def _ways_out(self, code: str, sentence: str, place: Place) -> list[Step]:
        again = Step(self.tr("Try again"), self.again_asked.emit)
        other = Step(self.tr("Open another file"), self._choose_file)
        if code == "database_newer":
            return [Step(self.tr("Update"), partial(self._tell_of_update, sentence, place)), again, other]
        # A server that is away has lost nothing that a backup would bring back.
        if code in _WHOLE or "://" in str(place):
            return [other, again] if code == "database_foreign" else [again, other]
        return [again, Step(self.tr("Restore the latest backup"), partial(self._restore, place)), other]

    def _tell_of_update(self, sentence: str, place: Place) -> None:
        """This program cannot replace itself while it runs: what to do, and the first step of it."""
        how = self.tr(
            "This till has posapp {version}. Close it, install the newer version over it as it was installed "
            "the first time, and start it again. The shop's data and the settings of this till stay."
        )
        self._show(
            how.format(version=__version__),
            [Step(self.tr("Close posapp"), self._window.close), self._back(sentence, place)],
            title=self.tr("Update this till"),
            more=self.tr("Other tills that have been updated go on working meanwhile."),
        )

    def _back(self, sentence: str, place: Place) -> Step:
        return Step(
            self.tr("Back"),
            lambda: self._show(sentence, self._ways_out("database_newer", sentence, place)),
        )

    def _ask_business(self, names: Sequence[str]) -> None:
        """Several shops in one database: which one works at this till is asked, not guessed."""
        self._show(
            self.tr("Several shops are kept in this database. Which one is this?"),
            [Step(name, partial(self.business_chosen.emit, name)) for name in names],
            title=self.tr("Choose the shop"),
            more=self.tr("Starting with --business and a name answers this at once."),
        )

    def _show(self, sentence: str, steps: Sequence[Step], *, title: str = "", more: str = "") -> None:
        page = TroublePage(self._window, sentence, steps, title=title, more=more)
        self._pages += 1
        page_id = f"trouble_{self._pages}"
        self._window.add_page(
            PageEntry(page_id, "", "triangle-alert", "", lambda _shell: page, in_rail=False)
        )
        self._window.show_page(page_id)

    def _choose_file(self) -> None:
        name, _ = FileDialog.getOpenFileName(
            self._window, self.tr("Open a shop"), str(paths.data_dir()), self.tr("Shops (*.db)")
        )
        if name:
            self.file_chosen.emit(Path(name))

    # -- backups -----------------------------------------------------------------------------------------
    def _restore(self, place: Place) -> None:
        """Whose backup is it, and what has to be decided? Then it is examined and restored in a child."""

        def work() -> "Seen":
            from posapp.services.care.backup_sight import look_into_latest

            return look_into_latest(place)

        self._window.loading.begin(self.tr("Looking for the latest backup"))
        ask, failed = partial(self._ask_restore, place, ["--latest"]), partial(self.show, place=place)
        self._window.lanes.database.run(work, done=ask, failed=failed, topic="open")

    def restore_file(self, place: Place, shop: "Shop | None") -> None:
        """The shop of another computer comes back where none is yet."""
        name, _ = FileDialog.getOpenFileName(
            self._window,
            self.tr("Restore a backup"),
            str(paths.backup_dir()),
            self.tr("Backups (*.db *.dump)"),
        )
        if not name or shop is None:
            return

        def work() -> "Seen":
            from posapp.services.care.backup_sight import look_into

            return look_into(place, Path(name), opened=shop.store.database)

        ask = partial(self._ask_restore, place, [name])
        self._window.lanes.database.run(work, done=ask, failed=self._not_restored, topic="open")

    def _not_restored(self, error: Exception) -> None:
        self._window.notices.toast(sentence_of(error, self.tr("The backup cannot be read.")))

    def _ask_restore(self, place: Place, which: list[str], seen: "Seen") -> None:
        from posapp.ui.settings.restore_dialog import RestoreDialog, RestoringDialog, restore_words

        self._window.loading.end()
        made = f"{seen.made_at.astimezone():%Y-%m-%d %H:%M}" if seen.made_at else seen.file.name
        options = RestoreDialog.ask(self._window, restore_words(made), seen)
        if options is not None:
            dialog = RestoringDialog(self._window, self._window.lanes.database, self._take_shop())
            dialog.ended.connect(partial(self._restored, place))
            dialog.start(["restore", *which, *options], database=str(place))

    def _restored(self, place: Place, went_well: bool, sentence: str) -> None:
        if went_well:
            self.again_asked.emit()
        else:
            self.show(EnvironmentFault("restore_refused", sentence), place)

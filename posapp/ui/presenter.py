"""What every screen does to ask the shop: one base class, plain Python, that knows no widget.

A screen's presenter says what is asked; how it gets to a lane and back is here:

    class BoardPresenter(Presenter):
        topic = "board"

        def board(self, done: Done["Board"], failed: Failed) -> None:
            self.read(lambda shop, actor: shop.tickets.board(actor), done, failed)

        def rename(self, before: "Job", name: str, done: Done["Ticket"], failed: Failed) -> None:
            self.write(
                ("job", before.id),
                before.stamps.version,
                lambda shop, actor, seen: shop.tickets.edit_job(actor, EditJob(name=name, seen_version=seen)),
                lambda ticket: ticket.stamps.version,
                done,
                failed,
            )

- `read` only looks. A newer question of the same topic drops the answer of the older one, and `forget`
  drops what is on its way: no late answer comes. Two presenters never drop each other's.
- `do` changes something, in the order of the asking; its answer always comes. What has to happen as soon as
  it is saved, even if the window is gone by then (a draft is dropped), is `saved`, and runs on the lane.
- `write` is `do` for a record that was shown in some version: it is refused if another till changed it since,
  and never because of what this window itself wrote (`posapp.ui.own_writes`).
- What a desk refuses for want of a permission is asked of a manager on the same screen, and then the very
  same work is done again with what they lend (`posapp.ui.approval`). `failed` hears of it only where nobody
  approved. An undo asks again.
- `turn` makes of such work what `notices.toast(undo=…)` takes.

`work` gets the shop and the actor as they were when it was asked. `done` and `failed` are called on the
window's thread. What to say of an error: `sentence_of(error)`, and `code_of(error) == "changed_elsewhere"`.
"""

from collections.abc import Callable, Hashable
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from posapp.domain.base.actor import LOOKING
from posapp.domain.base.errors import PosappError
from posapp.ui.wording import Wording, translator

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor, Approval, Permission
    from posapp.services.desks import Shop
    from posapp.ui.approval.manager import Manager
    from posapp.ui.background import Lane
    from posapp.ui.session import Session
    from posapp.ui.window.undo import Turn

T = TypeVar("T")
Done: TypeAlias = Callable[[T], object]
"""What gets the answer: `Done["Board"]`."""
Failed: TypeAlias = Callable[[Exception], object]
"""What gets the error."""
Asked: TypeAlias = Callable[["Shop", "Actor"], Any]
"""What is asked of the desks."""

_numbers = count(1)
_tr = translator("Presenter")


def ignore(_outcome: object) -> None:
    """For an answer or an error that nobody waits for."""


def sentence_of(error: Exception, otherwise: str = "") -> str:
    """What the clerk reads of an error; of a bug, which has no words, `otherwise` or the general sentence."""
    return error.sentence if isinstance(error, PosappError) else otherwise or _tr("That did not work.")


def why_not_saved(error: Exception) -> str:
    """What the clerk reads where something was to be saved."""
    return sentence_of(error, _tr("This was not saved. Try again."))


def code_of(error: Exception) -> str:
    """By which an error is told from others ("changed_elsewhere"); "" for a bug."""
    return error.code if isinstance(error, PosappError) else ""


class Presenter:
    """Between a screen and the desks of one session. Owned by its page: Qt holds it only weakly."""

    topic = ""
    """Names its questions in the lanes."""

    def __init__(self, session: "Session") -> None:
        self.session = session
        self._name = f"{self.topic or type(self).__name__} {next(_numbers)}"

    @property
    def wording(self) -> Wording:
        """How this shop writes values."""
        return self.session.wording

    def read(
        self,
        work: "Callable[[Shop, Actor], T]",
        done: "Done[T]",
        failed: Failed = ignore,
        *,
        topic: str = "",
        lane: "Lane | None" = None,
    ) -> None:
        """Ask; an older question of that topic is never answered. On the database lane if no other is named.

        What was broken off on its lane was overtaken too and tells nobody.
        """
        session = self.session
        (lane or session.lanes.database).run(
            partial(work, session.shop, session.actor),
            done=done,
            failed=lambda error: None if code_of(error) == "interrupted" else failed(error),
            topic=self._topic(topic),
        )

    def forget(self, topic: str = "") -> None:
        """Whatever is asked under that topic may stay away."""
        lanes = self.session.lanes
        for lane in (lanes.search, lanes.figures, lanes.database):
            lane.drop_topic(self._topic(topic))

    def do(
        self,
        work: "Callable[[Shop, Actor], T]",
        done: "Done[T]" = ignore,
        failed: Failed = ignore,
        *,
        saved: Callable[[], object] | None = None,
        lane: "Lane | None" = None,
        asks: bool = True,
    ) -> None:
        """Change something. `saved` is done on the lane as soon as it is, and only then.

        Not `asks`: nobody pressed anything for it, so no manager is asked either.
        """
        session = self.session
        shop, here = session.shop, lane or session.lanes.database

        def run(actor: "Actor") -> T:
            answer = work(shop, actor)
            if saved is not None:
                saved()
            return answer

        action = _Action(run, session.actor, here, done, failed)
        action.begin(session.ask_manager if asks else None)

    def write(
        self,
        record: Hashable,
        seen: int,
        work: "Callable[[Shop, Actor, int | None], T]",
        version: Callable[[T], int],
        done: "Done[T]" = ignore,
        failed: Failed = ignore,
        *,
        always: bool = False,
        saved: Callable[[], object] | None = None,
    ) -> None:
        """Change a record as it was `seen`; `work` gets the version that its desk has to find.

        With `always` it is done whatever another till changed meanwhile.
        """
        own = self.session.own
        self.do(
            lambda shop, actor: own.write(record, seen, partial(work, shop, actor), version, always=always),
            done,
            failed,
            saved=saved,
        )

    def turn(self, work: Asked) -> "Callable[[Turn], None]":
        """Work as a step back or forth of Ctrl+Z and Ctrl+Y."""
        return lambda turn: self.do(work, turn.done, turn.failed)

    def _topic(self, topic: str) -> str:
        return f"{self._name} {topic}".rstrip()


class _Action:
    """One thing that somebody does, again as long as a manager lends what it lacks."""

    def __init__(
        self, run: "Callable[[Actor], Any]", actor: "Actor", lane: "Lane", done: "Done[Any]", failed: Failed
    ) -> None:
        self._run, self._actor, self._lane = run, actor, lane
        self._done, self._failed = done, failed
        self._manager: Manager | None = None
        self._needed: frozenset[Permission] = frozenset()
        self._is_saved = False

    def begin(self, manager: "Manager | None") -> None:
        self._manager = manager
        self._lane.run(partial(self._run, self._actor), done=self._done, failed=self._refused)

    def _again(self, approval: "Approval") -> None:
        self._lane.run(partial(self._covered, approval), done=self._done, failed=self._refused)

    def _covered(self, approval: "Approval") -> Any:
        """The action and nothing after it; what has saved something is never done a second time."""
        try:
            return self._run(self._actor.approved(approval))
        finally:
            self._is_saved = approval.is_spent
            approval.end()

    def _refused(self, error: Exception) -> None:
        permission: Permission | None = None
        if isinstance(error, PosappError) and error.code == "not_allowed":
            permission = error.facts.get("permission")  # type: ignore[assignment]
        is_new = permission is not None and permission not in self._needed | LOOKING
        if self._manager is None or permission is None or not is_new or self._is_saved:
            self._failed(error)
            return
        assert isinstance(error, PosappError)
        self._needed |= {permission}
        self._manager.ask(error, self._actor, self._needed, self._again, self._failed)

"""The badge desk: a badge that was made just now becomes a paper. Its code comes from who made it."""

from pathlib import Path
from typing import TYPE_CHECKING

from posapp import files
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.clock import wall_of
from posapp.domain.base.errors import DomainError
from posapp.domain.papers.documents import PaperSize
from posapp.domain.people.papers import Badge
from posapp.domain.people.secrets import plain_badge
from posapp.services.papers.content import header
from posapp.services.papers.giving_out import copy_mark, render
from posapp.services.people.customers_of_users import require_user
from posapp.services.people.hashing import digest

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store


class BadgeDesk:
    """Prints a badge or writes it to a file; nothing of it is kept."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def print(self, actor: Actor, user_id: int, code: str, printer: str) -> None:
        """Print a badge and wait for the outcome."""
        actor.require(Permission.USER_WRITE)
        from posapp.printing.base.system_queue import SystemQueue

        pdf = self._pdf(actor, user_id, code)
        queue = SystemQueue()
        queue.wait_for(queue.send(pdf, printer, title="posapp badge", paper=PaperSize.BADGE))

    def save(self, actor: Actor, user_id: int, code: str, path: Path, *, replace: bool = False) -> None:
        """Write a badge to a new file."""
        actor.require(Permission.USER_WRITE)
        files.write(path, self._pdf(actor, user_id, code), replace=replace)

    def _pdf(self, actor: Actor, user_id: int, code: str) -> bytes:
        with self._store.look(actor, snapshot=True) as uow:
            user = require_user(uow, user_id)
            owner = uow.users.by_badge(digest(plain_badge(code)))
            if owner is None or owner.id != user.id:
                raise DomainError("badge_unknown", "This badge is no longer theirs. Make a new one.")
            shop = uow.businesses.get()
            at = wall_of(uow.now, shop.time_zone).isoformat(timespec="minutes")
            badge = Badge(header(shop), "", "", user.name, made_at=at, made_by=actor.shown)
            return render(uow, badge, PaperSize.BADGE, copy_mark(uow, 1), plain_badge(code))

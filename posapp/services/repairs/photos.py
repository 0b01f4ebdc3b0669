"""The photo desk: pictures of devices, kept small, each once; a removed one can be brought back."""

from hashlib import sha256
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.repairs.photos import Photo, ScaledPhoto
from posapp.domain.repairs.tickets import Job, Ticket
from posapp.services.repairs.ticket_steps import held_ticket, note_on_job, refuse_gone, require_job

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store, UnitOfWork

MOST_PHOTOS = 50


class PhotoDesk:
    """Keeps and shows photos."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def jpeg(self, actor: Actor, photo_id: int) -> bytes:
        """The picture itself."""
        actor.require(Permission.TICKET_READ)
        with self._store.look(actor) as uow:
            pixels = uow.photos.pixels(photo_id)
            if not pixels:  # none, or emptied with its person
                raise _unknown()
            return pixels

    def ready(self, actor: Actor, data: bytes) -> ScaledPhoto:
        """The bytes of a picture file as they are kept, for a ticket that is not there yet."""
        from posapp.printing.base.pictures import scale_photo

        actor.require(Permission.TICKET_WRITE)
        return scale_photo(data)

    def add(self, actor: Actor, number: str, data: bytes, *, position: int = 1) -> Photo:
        """Keep the bytes of a picture file; the same picture twice is one photo."""
        scaled = self.ready(actor, data)
        with self._store.work(actor) as uow:
            ticket = held_ticket(uow, number)
            job = require_job(ticket, position)
            refuse_gone(ticket, job)
            key, is_new = put_photo(uow, ticket, job, scaled)
            made = _require(uow, key)
            if is_new:
                uow.commit()
        return made

    def remove(self, actor: Actor, photo_id: int) -> Photo:
        """Take a photo off its device; `restore` brings it back."""
        return self._set_removed(actor, photo_id, is_removed=True)

    def restore(self, actor: Actor, photo_id: int) -> Photo:
        """Bring a removed photo back."""
        return self._set_removed(actor, photo_id, is_removed=False)

    def _set_removed(self, actor: Actor, photo_id: int, *, is_removed: bool) -> Photo:
        actor.require(Permission.TICKET_WRITE)
        with self._store.work(actor) as uow:
            key = uow.photos.ticket_of(photo_id)
            found = uow.tickets.get(key) if key is not None else None
            if found is None:
                raise _unknown()
            ticket = held_ticket(uow, found.number)
            before = _require(uow, photo_id)
            if before.is_removed == is_removed:
                return before
            job = next(one for one in ticket.jobs if one.id == before.job_id)
            refuse_gone(ticket, job)
            uow.photos.set_removed(photo_id, is_removed=is_removed)
            action = Action.PHOTO_REMOVED if is_removed else Action.PHOTO_RESTORED
            note_on_job(uow, action, ticket, job, after={"photo": photo_id})
            after = _require(uow, photo_id)
            uow.commit()
        return after


def put_photo(uow: "UnitOfWork", ticket: Ticket, job: Job, photo: ScaledPhoto) -> tuple[int, bool]:
    """Keep a photo of a device: its key, and whether it was not there before."""
    digest = sha256(photo.jpeg).hexdigest()
    known = uow.photos.same(job.id, digest)
    if known is not None and not known.is_removed:
        return known.id, False
    if known is not None:
        uow.photos.set_removed(known.id, is_removed=False)
        key = known.id
    else:
        _refuse_many(uow, ticket, job)
        key = uow.photos.add(job.id, digest=digest, jpeg=photo.jpeg, width=photo.width, height=photo.height)
    note_on_job(uow, Action.PHOTO_ADDED, ticket, job, after={"photo": key})
    return key, True


def _require(uow: "UnitOfWork", key: int) -> Photo:
    found = uow.photos.get(key)
    if found is None:
        raise _unknown()
    return found


def _refuse_many(uow: "UnitOfWork", ticket: Ticket, job: Job) -> None:
    if sum(one.job_id == job.id for one in uow.photos.of_ticket(ticket.id)) >= MOST_PHOTOS:
        raise DomainError("photos_many", "A device has at most 50 photos. Remove one first.", field="photo")


def _unknown() -> DomainError:
    return DomainError("photo_unknown", "This photo is on no ticket of this shop.", field="photo")

"""Hands the intake's work to the lanes: plain Python, owned by the page, knows no widget."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, TypeVar

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError, EnvironmentFault, PosappError
from posapp.domain.repairs.devices import DeviceKind, Model
from posapp.domain.repairs.photos import ScaledPhoto
from posapp.domain.repairs.tickets import Ticket
from posapp.files import keep, make_folder
from posapp.services.counter.intake import Arrived
from posapp.services.repairs.devices import DeviceStory
from posapp.services.repairs.tickets import TakeIn, TakeInDevice, TakenIn
from posapp.ui.customers.presenter import CustomerPresenter
from posapp.ui.presenter import Done, Failed, ignore
from posapp.ui.session import Session
from posapp.ui.tickets.photo_file import read_photo

if TYPE_CHECKING:
    from posapp.services.desks import Shop

_MODELS = 200
Small = TypeVar("Small")
Photos = Sequence[Sequence[str]]
"""The files of each device."""


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """What was saved; `lost` says in sentences which photos were not kept."""

    taken: TakenIn
    lost: tuple[str, ...]


class IntakePresenter(CustomerPresenter):
    """Reads what the form needs, keeps photos beside the draft, checks in."""

    topic = "intake"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._window = token_hex(6)

    # -- reading -----------------------------------------------------------------------------------
    def models(self, text: str, done: Done[list[Model]]) -> None:
        """Makes and models that begin like the text."""
        self.read(lambda shop, actor: shop.devices.models(actor, text, limit=_MODELS), done, topic="models")

    def checklists(self, done: Done[dict[str, list[str]]], failed: Failed = ignore) -> None:
        """What is looked at when a device comes in, by its kind."""
        self.read(
            lambda shop, actor: {
                kind.value: shop.ticket_states.checklist(actor, kind) for kind in DeviceKind
            },
            done,
            failed,
            topic="checklists",
        )

    def customer(self, customer_id: int, done: Done[Arrived], failed: Failed) -> None:
        """A customer with their devices."""
        self.read(lambda shop, actor: shop.intake.arrived(actor, customer_id), done, failed, topic="customer")

    def story(self, device_id: int, done: Done[DeviceStory], failed: Failed) -> None:
        """The story of a device of the register."""
        self.read(lambda shop, actor: shop.devices.story(actor, device_id), done, failed, topic="look")

    # -- writing -----------------------------------------------------------------------------------
    def check_in(
        self,
        command: TakeIn,
        photos: Photos,
        done: Done[CheckedIn],
        failed: Failed,
        saved: Callable[[], object],
        *,
        past_id: int | None = None,
    ) -> None:
        """Save the ticket with its photos; one that cannot be kept is named and undoes nothing.

        `past_id` is the old repair that goes on with it.
        """

        def work(shop: "Shop", actor: Actor) -> CheckedIn:
            lost: list[str] = []
            devices = tuple(
                replace(device, photos=_ready(shop, actor, files, lost))
                for device, files in zip(command.devices, photos, strict=True)
            )
            whole = replace(command, devices=devices)
            if past_id is None:
                return CheckedIn(shop.tickets.take_in(actor, whole), tuple(lost))
            return CheckedIn(shop.past.take_in(actor, past_id, whole), tuple(lost))

        self.do(work, done, failed, saved=saved)

    def add_device(
        self,
        number: str,
        device: TakeInDevice,
        photos: Sequence[str],
        done: Done[tuple[Ticket, tuple[str, ...]]],
        failed: Failed,
        saved: Callable[[], object],
    ) -> None:
        """Put one more device on a ticket; `done` gets that, and why photos were not kept."""

        def work(shop: "Shop", actor: Actor) -> tuple[Ticket, tuple[str, ...]]:
            lost: list[str] = []
            whole = replace(device, photos=_ready(shop, actor, photos, lost))
            return shop.tickets.add_device(actor, number, whole), tuple(lost)

        self.do(work, done, failed, saved=saved)

    # -- photos ------------------------------------------------------------------------------------
    def keep_photo(
        self,
        source: Path | bytes,
        look: Callable[[bytes], Small | None],
        done: Done[tuple[str, Small]],
        failed: Failed,
    ) -> None:
        """Copy a picture beside the draft, so that it is there even if the card or stick is gone.

        `look` makes the small picture, on the lane; None from it means that this is no picture.
        `done` gets (path, what `look` made).
        """

        def work(_shop: object, _actor: object) -> tuple[str, Small]:
            data = source if isinstance(source, bytes) else read_photo(source)
            small = look(data)
            if small is None:
                raise DomainError(
                    "photo_unreadable",
                    "This file is no picture that can be read. Choose a JPEG, PNG or WebP.",
                    field="photo",
                )
            return self._kept(data), small

        self.do(work, done, failed)

    def forgetting(self, photos: Photos, wanted: Collection[str]) -> Callable[[], None]:
        """What deletes the pictures of a saved ticket, and this window's others that no draft wants."""
        folder, mine = self.session.drafts.pictures, f"{self._window}-*"
        files = [Path(file) for one in photos for file in one]

        def forget() -> None:
            for file in (*files, *folder.glob(mine)):
                if file.parent == folder and str(file) not in wanted:
                    file.unlink(missing_ok=True)

        return forget

    def _kept(self, data: bytes) -> str:
        # No name of another window: what one window saves and throws away, another may still want.
        file = self.session.drafts.pictures / f"{self._window}-{sha256(data).hexdigest()[:32]}"
        try:
            make_folder(file.parent)
            keep(file, data)
        except OSError as error:
            raise EnvironmentFault(
                "photo_unkept", f"The photo cannot be kept on this disk ({error.strerror})."
            ) from error
        return str(file)


def _ready(shop: "Shop", actor: Actor, files: Sequence[str], lost: list[str]) -> tuple[ScaledPhoto, ...]:
    """The photos of a device that can be kept; `lost` gets why others cannot."""
    found = []
    for file in files:
        try:
            found.append(shop.photos.ready(actor, Path(file).read_bytes()))
        except PosappError as error:
            lost.append(error.sentence)
        except OSError as error:
            lost.append(f"{Path(file).name}: {error.strerror}")
    return tuple(found)

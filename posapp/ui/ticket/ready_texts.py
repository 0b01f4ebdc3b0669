"""What a customer is usually told in each state of a ticket: a text to begin with."""

from collections.abc import Sequence
from dataclasses import dataclass

from posapp.domain.repairs.tickets import NEEDS_APPROVAL, Job, StateGroup
from posapp.services.repairs.whole_ticket import WholeTicket
from posapp.ui.wording import Wording, translator

_tr = translator("ReadyTexts")
READY, PRICE, WAITING, WORK, UNREPAIRED, OWN = "ready", "price", "waiting", "work", "unrepaired", "own"


@dataclass(frozen=True, slots=True)
class ReadyText:
    """What it is about, and its words."""

    key: str
    name: str
    words: str


def key_of(job: Job) -> str:
    """Which of them fits the state of a device."""
    if job.state.code == NEEDS_APPROVAL:
        return PRICE
    by_group = {
        StateGroup.READY: READY,
        StateGroup.WAITING: WAITING,
        StateGroup.CANCELLED: UNREPAIRED,
        StateGroup.CLOSED: OWN,
    }
    return by_group.get(job.state.group, WORK)


def ready_texts(whole: WholeTicket, job: Job, shop: str, wording: Wording) -> tuple[ReadyText, ...]:
    """All of them for this ticket; the last one is empty."""
    ticket = whole.ticket
    alike = [one for one in ticket.jobs if key_of(one) == key_of(job)] or [job]
    names = {
        "name": ticket.contact_name or ticket.customer_name or str(ticket.pl_id),
        "device": _joined([one.device.name for one in alike]),
        "shop": shop,
        "number": ticket.number,
        "price": _price(whole, job, wording),
    }
    texts = (
        (READY, _tr("Ready"), _tr("Hello {name}, you can collect your {device}.")),
        (
            PRICE,
            _tr("Price"),
            _tr("Hello {name}, the repair of your {device} would cost {price}. May we go on?"),
        ),
        (WAITING, _tr("Waiting"), _tr("Hello {name}, we wait for a part for your {device}.")),
        (WORK, _tr("In work"), _tr("Hello {name}, we are working on your {device}.")),
        (UNREPAIRED, _tr("As it is"), _tr("Hello {name}, you can collect your {device}, not repaired.")),
    )
    end = _tr("{shop}, {number}")
    made = [ReadyText(key, name, f"{words} {end}".format(**names)) for key, name, words in texts]
    return (*made, ReadyText(OWN, _tr("Own words"), ""))


def _price(whole: WholeTicket, job: Job, wording: Wording) -> str:
    """Of the newest estimate, else of the device."""
    if whole.estimates:
        return wording.price(whole.estimates[0].total_minor)
    return wording.price(job.price_minor) if job.price_minor is not None else "…"


def _joined(names: Sequence[str]) -> str:
    *first, last = names
    return _tr("{first} and {last}").format(first=", ".join(first), last=last) if first else last

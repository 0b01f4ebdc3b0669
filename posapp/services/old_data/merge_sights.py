"""What a manager sees before two customers become one: sums, open jobs, and what stands in the way."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from posapp.domain.base.clock import wall_of
from posapp.domain.base.errors import DomainError
from posapp.domain.customers.customers import Customer
from posapp.domain.old_data.merging import MergeCard, MoneyRow, OpenJob, SumSight
from posapp.services.customers.customers import refuse_erased, require_customer
from posapp.services.old_data.merge_fields import Both, Choices, outcome

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork

Sums = dict[MoneyRow, int]
MOST_JOBS = 50
"""Open jobs of one customer that are told of."""


def pair_of(uow: "UnitOfWork", survivor_id: int, loser_id: int) -> tuple[Customer, Customer]:
    """The two of a merge; refuses a customer with themselves, and one who is a part of another already."""
    found = []
    for key in (survivor_id, loser_id):
        customer = require_customer(uow, key)
        if customer.id != key:
            row = uow.merges.row(key)
            assert row is not None
            raise DomainError(
                "merged_already",
                f"{row.pl_id} was merged into {customer.pl_id}. Choose {customer.pl_id} instead.",
                field="id",
                pl_id=str(customer.pl_id),
            )
        found.append(customer)
    survivor, loser = found
    if survivor.id == loser.id:
        raise DomainError("merge_same", f"{survivor.pl_id} is one customer already.", field="id")
    return survivor, loser


def refuse_blocked(uow: "UnitOfWork", survivor: Customer, loser: Customer) -> None:
    """Refuse to merge somebody who is forgotten, and two who belong to two users."""
    for one in (survivor, loser):
        refuse_erased(one)
    users = [uow.users.of_customer(one.id) for one in (survivor, loser)]
    if users[0] is not None and users[1] is not None:
        raise DomainError(
            "merge_two_users",
            f"{survivor.pl_id} is the customer of {users[0].name}, {loser.pl_id} of {users[1].name}. "
            "One customer cannot be two users.",
            pl_id=str(survivor.pl_id),
        )


def blocked_of(uow: "UnitOfWork", both: Both, choices: Choices) -> str:
    """The sentence of what stands in the way, "" if nothing does."""
    try:
        refuse_blocked(uow, both.survivor, both.loser)
        outcome(uow, both, choices)
    except DomainError as error:
        return error.sentence
    return ""


def card_of(customer: Customer) -> MergeCard:
    """A customer as the head of a merge shows them."""
    return MergeCard(customer.id, customer.pl_id, customer.name, customer.stamps.created_at)


# -- money ---------------------------------------------------------------------------------------------
def sums_of(uow: "UnitOfWork", key: int) -> Sums:
    """The sums of one customer that a merge must not change, as selling computes them."""
    standing = uow.ledger.standing(key)
    return {
        MoneyRow.OWED: standing.debt_minor,
        MoneyRow.CREDIT: standing.credit_minor,
        MoneyRow.DEPOSITS: standing.all_credit_minor - standing.credit_minor,
        MoneyRow.SPENT: uow.facts.counted(key).spent_minor,
    }


def together(mine: Sums, other: Sums) -> tuple[SumSight, ...]:
    """The sums of two, and what one of both has."""
    return tuple(SumSight(row, mine[row], other[row], mine[row] + other[row]) for row in MoneyRow)


def refuse_unlike(uow: "UnitOfWork", wanted: tuple[SumSight, ...], key: int) -> None:
    """Refuse a merge after which a sum is another one than both had: nothing of it is kept."""
    after = sums_of(uow, key)
    wrong = [one.row.value for one in wanted if one.after_minor != after[one.row]]
    if wrong:
        raise DomainError(
            "merge_sums", "The sums of both would not be those of one. Nothing was changed.", rows=wrong
        )


# -- what is open --------------------------------------------------------------------------------------
def jobs_of(uow: "UnitOfWork", customer: Customer) -> Iterator[OpenJob]:
    """A customer's devices in the shop and bookings that lie ahead."""
    states = uow.tickets.states_by_id
    for card in uow.board.here_of_customer(customer.id):
        yield OpenJob(card.number, card.device, states[card.state_id].code, customer.pl_id)
    today = wall_of(uow.now, uow.businesses.get().time_zone).date()
    for one in uow.bookings.coming(customer.id, today, limit=MOST_JOBS):
        if one.status.is_pending:
            yield OpenJob(one.number, one.service, one.status.value, customer.pl_id)

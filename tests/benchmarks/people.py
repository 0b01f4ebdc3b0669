"""unlock: signing in by PIN, written down, against one Argon2id check of the same PIN at the same cost."""

from functools import partial

from argon2 import PasswordHasher

from posapp.domain.people.users import Role
from posapp.services.people import hashing
from posapp.services.people.users import SaveUser
from tests.benchmarks.measure import Case, compared, in_turn, show
from tests.benchmarks.shops import TILL, copied, opened

PIN = "270594"
ROUNDS = 40


def unlock(customers: int) -> None:
    """A user of a shop of that size; what a manager approves costs the same check."""
    with copied(customers) as place, opened(place) as (shop, actor):
        user = shop.users.save(actor, SaveUser(name="Ada", role=Role.ADMIN, pin=PIN))
        barest = PasswordHasher(
            time_cost=hashing.TIME_COST, memory_cost=hashing.MEMORY_COST, parallelism=hashing.LANES
        )
        kept = barest.hash(PIN)
        cases: dict[str, Case] = {
            "posapp": lambda: shop.sign_in.by_secret(TILL, actor.business, user.id, PIN),
            "yardstick": partial(barest.verify, kept, PIN),
        }
        times = in_turn(cases, ROUNDS, warm_up=3)
    row = compared("unlock by PIN", times["posapp"], times["yardstick"], most=1.3)
    show("unlock (yardstick: one Argon2id check)", [row])

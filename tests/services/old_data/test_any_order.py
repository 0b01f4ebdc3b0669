"""Sales, repairs, bookings, edits, numbers, merges and undos in any order keep every rule of `verify`."""

import itertools
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from posapp.bootstrap import open_shop
from posapp.domain.base.clock import FixedClock
from posapp.domain.base.errors import DomainError
from posapp.domain.customers.consents import ConsentKind
from posapp.domain.old_data.merging import Merge, MergeField, Side
from posapp.services.bookings.bookings import MakeBooking
from posapp.services.customers.consents import SetConsent
from posapp.services.customers.customers import EditCustomer
from tests.books import check_books, check_verified
from tests.factories import DAY, NOW, a_phone
from tests.merges import dump
from tests.stories import STEP, Step, Story, found_shop

EXAMPLES = int(os.environ.get("POSAPP_STORIES", "2"))
NOT_NOW = frozenset(
    {
        "merged_already", "merge_covered", "merge_spent", "merge_unknown", "phone_taken", "phone_own",
        "phone_nobodys", "phone_ended", "phone_not_former", "contact_unknown", "taken", "no_free_time",
    }
)  # fmt: skip
"""What a step may be told that does not fit what was before it."""
_numbers = itertools.count(1)


def tried(act: Callable[[], object]) -> object:
    """What came of an act that may not fit."""
    try:
        return act()
    except DomainError as refused:
        assert refused.code in NOT_NOW, (refused.code, refused.sentence)
        return None


@dataclass(frozen=True, slots=True)
class Join:
    """One of the two becomes a part of the other one, some fields by choice."""

    loser: int
    chosen: frozenset[MergeField]

    def act(self, story: Story) -> None:
        choices = dict.fromkeys(self.chosen, Side.LOSER)
        order = Merge(survivor_id=3 - self.loser, loser_id=self.loser, choices=choices)
        tried(lambda: story.shop.merging.merge(story.actor, order))


@dataclass(frozen=True, slots=True)
class Part:
    """The last merge that stands is undone."""

    def act(self, story: Story) -> None:
        for key in (1, 2):
            for one in story.shop.merging.of_customer(story.actor, key)[:1]:
                tried(lambda one=one: story.shop.merging.unmerge(story.actor, one.id))  # type: ignore[misc]


@dataclass(frozen=True, slots=True)
class Numbers:
    """A number comes, ends, is taken back, moves or is exchanged."""

    whose: int
    number: int
    what: str

    def act(self, story: Story) -> None:
        desk, actor, phone = story.shop.phones, story.actor, a_phone(self.number)
        current = story.shop.customers.card(actor, self.whose).customer.current_phones
        line = current[-1].id if current else 0
        ways: dict[str, Callable[[], object]] = {
            "add": lambda: desk.add_phone(actor, self.whose, phone, make_primary=bool(self.number % 2)),
            "end": lambda: desk.end_phone(actor, self.whose, line),
            "back": lambda: desk.take_back(actor, self.whose, phone),
            "move": lambda: desk.move_phone(actor, self.whose, phone),
            "swap": lambda: desk.swap(actor, self.whose, line, phone),
            "change": lambda: desk.change_number(actor, self.whose, line, phone),
        }
        tried(ways[self.what])


@dataclass(frozen=True, slots=True)
class Words:
    """Name, address, note or an answer of a customer changes, or a person comes who then has a booking."""

    whose: int
    what: str
    word: str

    def act(self, story: Story) -> None:
        shop, actor = story.shop, story.actor
        if self.what == "book":
            free = shop.bookings.free_times(actor, DAY, 30)
            if free:
                made = MakeBooking(starts=free[0].starts, customer_id=self.whose, person=self.word)
                tried(lambda: shop.bookings.book(actor, made))
        elif self.what == "answer":
            kind, is_given = ConsentKind.MESSAGES, self.word < "C"
            shop.consents.set(actor, SetConsent(customer_id=self.whose, kind=kind, is_given=is_given))
        else:
            value = f"{self.word.lower()}@example.com" if self.what == "email" else self.word
            shop.customers.edit(actor, EditCustomer(customer_id=self.whose, **{self.what: value}))  # type: ignore[arg-type]


ONE = st.integers(1, 2)
MERGING = st.one_of(
    st.builds(Join, ONE, st.frozensets(st.sampled_from(MergeField), max_size=3)),
    st.just(Part()),
    st.builds(
        Numbers,
        ONE,
        st.integers(1, 4),
        st.sampled_from(["add", "add", "end", "back", "move", "swap", "change"]),
    ),
    st.builds(
        Words,
        ONE,
        st.sampled_from(["name", "email", "address", "note", "answer", "book"]),
        st.sampled_from(["Ann", "Ben", "Cai", "Dee"]),
    ),
)
ORDERS = st.lists(st.one_of(STEP, MERGING, MERGING), min_size=6, max_size=16)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop with two customers, made once and copied for each story."""
    file = tmp_path_factory.mktemp("order") / "shop.db"
    found_shop(str(file), "EUR")
    return file


@settings(
    max_examples=EXAMPLES,
    phases=[Phase.explicit, Phase.generate],
    print_blob=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(ORDERS)
def test_whatever_comes_in_between_every_rule_is_kept(
    template: Path, tmp_path: Path, steps: "list[Step | Join | Part | Numbers | Words]"
) -> None:
    file = shutil.copyfile(template, tmp_path / f"{next(_numbers)}.db")
    shop = open_shop(file, clock=FixedClock(NOW))
    try:
        story = Story(shop)
        for step in steps:
            step.act(story)
            if isinstance(step, Part):
                check_verified(shop)
        check_books(shop, story.actor)
        check_verified(shop)
        _merge_and_back(story)
    finally:
        shop.close()
        file.unlink()


def _merge_and_back(story: Story) -> None:
    """A merge that nothing followed is undone without a trace, but for a consent that had to be said anew."""
    shop, actor = story.shop, story.actor
    before = dump(shop, actor)
    order = Merge(survivor_id=2, loser_id=1)
    done = tried(lambda: shop.merging.merge(actor, order))
    if done is None:
        return
    check_verified(shop)
    assert shop.merging.unmerge(actor, done.id).left == ()  # type: ignore[attr-defined]
    after = dump(shop, actor)
    said = set(after.pop("consent")) - set(before.pop("consent"))
    assert len(said) <= 1
    assert after == before
    check_verified(shop)

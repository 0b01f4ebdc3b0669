"""`posapp search`."""

import pytest

from tests.cli.conftest import Cli


@pytest.fixture
def people(cli: Cli) -> Cli:
    cli("customer", "add", "--phone", "0871234567", "--name", "Łukasz Müller", "--email", "luk@example.com")
    cli("customer", "add", "--phone", "0861111111", "--name", "नेहा शर्मा")
    cli("booking", "add", "--phone", "0871234567", "--at", "2030-11-20 10:00")
    return cli


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("lukasz", "PL1"),
        ("muller luk", "PL1"),
        ("neha", "PL2"),
        ("नेहा", "PL2"),
        ("4567", "PL1"),
        ("087 123", "PL1"),
        ("+353871234567", "PL1"),
        ("user_0871234567", "PL1"),
        ("luk@", "PL1"),
        ("pl2", "PL2"),
        ("2", "PL2"),
        ("b1", "B1"),
    ],
)
def test_anything_known_of_a_customer_finds_it_first(people: Cli, text: str, number: str):
    best = people("search", text, "--json").json[0]
    assert best["number"] == number
    assert {"kind", "number", "pl_id", "name", "phone"} <= best.keys()


def test_words_need_no_quotes(people: Cli):
    assert people("search", "luk", "mul", "--json").json[0]["pl_id"] == "PL1"


@pytest.mark.parametrize(
    "text", ["nobody", " ", "'; DROP TABLE customer; --", '"*', "x" * 10_000, "\x1b[31m", "%", "😀"]
)
def test_nonsense_finds_nothing_and_is_no_error(people: Cli, text: str):
    assert people("search", f"{text}", "--json").json == []
    assert people("search", text).out == "Nothing found.\n"


def test_more_than_the_limit_is_said(people: Cli):
    people("customer", "add", "--phone", "0862222222", "--name", "Łukasz Nowak")
    done = people("search", "lukasz", "--limit", "1")
    assert len(done.out.splitlines()) == 1
    assert "There are more" in done.err


def test_the_text_shows_a_former_number_as_one(people: Cli):
    people("customer", "phone", "change", "PL1", "0871234567", "0863333333")
    assert "former" in people("search", "0871234567").out

"""Phones as people and old systems write them: read, refused, and shown."""

import pickle
import subprocess
import sys

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from posapp.domain.base.phone import (
    InvalidPhone,
    PhoneMark,
    PhoneNumber,
    PhoneState,
    leading_keys,
    looks_like_phone,
    phone_state,
)

VALID = None
TAKEN: list[tuple[object, str, str, PhoneMark | None, str]] = [
    ("9717619183", "IN", "+919717619183", VALID, ""),
    ("+91 97176 19183", "IN", "+919717619183", VALID, ""),
    ("0091-97176-19183", "IN", "+919717619183", VALID, ""),
    ("user_9717619183", "IN", "+919717619183", VALID, ""),
    ("٩٧١٧٦١٩١٨٣", "IN", "+919717619183", VALID, ""),
    ("user_09876500888", "IN", "+919876500888", VALID, ""),
    ("098765/00962", "IN", "+919876500962", VALID, ""),
    (9876500444, "IN", "+919876500444", VALID, ""),
    ("tel:+91-98765-4321", "IN", "+91987654321", PhoneMark.UNUSUAL, ""),
    ("२२२ १११२", "IN", "2221112", PhoneMark.LOCAL, ""),
    ("415-555-0123", "US", "+14155550123", VALID, ""),
    ("(415) 555-0123", "us", "+14155550123", VALID, ""),
    ("1 415 555 0123", "US", "+14155550123", VALID, ""),
    ("+1.415.555.0123", "US", "+14155550123", VALID, ""),
    ("0014155550123", "US", "+14155550123", VALID, ""),
    ("011 49 89 99998 000", "US", "+498999998000", VALID, ""),
    ("00 91 98765 00037", "US", "+919876500037", VALID, ""),
    ("+1 415 555 0123 x12", "US", "+14155550123", VALID, "12"),
    ("４１５ ５５５ ０１２３", "US", "+14155550123", VALID, ""),
    ("＋１ ４１５ ５５５ ０１２３", "US", "+14155550123", VALID, ""),
    ("tel:+1-415-555-0123;ext=12", "US", "+14155550123", VALID, "12"),
    ("415 555 0123 ext. 34", "US", "+14155550123", VALID, "34"),
    ("415 555 0123 #7", "US", "+14155550123", VALID, "7"),
    ("415 555 0123 доб. 7", "US", "+14155550123", VALID, "7"),
    ("4155550123.0", "US", "+14155550123", VALID, ""),
    (4155550123.0, "US", "+14155550123", VALID, ""),
    ("'+14155550123", "US", "+14155550123", VALID, ""),
    ("\u202a+1\u200b415\u00a0555\u202f0123\u202c\t ", "US", "+14155550123", VALID, ""),
    ("+1–415−555‑0123", "US", "+14155550123", VALID, ""),
    ("555-1234", "US", "5551234", PhoneMark.LOCAL, ""),
    ("555.1237", "US", "5551237", PhoneMark.LOCAL, ""),
    ("+1 200 555 0103 ext. 34", "US", "+12005550103", PhoneMark.UNUSUAL, "34"),
    ("+237123456789", "US", "+237123456789", PhoneMark.UNUSUAL, ""),
    ("Tel.: 123 456 789", "CM", "+237123456789", PhoneMark.UNUSUAL, ""),
    ("7946-0003", "GB", "79460003", PhoneMark.LOCAL, ""),
    ("+44 (0)29 2018 0013", "GB", "+442920180013", VALID, ""),
    ("07700 900003", "GB", "+447700900003", PhoneMark.UNUSUAL, ""),
    ("（０２２１）\u3000４７１０－００５", "DE", "+492214710005", VALID, ""),
    ("+49.99.8800", "DE", "+49998800", PhoneMark.UNUSUAL, ""),
    ("+39 (06) 698-00000", "CM", "+390669800000", VALID, ""),
]
REFUSED: list[tuple[object, str, str, str]] = [
    ("", "US", "phone_missing", "no_digits"),
    (None, "US", "phone_missing", "no_digits"),
    ("n/a", "US", "phone_missing", "no_digits"),
    ("\u00a0-\u00a0", "US", "phone_missing", "no_digits"),
    (True, "US", "phone_unparseable", "not_text"),
    (["4155550123"], "US", "phone_unparseable", "not_text"),
    ({}, "US", "phone_unparseable", "not_text"),
    ("1-800-FLOWERS", "US", "phone_unparseable", "letters"),
    ("0151 1234567 Frau Meier", "DE", "phone_unparseable", "letters"),
    ("4.15E+09", "US", "phone_unparseable", "letters"),
    ("+91 98765 43210 after 6pm", "IN", "phone_unparseable", "letters"),
    ("000-000-0000", "US", "phone_placeholder", "placeholder"),
    ("1111111", "US", "phone_placeholder", "placeholder"),
    ("+237 999 999 999", "US", "phone_placeholder", "placeholder"),
    ("+49", "DE", "phone_unparseable", "too_short"),
    ("7", "DE", "phone_unparseable", "too_short"),
    ("12", "DE", "phone_unparseable", "too_short"),
    ("+1 555 1234", "GB", "phone_unparseable", "too_short"),
    ("415 555 0123 4567", "US", "phone_unparseable", "too_long"),
    ("+49 1234567 89012345", "DE", "phone_unparseable", "too_long"),  # possible there, but beyond E.164
    ("+999 12345678", "US", "phone_unparseable", "unknown_country"),
    ("415_555_0123", "US", "phone_unparseable", "signs"),
    ("415-555-0123 / 415-555-0199", "US", "phone_unparseable", "two_numbers"),
    ("+49 30 23125123, +49 30 23125124", "DE", "phone_unparseable", "two_numbers"),
    ("415 555 0123 x5105550199", "US", "phone_unparseable", "two_numbers"),
]


@pytest.mark.parametrize(("raw", "region", "key", "mark", "extension"), TAKEN)
def test_a_number_is_read_however_it_is_written(
    raw: object, region: str, key: str, mark: PhoneMark | None, extension: str
) -> None:
    number = PhoneNumber.parse(raw, region=region)
    assert (number.key, number.mark, number.extension) == (key, mark, extension)


@pytest.mark.parametrize(("raw", "region", "code", "detail"), REFUSED)
def test_what_cannot_be_a_number_is_refused_with_the_reason(
    raw: object, region: str, code: str, detail: str
) -> None:
    with pytest.raises(InvalidPhone) as refused:
        PhoneNumber.parse(raw, region=region)
    assert (refused.value.code, refused.value.detail, refused.value.field) == (code, detail, "phone")
    assert refused.value.sentence.endswith(".")


@pytest.mark.parametrize(
    "text",
    ["1" * 10_000 + "2", "12 " * 5_000, "7" + " x" * 5_000, "(" * 5_000 + "1" + ")" * 5_000, "١٢" * 5_000],
)
def test_ten_thousand_characters_are_refused(text: str) -> None:
    with pytest.raises(InvalidPhone):
        PhoneNumber.parse(text, region="US")


def test_a_number_of_six_thousand_digits_is_refused() -> None:
    with pytest.raises(InvalidPhone):
        PhoneNumber.parse(10**6000, region="US")


def test_numbers_are_equal_by_key_alone() -> None:
    plain = PhoneNumber.parse("415 555 0123", region="US")
    other = PhoneNumber.parse("+1 (415) 555-0123 x12", region="US")
    assert plain == other == PhoneNumber.from_key("+14155550123")
    assert hash(plain) == hash(other)
    assert other.extension == "12"


def test_what_was_typed_is_kept_without_what_a_database_cannot_hold() -> None:
    assert PhoneNumber.parse(" 415\x00555 0123\ud800", region="US").typed == "415 555 0123�"


@pytest.mark.parametrize("key", ["", "12", "+0123456", "abc", "+1415555012312345", "415 555"])
def test_a_key_in_another_form_is_refused(key: str) -> None:
    with pytest.raises(InvalidPhone):
        PhoneNumber.from_key(key)


@pytest.mark.parametrize(
    ("key", "extension", "region", "shown"),
    [
        ("+14155550123", "", "US", "(415) 555-0123"),
        ("+14155550123", "12", "IE", "+1 415-555-0123 ext. 12"),
        ("+353209124455", "", "IE", "(020) 912 4455"),
        ("+9991234567", "", "US", "+9991234567"),  # a country that the plans have forgotten
        ("5551234", "", "US", "555-1234"),
        ("1234", "", "DE", "1234"),
        ("79460003", "", "GB", "7946 0003"),
        ("+44002006548", "", "GB", "+44 002006548"),  # at home 002006548 would be read as +2 006548
    ],
)
def test_a_number_is_shown_in_groups(key: str, extension: str, region: str, shown: str) -> None:
    assert PhoneNumber.from_key(key, extension).shown(region) == shown


REGIONS = st.sampled_from(
    ["US", "IN", "DE", "GB", "IE", "CM", "IT", "RU", "BR", "AR", "MX", "JP", "AU", "HU", "CA"]
)
TYPED = st.from_regex(r"\A(\+|00|0|011 ?|\+1|\+49 ?|)[0-9 ()./-]{3,16}( ?x[0-9]{1,5})?\Z")


@given(typed=TYPED, region=REGIONS)
def test_the_shown_form_reads_back_as_the_same_number(typed: str, region: str) -> None:
    try:
        number = PhoneNumber.parse(typed, region=region)
    except InvalidPhone:
        return
    assume(phone_state(number.key, region).number == number)  # +49 000001 loses a zero at each reading
    again = PhoneNumber.parse(number.shown(region), region=region)
    assert (again.key, again.extension) == (number.key, number.extension)
    assert number.reversed_digits == number.key.removeprefix("+")[::-1]


@given(text=st.text(max_size=60), region=REGIONS)
def test_any_text_is_a_number_or_refused(text: str, region: str) -> None:
    state = phone_state(text, region)
    assert (state.number is None) == (state.problem is not None)
    leading_keys(text, region)


@pytest.mark.parametrize(
    ("typed", "region", "state"),
    [
        ("", "IN", PhoneState.NOT_A_PHONE),
        ("asha", "IN", PhoneState.NOT_A_PHONE),
        ("971", "IN", PhoneState.NOT_A_PHONE),
        ("asha 9717619183", "IN", PhoneState.NOT_A_PHONE),
        ("97176", "IN", PhoneState.INCOMPLETE),
        ("97176191", "IN", PhoneState.INCOMPLETE),
        ("9717619183", "IN", PhoneState.COMPLETE),
        ("+237123456789", "IN", PhoneState.COMPLETE),
        ("555-1234", "US", PhoneState.INCOMPLETE),
        ("+91 97176 19183 191834", "IN", PhoneState.WRONG),
        ("0000000", "IN", PhoneState.WRONG),
        ("9717619183 asha", "IN", PhoneState.NOT_A_PHONE),
    ],
)
def test_a_form_knows_how_far_a_number_has_come(typed: str, region: str, state: PhoneState) -> None:
    assert phone_state(typed, region).state is state


def test_an_incomplete_number_can_already_stand_as_a_local_one() -> None:
    number = phone_state("555-1234", "US").number
    assert number is not None
    assert number.mark is PhoneMark.LOCAL


@pytest.mark.parametrize(
    ("text", "is_phone"),
    [
        ("9717", True), ("+9", True), ("user_9717", True), ("(415) 5", True), ("tel: 415555", True),
        ("415 555 0123 x1", True), ("971", False), ("PL1234", False), ("B3190", False),
        ("ana@1234.com", False), ("O'Brien 1234", False), ("", False), ("+", False),
    ],
)  # fmt: skip
def test_the_search_box_tells_phones_from_words(text: str, is_phone: bool) -> None:
    assert looks_like_phone(text) is is_phone


@pytest.mark.parametrize(
    ("typed", "region", "keys"),
    [
        ("971", "IN", ()),
        ("+9197", "IN", ("+9197",)),
        ("9717", "IN", ("+919717", "+9717", "9717")),
        ("0971", "IN", ("+91971", "+910971", "0971")),
        ("0091 97", "IN", ("+9197", "+91009197", "009197")),
        ("011 44 20", "US", ("+4420", "+10114420", "0114420")),
        ("1415", "US", ("+1415", "+11415", "1415")),
        ("0669", "IT", ("+390669", "0669")),
        ("4420", "XX", ("+4420", "4420")),
    ],
)
def test_leading_digits_may_stand_for_several_keys(typed: str, region: str, keys: tuple[str, ...]) -> None:
    assert leading_keys(typed, region) == keys


@given(
    number=st.sampled_from(
        ["9717619183", "+91 97176 19183", "0091-97176-19183", "09717619183", "919717619183"]
    ),
    digits=st.integers(4, 18),
)
def test_every_beginning_of_a_number_finds_it(number: str, digits: int) -> None:
    typed = number[:digits]
    keys = leading_keys(typed, "IN")
    assert not keys or any("+919717619183".startswith(key) for key in keys)


def test_a_refusal_survives_pickling() -> None:
    with pytest.raises(InvalidPhone) as refused:
        PhoneNumber.parse("12345 call me", region="US")
    again = pickle.loads(pickle.dumps(refused.value))
    assert (type(again), again.detail, str(again)) == (InvalidPhone, "letters", refused.value.sentence)


def test_numbering_plans_are_loaded_at_first_need() -> None:
    names = ", ".join(f"posapp.domain.base.{name}" for name in ("phone", "money", "emails", "folding"))
    code = f"import sys, {names}\n"
    code += "print({'phonenumbers', 'babel', 'anyascii', 'email_validator'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"

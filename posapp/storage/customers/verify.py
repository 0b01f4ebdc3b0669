"""What `verify` asks about customers: phones, PL IDs that lead somewhere else, search words, last visits."""

import json
from collections.abc import Iterator
from contextlib import suppress

from posapp.domain.base.actions import Action
from posapp.domain.base.errors import DomainError
from posapp.domain.base.money import LIMIT
from posapp.domain.base.phone import InvalidPhone, PhoneNumber, looks_like_phone
from posapp.domain.base.phone_plans import country_code, is_plainly_valid
from posapp.domain.bookings.bookings import BookingStatus
from posapp.domain.customers.consents import ConsentKind
from posapp.domain.customers.pl_id import PlId
from posapp.domain.customers.privacy import MOST_TAX_YEARS
from posapp.storage.base.rows import in_parts
from posapp.storage.base.tables import metadata
from posapp.storage.base.verify_base import DAY, Asking, Finding, Listed, Sift
from posapp.storage.base.verify_told import read_ever
from posapp.storage.customers.customers import alias_code
from posapp.storage.customers.verify_words import faults_of_index, faults_of_jobs, faults_of_words

_VISITS = ", ".join(f"'{state}'" for state in BookingStatus if state.is_visit)
_CURRENT = "EXISTS (SELECT 1 FROM phone p WHERE p.customer_id = c.id AND p.ended_at IS NULL)"
_CAME = "c.created_at <= {soon}"
"""Not so of some whom an import brought: their old system said a date that is still to come."""
_SIGNS = str.maketrans("", "", " -.()/\u00a0")
KEPT_OF_TYPED = 100
"""Characters of a typed number that are stored."""


# -- phones --------------------------------------------------------------------------------------------
def phones(asking: Asking) -> Finding:
    """A current number has one customer, says what was typed, and is nobody's former number."""
    found = Finding(asking.count("SELECT count(*) FROM phone"))
    found.blame(
        f"phones {row[0]} are one number"
        for row in asking.rows(
            "SELECT min(id) FROM phone WHERE ended_at IS NULL GROUP BY business_id, key HAVING count(*) > 1"
        )
    )
    asking.put(found, _PHONE_SPANS)
    found.blame(_misread(asking))
    return found.blame(_wrongly_former(asking))


_PHONE_SPANS = Sift(
    "phone p",
    "p.id",
    (
        ("phone {0} ended before it began", f"p.ended_at < p.started_at - {DAY}"),
        ("phone {0} begins in the future", "p.started_at > {soon} OR p.ended_at > {soon}"),
        ("phone {0} does not say who ended it", "(p.ended_at IS NULL) <> (p.ended_by IS NULL)"),
    ),
)


def _misread(asking: Asking) -> Iterator[str]:
    """Numbers whose key, turned key, mark or extension is not what was typed."""
    ever = asking.once(read_ever)
    read_in = {key: set(found) for key, found in ever.regions.items()}
    for key, region in _of_imports(asking):
        read_in.setdefault(key, set()).add(region)
    regions = {key: tuple(sorted(found)) for key, found in read_in.items()}
    homes = {region: country_code(region) for found in regions.values() for region in found}
    rows = asking.tuples("SELECT id, business_id, key, reversed, extension, typed, mark FROM phone")
    for number, business, key, turned, extension, typed, mark in rows:
        if turned != key.removeprefix("+")[::-1]:
            yield f"phone {number} is not in canonical form"
        elif mark is None and not extension and is_plainly_valid(key) and not typed:
            continue
        elif not _is_read(key, extension, typed, mark, regions.get(business, ()), homes):
            yield f"phone {number} is not what was typed"


def _of_imports(asking: Asking) -> Iterator[tuple[int, str]]:
    """The countries in which files were read that came from elsewhere, by business."""
    for business, settings in asking.tuples("SELECT business_id, settings FROM import_batch"):
        with suppress(ValueError, AttributeError):
            region = json.loads(settings).get("region")
            if isinstance(region, str) and country_code(region):
                yield business, region


def _is_read(
    key: str,
    extension: str,
    typed: str,
    mark: str | None,
    regions: tuple[str, ...],
    homes: dict[str, str],
) -> bool:
    """Whether one of the regions that the shop was in reads the text so; a text that was cut is not read."""
    if mark is None and not extension and is_plainly_valid(key):
        plain = typed.translate(_SIGNS)
        if plain.isascii() and any(key == _dialled(plain, homes[region]) for region in regions):
            return True
    text = typed if typed and len(typed) < KEPT_OF_TYPED else key
    for region in regions:
        try:
            number = PhoneNumber.parse(text, region=region)
        except InvalidPhone:
            continue
        if number.key == key and number.mark == mark and (text is key or number.extension == extension):
            return True
    return False


def _dialled(plain: str, home: str) -> str:
    """The key that a usual way of dialling means, "" where it is not usual."""
    if plain.startswith("+"):
        return plain
    if plain.startswith("00"):
        return "+" + plain[2:]
    return home + plain.removeprefix("0") if home and plain.isdigit() else ""


def _wrongly_former(asking: Asking) -> Iterator[str]:
    """A number is former from its end until somebody takes it, and only then; one that never was is not."""
    later = (
        "SELECT 1 FROM phone p WHERE p.business_id = f.business_id AND p.reversed = f.reversed "
        "AND p.key = f.key AND p.id > f.id"
    )
    wrong = asking.tuples(
        f"SELECT f.id, f.is_former, f.ended_at FROM phone f WHERE (f.ended_at IS NULL AND f.is_former) "
        f"OR (f.ended_at IS NOT NULL AND f.is_former <> (NOT EXISTS ({later})))"
    )
    found = list(wrong)
    mistaken = _mistaken(asking) if found else set()
    for key, is_former, ended in found:
        lines = _later_lines(asking, key) if is_former and ended is not None else [(key, ended)]
        if any(mistaken.isdisjoint(((line, None), (None, end))) for line, end in lines):
            yield f"phone {key} is {'called' if is_former else 'not called'} former"


def _later_lines(asking: Asking, key: int) -> list[tuple[int, int | None]]:
    """Who had the number of a line after it: key and end of each."""
    rows = asking.rows(
        "SELECT p.id, p.ended_at FROM phone f JOIN phone p ON p.business_id = f.business_id "
        "AND p.reversed = f.reversed AND p.key = f.key AND p.id > f.id WHERE f.id = :line",
        line=key,
    )
    return [(row.id, row.ended_at) for row in rows]


def _mistaken(asking: Asking) -> set[tuple[int | None, int | None]]:
    """The numbers that were entered by mistake, by key; an older program said only when it ended one."""
    found: set[tuple[int | None, int | None]] = set()
    for told in asking.told("customer"):
        if told.action != Action.PHONE_ENDED:
            continue
        if "mistaken_line" not in told.after:
            found.add((None, told.at))
        elif told.after["mistaken_line"] is not None:
            found.add((told.after["mistaken_line"], None))
    return found


def primary_phones(asking: Asking) -> Finding:
    """Whoever has numbers has exactly one primary one."""
    found = Finding(asking.count("SELECT count(DISTINCT customer_id) FROM phone WHERE ended_at IS NULL"))
    found.blame(
        f"customer {row[0]}"
        for row in asking.rows(
            "SELECT customer_id FROM phone WHERE ended_at IS NULL GROUP BY customer_id "
            "HAVING sum(CASE WHEN is_primary THEN 1 ELSE 0 END) <> 1"
        )
    )
    return found.blame(
        f"phone {row[0]} has ended"
        for row in asking.rows("SELECT id FROM phone WHERE is_primary AND ended_at IS NOT NULL")
    )


# -- customers -----------------------------------------------------------------------------------------
def customers(asking: Asking) -> Finding:
    """Everybody has a number or a reason why there is none; texts are as they are stored."""
    found = Finding(asking.count("SELECT count(*) FROM customer"))
    for one in _CUSTOMERS:
        asking.put(found, one)
    silent = {
        row[0]: row[1]
        for row in asking.rows(
            f"SELECT c.id, c.pl_number FROM customer c WHERE coalesce(c.no_phone_reason, '') = '' "
            f"AND c.merged_into IS NULL AND NOT {_CURRENT}"
        )
    }
    if silent:
        for told in asking.told("customer"):
            # An older program ended numbers without a reason; its entries say so.
            is_end = told.action in (Action.PHONE_ENDED, Action.PHONE_PASSED_ON)
            if told.key in silent and is_end and "no_phone_reason" not in told.after:
                del silent[told.key]
    return found.blame(f"PL{number} has no number and no reason for it" for number in silent.values())


_CUSTOMERS = (
    Sift(
        "customer c",
        "c.pl_number",
        (
            ("PL{0} has a number and a reason for none", f"c.no_phone_reason <> '' AND {_CURRENT}"),
            (
                "PL{0} has outer space in its name",
                "c.name <> trim(c.name) OR c.email <> trim(c.email)",
            ),
            ("PL{0} has an e-mail address that is none", "c.email <> '' AND c.email NOT LIKE '%@%'"),
            (
                "the tax number of PL{0}, or why no tax is paid, has outer space",
                "c.tax_number <> trim(c.tax_number) OR c.tax_exempt_reason <> trim(c.tax_exempt_reason)",
            ),
            ("PL{0} may owe what is no amount", f"c.account_limit_minor NOT BETWEEN 0 AND {LIMIT - 1}"),
            (
                "PL{0} was archived at another time",
                f"(c.archived_at < c.created_at - {DAY} AND {_CAME}) OR c.archived_at > {{soon}}",
            ),
        ),
    ),
    Sift(
        "contact k JOIN customer c ON c.id = k.customer_id",
        "c.pl_number",
        (
            ("a person on PL{0} has no name", "trim(k.name) = '' OR k.name <> trim(k.name)"),
            (
                "a person on PL{0} was archived at another time",
                f"k.archived_at < k.created_at - {DAY} OR k.archived_at > {{soon}}",
            ),
        ),
    ),
)


def erased(asking: Asking) -> Finding:
    """Nothing is left on the record of somebody who is forgotten, and an entry tells of it."""
    found = Finding(asking.count("SELECT count(*) FROM customer WHERE erased_at IS NOT NULL"))
    told = {one.key: one.at for one in asking.told("customer") if one.action == Action.PERSON_ERASED}
    survivors = roots(asking)
    told |= {key: told[into] for key, into in survivors.items() if into in told and key not in told}
    for one in _ERASED:
        asking.put(found, one)
    for key, number, at in asking.tuples(
        "SELECT id, pl_number, erased_at FROM customer WHERE erased_at IS NOT NULL ORDER BY id"
    ):
        if told.pop(key, None) != at:
            found.blame([f"PL{number} was anonymised by nobody"])
    for row in asking.rows("SELECT business_id, value FROM setting WHERE name = 'tax_years'"):
        if not (row.value.isdecimal() and len(row.value) < 4 and int(row.value) <= MOST_TAX_YEARS):
            found.blame([f"tax papers of business {row.business_id} are kept for {row.value[:20]!r} years"])
    return found.blame(f"customer {key} was anonymised and is not any more" for key in sorted(told))


_FORGOTTEN = "c.erased_at IS NOT NULL"
_ERASED = (
    Sift(
        "customer c",
        "c.pl_number",
        (
            (
                "PL{0} is anonymised and still has details",
                f"{_FORGOTTEN} AND (c.name <> '' OR c.email <> '' OR c.address <> '' OR c.note <> '' "
                "OR c.tax_number <> '' OR c.tax_exempt_reason <> '')",
            ),
            (
                "PL{0} is anonymised and still has numbers or people",
                f"{_FORGOTTEN} AND (EXISTS (SELECT 1 FROM phone p WHERE p.customer_id = c.id) "
                "OR EXISTS (SELECT 1 FROM contact k WHERE k.customer_id = c.id))",
            ),
            (
                "PL{0} was anonymised at another time",
                f"(c.erased_at < c.created_at - {DAY} AND {_CAME}) OR c.erased_at > {{soon}}",
            ),
        ),
    ),
)


def consents(asking: Asking) -> Finding:
    """An answer is of a kind that there is, says what was shown, and is the one that was noted then."""
    found = Finding(asking.count("SELECT count(*) FROM consent"))
    asking.put(
        found,
        Sift(
            "consent n JOIN customer c ON c.id = n.customer_id",
            "c.pl_number",
            (
                ("an answer of PL{0} has no words", "trim(n.words) = '' AND c.erased_at IS NULL"),
                (
                    "PL{0} is anonymised, and the words of an answer are not",
                    f"n.words <> '' AND {_FORGOTTEN}",
                ),
                ("PL{0} was asked for nothing", f"n.kind NOT IN ({_CONSENTS})"),
                (
                    "PL{0} answered at another time",
                    f"(n.created_at < c.created_at - {DAY} AND {_CAME}) OR n.created_at > {{soon}}",
                ),
            ),
        ),
    )
    noted: dict[tuple[int, int], list[tuple[str, bool]]] = {}
    whose = _tied(asking)
    for one in asking.told("customer"):
        if one.action in (Action.CONSENT_GIVEN, Action.CONSENT_WITHDRAWN):
            answer = (str(one.after.get("consent")), one.action == Action.CONSENT_GIVEN)
            noted.setdefault((whose.get(one.key, one.key), one.at), []).append(answer)
    wanted = "SELECT id, customer_id, kind, is_given, created_at FROM consent ORDER BY id"
    for key, customer, kind, is_given, at in asking.tuples(wanted):
        said = noted.get((whose.get(customer, customer), at), [])
        if (kind, bool(is_given)) in said:
            said.remove((kind, bool(is_given)))
        else:
            found.blame([f"answer {key} was noted by nobody"])
    return found.blame(
        f"an answer of customer {customer} is lost" for (customer, _), said in noted.items() for _ in said
    )


def _tied(asking: Asking) -> dict[int, int]:
    """One key for all customers who ever were one: an answer goes where the customer goes."""
    found: dict[int, int] = {}
    for survivor, loser in asking.tuples("SELECT survivor_id, loser_id FROM customer_merge ORDER BY id"):
        one, other = found.get(survivor, survivor), found.get(loser, loser)
        found |= {key: one for key, root in found.items() if root == other}
        found |= {survivor: one, loser: one}
    return found


_CONSENTS = ", ".join(f"'{kind}'" for kind in ConsentKind)


def last_visits(asking: Asking) -> Finding:
    """The last visit on the record is that of the bookings."""
    found = Finding(asking.count("SELECT count(*) FROM customer"))
    asking.put(
        found,
        Listed(
            "PL{0}",
            "SELECT c.pl_number FROM customer c LEFT JOIN (SELECT customer_id, max(starts_at) AS last "
            f"FROM booking WHERE status IN ({_VISITS}) GROUP BY customer_id) v ON v.customer_id = c.id "
            "WHERE c.last_visit_at {differs} v.last",
        ),
    )
    return found


def search_words(asking: Asking) -> Finding:
    """The words by which a customer is found are those of the names, and the index holds just them."""
    found = Finding(asking.count("SELECT count(*) FROM customer"))
    found.blame(f"words of PL{number}" for number in faults_of_words(asking.connection))
    if asking.is_sqlite:
        found.blame(f"index entry of customer {key}" for key in faults_of_index(asking.connection))
        found.blame(f"index entry of job {key}" for key in faults_of_jobs(asking.connection))
    return found


# -- merged customers and aliases ----------------------------------------------------------------------
def merged(asking: Asking) -> Finding:
    """A merged customer leads to one that lives, its PL ID too, and nothing is left under it."""
    wanted = "SELECT id, business_id, merged_into, pl_number FROM customer WHERE merged_into IS NOT NULL"
    rows = list(asking.rows(wanted))
    found = Finding(len(rows))
    if not rows:
        return found
    survivors = roots(asking)
    found.blame(f"PL{row.pl_number} leads to itself" for row in rows if row.id not in survivors)
    for name, column in _of_customers():
        sql = (
            f"SELECT c.pl_number FROM customer c WHERE c.merged_into IS NOT NULL "
            f"AND EXISTS (SELECT 1 FROM {name} r WHERE r.{column} = c.id)"
        )
        asking.put(found, Listed(f"PL{{0}} still has a row in {name}", sql))
    for row in rows:
        survivor = survivors.get(row.id)
        sql = "SELECT customer_id FROM alias WHERE business_id = :business AND code = :code"
        code = alias_code(f"PL{row.pl_number}")
        owners = [one[0] for one in asking.rows(sql, business=row.business_id, code=code)]
        if survivor is not None and survivor not in owners:
            found.blame([f"PL{row.pl_number} is no alias of the customer it leads to"])
    return found


def roots(asking: Asking) -> dict[int, int]:
    """Where each merged customer leads to; those that lead back to themselves are left out."""
    wanted = "SELECT id, merged_into FROM customer WHERE merged_into IS NOT NULL"
    into = {row.id: row.merged_into for row in asking.rows(wanted)}
    found = {key: _survivor(into, key) for key in into}
    return {key: survivor for key, survivor in found.items() if survivor is not None}


def _survivor(into: dict[int, int], key: int) -> int | None:
    """Where a merged customer leads to; None for one that leads back to itself."""
    seen = {key}
    while key in into:
        key = into[key]
        if key in seen:
            return None
        seen.add(key)
    return key


_OF_MERGES = frozenset({"customer_merge"})
"""Tables that tell of merged customers themselves."""


def _of_customers() -> Iterator[tuple[str, str]]:
    """Every table and column that points to a customer, but for what leads from a merged one."""
    for table in metadata.sorted_tables:
        if table.name in _OF_MERGES:
            continue
        for key in table.foreign_keys:
            if key.column.table.name == "customer" and key.column.name == "id" and table.name != "customer":
                yield table.name, key.parent.name


def aliases(asking: Asking) -> Finding:
    """An old ID is found as it is stored, and means no other customer that lives."""
    found = Finding(asking.count("SELECT count(*) FROM alias"))
    regions = {row.id: row.region for row in asking.rows("SELECT id, region FROM business")}
    rows = asking.rows("SELECT id, business_id, customer_id, code FROM alias ORDER BY id")
    lives: dict[tuple[int, int], int] = {}
    phoned: dict[tuple[int, str], list[tuple[int, int]]] = {}
    for row in rows:
        if not row.code or row.code != alias_code(row.code):
            found.blame([f"alias {row.id} can never be found"])
        number = _pl_number(row.code)
        if number is not None:
            lives[row.business_id, number] = row.id
        phone = _phone(row.code, regions.get(row.business_id, ""))
        if phone is not None:
            phoned.setdefault((row.business_id, phone), []).append((row.id, row.customer_id))
    found.blame(_equal_to_live(asking, lives))
    return found.blame(_phones_of_others(asking, phoned))


def _pl_number(code: str) -> int | None:
    try:
        return PlId.parse(code, bare=True).number
    except DomainError:
        return None


def _phone(code: str, region: str) -> str | None:
    if not region or not looks_like_phone(code):
        return None
    try:
        return PhoneNumber.parse(code, region=region).key
    except InvalidPhone:
        return None


def _equal_to_live(asking: Asking, aliases: dict[tuple[int, int], int]) -> Iterator[str]:
    for part in in_parts(sorted({number for _, number in aliases})):
        sql = (
            "SELECT business_id, pl_number FROM customer WHERE merged_into IS NULL "
            f"AND pl_number IN ({', '.join(map(str, part))})"
        )
        for row in asking.rows(sql):
            if (row.business_id, row.pl_number) in aliases:
                key = aliases[row.business_id, row.pl_number]
                yield f"alias {key} is the ID of PL{row.pl_number}, who lives"


def _phones_of_others(asking: Asking, aliases: dict[tuple[int, str], list[tuple[int, int]]]) -> Iterator[str]:
    """An alias that reads as the phone of a customer, though its own customer never had that number."""
    for (business, key), found in aliases.items():
        sql = (
            "SELECT customer_id, ended_at FROM phone WHERE business_id = :business "
            "AND reversed = :turned AND key = :key"  # turned, it is found by an index on both databases
        )
        turned = key.removeprefix("+")[::-1]
        owners = list(asking.rows(sql, business=business, turned=turned, key=key))
        holders = {row.customer_id for row in owners}
        if any(row.ended_at is None for row in owners):
            for alias, customer in found:
                if customer not in holders:
                    yield f"alias {alias} is the phone of another customer"

"""What `verify` asks about the kiosk: codes that let in once, and nothing kept of who went on."""

from posapp.domain.counter.kiosk import GOOD_FOR
from posapp.storage.base.verify_base import Asking, Finding, Question, Sift
from posapp.storage.base.verify_told import read_ever

_GOOD_FOR = GOOD_FOR.total_seconds() * 1_000_000

_ASKED = Question(
    "kiosk",
    "A code lets one customer in once, for a day; of whom the kiosk let in or turned away no words are kept",
    "SELECT (SELECT count(*) FROM access_code) + (SELECT count(*) FROM kiosk_arrival)",
    (
        Sift(
            "access_code a JOIN customer c ON c.id = a.customer_id",
            "a.id, c.pl_number",
            (
                ("what is kept of code {0} of PL{1} is none", "length(a.code_hash) <> 64"),
                (
                    "code {0} of PL{1} is in no state",
                    "a.state NOT IN ('open', 'used', 'replaced', 'spent')",
                ),
                (
                    "code {0} of PL{1} was tried too often",
                    "a.tries NOT BETWEEN 0 AND 5 OR (a.state = 'open' AND a.tries > 4) "
                    "OR (a.state = 'spent' AND a.tries <> 5)",
                ),
                (
                    "code {0} of PL{1} is good for other than a day",
                    f"a.expires_at <> a.created_at + {_GOOD_FOR:.0f}",
                ),
                (
                    "PL{1} has several codes, {0} is one of them",
                    "a.state = 'open' AND EXISTS (SELECT 1 FROM access_code o WHERE o.state = 'open' "
                    "AND o.customer_id = a.customer_id AND o.id > a.id)",
                ),
            ),
        ),
        Sift(
            "kiosk_try t",
            "t.id",
            (
                ("tries {0} are at no door", "t.door NOT IN ('number', 'kiosk', 'arrivals')"),
                ("tries {0} are none", "t.tries < 1"),
                ("what is kept of who made tries {0} is none", "length(t.key_hash) <> 64"),
                ("tries {0} are yet to come", "t.last_at > {soon}"),
            ),
        ),
        Sift(
            "kiosk_arrival a",
            "a.id",
            (
                ("arrival {0} is in no state", "a.state NOT IN ('waiting', 'let_in', 'turned_away')"),
                ("arrival {0} waits without a number", "a.state = 'waiting' AND a.phone_key = ''"),
                (
                    "of arrival {0} words are kept",
                    "a.state <> 'waiting' AND (a.phone_key <> '' OR a.extension <> '' OR a.name <> '' "
                    "OR a.what <> '' OR a.mark IS NOT NULL)",
                ),
                (
                    "arrival {0} was let in as nobody, or is somebody without that",
                    "(a.state = 'let_in') <> (a.customer_id IS NOT NULL)",
                ),
            ),
        ),
    ),
)


def kiosk(asking: Asking) -> Finding:
    """All of it; and arrivals stand on the day of their coming."""
    found, ever = _ASKED(asking), asking.once(read_ever)
    days = "SELECT id, business_id, business_day, created_at FROM kiosk_arrival"
    return found.blame(
        f"arrival {key} stands on {day}"
        for key, business, day, made in asking.tuples(days)
        if not ever.is_day_of(business, day, made)
    )


SENTENCE = _ASKED.sentence

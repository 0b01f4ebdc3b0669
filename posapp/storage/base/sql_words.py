"""SQLite's index of the words of repairs: make, model, serial, fault and the names of the customer, by job.

Kept by triggers, as the index of customers is. A contentless index forgets a row only by being told the very
words it holds, so each trigger tells what stood there: of the record that changes its old values, of the
others those that still stand.
"""

JOB_WORDS_TABLE = (
    "CREATE VIRTUAL TABLE job_words USING fts5(words, content='', columnsize=0, detail=none, prefix='2 3 4', "
    "tokenize=\"unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'\")"
)
_TEXT = (
    "{d}.make || ' ' || {d}.model || ' ' || {d}.serial || ' ' || {j}.fault || ' ' || "
    "{c}.name_fold || ' ' || coalesce({c}.more_words, '')"
)


def _put(where: str) -> str:
    """Enter jobs as they are now."""
    return (
        f"INSERT INTO job_words(rowid, words) SELECT j.id, {_TEXT.format(d='d', j='j', c='c')} FROM job j "
        "CROSS JOIN device d ON d.id = j.device_id CROSS JOIN ticket t ON t.id = j.ticket_id "
        f"CROSS JOIN customer c ON c.id = t.customer_id WHERE {where}"
    )


def _take(tables: str, where: str, *, d: str = "d", j: str = "j", c: str = "c") -> str:
    """Forget jobs as they were: `old` is the record that changes."""
    return (
        f"INSERT INTO job_words(job_words, rowid, words) SELECT 'delete', {j}.id, "
        f"{_TEXT.format(d=d, j=j, c=c)} FROM {tables} WHERE {where}"
    )


_TAKE_JOB = _take(
    "device d CROSS JOIN ticket t CROSS JOIN customer c",
    "d.id = old.device_id AND t.id = old.ticket_id AND c.id = t.customer_id",
    j="old",
)
_OF_DEVICE = "job j CROSS JOIN ticket t ON t.id = j.ticket_id CROSS JOIN customer c ON c.id = t.customer_id"
_OF_CUSTOMER = "ticket t CROSS JOIN job j ON j.ticket_id = t.id CROSS JOIN device d ON d.id = j.device_id"
_OF_TICKET = "job j CROSS JOIN device d ON d.id = j.device_id CROSS JOIN customer c ON c.id = old.customer_id"
_BODIES = {
    "job_words_added": ("INSERT ON job", _put("j.id = new.id")),
    "job_words_changed": (
        "UPDATE OF fault, device_id, ticket_id ON job",
        f"{_TAKE_JOB}; {_put('j.id = new.id')}",
    ),
    "job_words_removed": ("DELETE ON job", _TAKE_JOB),
    "job_words_of_device": (
        "UPDATE OF make, model, serial ON device",
        f"{_take(_OF_DEVICE, 'j.device_id = old.id', d='old')}; {_put('j.device_id = new.id')}",
    ),
    "job_words_of_ticket": (
        "UPDATE OF customer_id ON ticket",
        f"{_take(_OF_TICKET, 'j.ticket_id = old.id')}; {_put('j.ticket_id = new.id')}",
    ),
    "job_words_of_customer": (
        "UPDATE OF name_fold, more_words ON customer",
        f"{_take(_OF_CUSTOMER, 't.customer_id = old.id', c='old')}; "
        f"{_put('j.ticket_id IN (SELECT id FROM ticket WHERE customer_id = new.id)')}",
    ),
}
JOB_WORDS_TRIGGERS = {
    name: f"CREATE TRIGGER {name} AFTER {event} BEGIN {body}; END" for name, (event, body) in _BODIES.items()
}
JOB_WORDS_FILL = f"{_put('true')} ORDER BY j.id"

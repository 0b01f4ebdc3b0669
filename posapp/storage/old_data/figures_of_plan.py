"""What a plan comes to, counted in sets."""

from collections.abc import Sequence
from dataclasses import dataclass

from posapp.domain.old_data.staging import KNOWN, NO_PHONE, Role
from posapp.storage.old_data.planning import texts
from posapp.storage.old_data.staging import Staging


@dataclass(frozen=True, slots=True)
class PlanFigures:
    """Customers to be made (and those of them without a number), rows that join, rows known, past records."""

    created: int
    kept: int
    """New customers who keep a PL ID of theirs."""
    without_phone: int
    matched: int
    twice: int
    known: int
    past: int


def figures_of(staging: Staging, batch: int, people: Sequence[str], past: Sequence[str]) -> PlanFigures:
    """The figures of a plan; `people` are the collections of customers, `past` those of records."""
    made = "customer_id IS NULL AND place > 0"
    groups = staging.run(
        f"SELECT count(*), count(pl_number), count(CASE WHEN key LIKE '{NO_PHONE}%' THEN 1 END) "
        f"FROM staged_group WHERE batch_id = :b AND {made}",
        b=batch,
    ).one()
    joined = (
        "SELECT g.customer_id IS NULL AS is_new, count(*) AS rows, count(DISTINCT g.id) AS groups "
        "FROM staged_record s JOIN staged_group g ON g.batch_id = s.batch_id AND g.key = s.group_key "
        f"WHERE s.batch_id = :b AND s.fault IS NULL AND s.role < {Role.PAST:d} "
        f"AND s.collection IN ({texts(people)}) GROUP BY g.customer_id IS NULL"
    )
    matched = twice = 0
    for is_new, rows, count in staging.run(joined, b=batch) if people else ():
        if is_new:
            twice = rows - count
        else:
            matched = rows
    known = staging.scalar(
        f"SELECT count(*) FROM staged_record WHERE batch_id = :b AND fault = '{KNOWN}'", b=batch
    )
    records = 0
    if past:
        records = staging.scalar(
            "SELECT count(*) FROM staged_record WHERE batch_id = :b AND fault IS NULL "
            f"AND collection IN ({texts(past)})",
            b=batch,
        )
    created, kept, without_phone = map(int, groups)
    return PlanFigures(created, kept, without_phone, matched, twice, known, records)

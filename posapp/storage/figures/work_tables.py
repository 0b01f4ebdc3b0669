"""The tables of how work goes: the time of each device in each state, what left repaired, totals of days.

The conventions are those of `storage.base.tables`. They follow from the records of repairs and bookings and
are written with them (`following`); `verify` computes them anew.
"""

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text

from posapp.storage.base.tables import Key, business_column, flag_column, metadata, ref_column

# One row for each time in a state; the last has no end. Days are business days, fixed when it was written.
job_time = Table(
    "job_time",
    metadata,
    business_column(),
    Column("job_id", Key, ForeignKey("job.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    ref_column("state_id", "ticket_state.id"),
    Column("since", BigInteger, nullable=False),
    Column("since_day", Integer, nullable=False),
    Column("until", BigInteger),
    Column("until_day", Integer),
    CheckConstraint("number > 0", name="number"),
    CheckConstraint("(until IS NULL) = (until_day IS NULL)", name="until"),
    Index("ix_job_time_until_day", "business_id", "until_day", "state_id", "since", "until"),
    sqlite_with_rowid=False,
)

# Of each device that left repaired. `minutes` from intake to the last time that it became ready, graded
# (`domain.figures.work.graded`); empty where nobody knows. It came back where it was taken in again in time.
job_figure = Table(
    "job_figure",
    metadata,
    business_column(),
    Column("job_id", Key, ForeignKey("job.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False),
    Column("day", Integer, nullable=False),
    ref_column("technician_id", "resource.id", nullable=True),
    Column("minutes", Integer),
    flag_column("came_back"),
    Index("ix_job_figure_day", "business_id", "day"),
    sqlite_with_rowid=False,
)

# How many of a kind there were on a day: bookings by status; what left repaired by technician (its key); how
# long that took, as `technician:minutes`; what of it came back.
work_total = Table(
    "work_total",
    metadata,
    business_column(is_key=True),
    Column("business_day", Integer, primary_key=True, autoincrement=False),
    Column("what", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    CheckConstraint("what IN ('booking', 'handed', 'ready', 'back')", name="what"),
    sqlite_with_rowid=False,
)

# What was sold on a day under each text of a line, less what was given back; gift cards and deposits apart.
sold_total = Table(
    "sold_total",
    metadata,
    business_column(is_key=True),
    Column("business_day", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("gross_minor", BigInteger, nullable=False),
    Column("net_minor", BigInteger, nullable=False),
    Column("cost_minor", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

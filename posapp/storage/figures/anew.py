"""Everything that follows from records, written anew from them: where many came at once, and on request."""

from sqlalchemy import Connection

from posapp.storage.figures import customer_figures, work_anew
from posapp.storage.selling import totals_anew


def write_anew(connection: Connection) -> int:
    """Write the totals of all days and the figures of all customers and repairs, everywhere; how many."""
    made = totals_anew.rebuild(connection) + work_anew.write_anew(connection)
    return made + customer_figures.rebuild(connection)

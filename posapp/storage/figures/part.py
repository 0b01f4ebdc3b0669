"""What figures bring to the storage floor: repositories, rules of `verify`."""

from posapp.storage.base.part import Repositories


class FigureRepositories(Repositories):
    """Figures of customers, the times of repairs, totals, the books."""

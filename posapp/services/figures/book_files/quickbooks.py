"""QuickBooks Online: a journal entry for each day, a line for each account and way."""

from collections.abc import Iterable, Iterator

from posapp.domain.figures.books import BookDocument
from posapp.services.figures.book_files.batch import Batch, day_lines

COLUMNS = ("Journal No", "Journal Date", "Account", "Debits", "Credits", "Description", "Name", "Currency")


def rows(batch: Batch, documents: Iterable[BookDocument]) -> Iterator[list[str]]:
    """The names of the columns, then a row for each line; dates as QuickBooks writes them (12/31/2026)."""
    yield list(COLUMNS)
    for line in day_lines(documents):
        account = batch.numbered(line.account)
        yield [
            line.number,
            f"{line.document.day:%m/%d/%Y}",
            account.number,
            batch.amount(line.debit_minor) if line.debit_minor else "",
            batch.amount(line.credit_minor) if line.credit_minor else "",
            account.name,
            "",
            batch.business.currency,
        ]

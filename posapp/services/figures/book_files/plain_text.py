"""Plain-text ledgers: every document as a transaction of its own, for ledger (and hledger) and beancount."""

from collections.abc import Iterable, Iterator

from posapp.domain.figures.books import BookDocument
from posapp.services.figures.book_files.batch import Batch

_BEGINNING = "1970-01-01"


def ledger(batch: Batch, documents: Iterable[BookDocument]) -> Iterator[str]:
    """The lines of a journal that ledger reads."""
    currency = batch.business.currency
    yield f"; {_one_line(batch.business.name)}: books from {batch.period.first} to {batch.period.last}"
    for name in dict.fromkeys(batch.numbered(key).number for key in batch.accounts):
        yield f"account {name}"
    for one in documents:
        yield ""
        code = f" ({one.number})" if one.number else ""
        yield f"{one.day:%Y/%m/%d} *{code} {_one_line(one.text).replace(';', ',')}"
        for line in one.lines:
            yield f"    {batch.numbered(line.account).number}  {batch.amount(line.minor)} {currency}"


def beancount(batch: Batch, documents: Iterable[BookDocument]) -> Iterator[str]:
    """The lines of a file that beancount reads; an account is opened in the first file that has it."""
    currency = batch.business.currency
    yield f'option "title" "{_quoted(batch.business.name)}"'
    yield f'option "operating_currency" "{currency}"'
    before = {batch.numbered(key).number for key in batch.opened}
    for name in dict.fromkeys(batch.numbered(key).number for key in batch.accounts):
        if name not in before:
            yield f"{_BEGINNING} open {name} {currency}"
    for one in documents:
        yield ""
        yield f'{one.day} * "{_quoted(one.text)}"'
        if one.number:
            yield f'  document: "{_quoted(one.number)}"'
        for line in one.lines:
            yield f"  {batch.numbered(line.account).number}  {batch.amount(line.minor)} {currency}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _quoted(text: str) -> str:
    return _one_line(text).replace("\\", "\\\\").replace('"', '\\"')

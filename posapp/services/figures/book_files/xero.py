"""Xero: a sales invoice for each day that comes to nothing, since what was taken stands in it as well.

Its number tells the day, so that Xero itself refuses a day that it has. What stands in credit is above zero,
what stands in debit below. Taxes are lines of their own, so that no line bears any.
"""

from collections.abc import Iterable, Iterator

from posapp.domain.figures.books import BookDocument
from posapp.services.figures.book_files.batch import Batch, day_lines

COLUMNS = (
    *("*ContactName", "EmailAddress", "POAddressLine1", "POAddressLine2", "POAddressLine3"),
    *("POAddressLine4", "POCity", "PORegion", "POPostalCode", "POCountry", "*InvoiceNumber", "Reference"),
    *(
        "*InvoiceDate",
        "*DueDate",
        "InventoryItemCode",
        "*Description",
        "*Quantity",
        "*UnitAmount",
        "Discount",
    ),
    *("*AccountCode", "*TaxType", "TrackingName1", "TrackingOption1", "TrackingName2", "TrackingOption2"),
    *("Currency", "BrandingTheme"),
)
_UNTAXED = {"GB": "No VAT", "IE": "No VAT", "AU": "BAS Excluded", "NZ": "No GST", "ZA": "No VAT"}


def rows(batch: Batch, documents: Iterable[BookDocument]) -> Iterator[list[str]]:
    """The names of the columns, then a row for each line."""
    yield list(COLUMNS)
    for line in day_lines(documents):
        account, day = batch.numbered(line.account), f"{line.document.day:%d/%m/%Y}"
        said = {
            "*ContactName": batch.business.name,
            "*InvoiceNumber": line.number,
            "Reference": line.document.number if line.document.is_correction else "",
            "*InvoiceDate": day,
            "*DueDate": day,
            "*Description": account.name,
            "*Quantity": "1",
            "*UnitAmount": batch.amount(line.credit_minor - line.debit_minor),
            "*AccountCode": account.number,
            "*TaxType": _UNTAXED.get(batch.business.region, "Tax Exempt"),
            "Currency": batch.business.currency,
        }
        yield [said.get(column, "") for column in COLUMNS]

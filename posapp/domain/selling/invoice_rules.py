"""What an invoice must say, country by country: one table, each row with its source.

Read in November 2026. A table helps a shop to write what its country asks for; it is no advice, and what a
shop types itself (its tax number, with the letters that its country wants beside it) is printed as it stands.
India's split into CGST and SGST, or IGST alone, comes with the parts of the tax that a line was sold with.
"""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from posapp.domain.base.money import Money
from posapp.domain.selling.amount_words import rupees_in_words

_RECEIPT: Final = "Receipt"


@dataclass(frozen=True, slots=True)
class Stamped:
    """What a code of a tax office is made of."""

    seller: str
    tax_id: str
    at: datetime
    total: Money
    tax: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceRule:
    """What invoices of a country are called and carry; `source` tells where that is written.

    `title` is for a buyer with a tax number, `simplified` for one without, `untaxed` for a sale that bears no
    tax, `credit` for a refund; `receipt` heads what is given out at the till. `codes` heads the column of the
    goods' codes, "" for none. `words` writes the total out, `stamp` makes the tax office's code, which stands
    on receipts, too. `sign` asks for a signature.
    """

    title: str = "Invoice"
    simplified: str = "Invoice"
    untaxed: str = "Invoice"
    credit: str = "Credit note"
    receipt: str = _RECEIPT
    tax_number: str = "Tax number"
    codes: str = ""
    sign: str = ""
    words: Callable[[Money], str] | None = None
    stamp: Callable[[Stamped], str] | None = None
    source: str = ""

    def receipt_heading(self, *, is_taxed: bool) -> str:
        """What the paper at the till is called."""
        return self.receipt if is_taxed else _RECEIPT

    def heading(self, *, is_refund: bool, is_taxed: bool, buyer_tax_id: str) -> str:
        """What an invoice is called."""
        if is_refund:
            return self.credit
        if not is_taxed:
            return self.untaxed
        return self.title if buyer_tax_id else self.simplified


def tlv(stamped: Stamped) -> str:
    """The QR code of Saudi invoices: tags 1 to 5 as tag, length and value in UTF-8, in Base64.

    Seller, VAT number, time in UTC, total with tax, tax. A value has at most 255 bytes.
    """
    at = stamped.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    amounts = (str(stamped.total.as_decimal()), str(stamped.tax.as_decimal()))
    found = b""
    for tag, text in enumerate((stamped.seller, stamped.tax_id, at, *amounts), start=1):
        value = text.encode()[:255].decode(errors="ignore").encode()
        found += bytes((tag, len(value))) + value
    return base64.b64encode(found).decode("ascii")


_EU: Final = InvoiceRule(
    tax_number="VAT number",
    source="Directive 2006/112/EC, articles 226 (full), 226b (simplified) and 219 (credit notes)",
)
_EU_MEMBERS: Final = (
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()
)

RULES: Final[dict[str, InvoiceRule]] = {
    **dict.fromkeys(_EU_MEMBERS, _EU),
    "GB": InvoiceRule(
        tax_number="VAT number",
        source="The Value Added Tax Regulations 1995 (SI 1995/2518), regulations 14, 16; VAT Notice 700",
    ),
    "CH": InvoiceRule(
        tax_number="UID",
        source="Mehrwertsteuergesetz (SR 641.20), article 26",
    ),
    "US": InvoiceRule(
        source="No federal rule; what states ask of receipts is the tax set apart, as the table does",
    ),
    "CA": InvoiceRule(
        tax_number="GST/HST number",
        source="Input Tax Credit Information (GST/HST) Regulations (SOR/91-45), s. 3",
    ),
    "AU": InvoiceRule(
        title="Tax invoice",
        simplified="Tax invoice",
        credit="Adjustment note",
        tax_number="ABN",
        source="A New Tax System (Goods and Services Tax) Act 1999, ss. 29-70 and 29-75",
    ),
    "IN": InvoiceRule(
        title="Tax invoice",
        simplified="Tax invoice",
        untaxed="Bill of supply",
        tax_number="GSTIN",
        codes="HSN/SAC",
        sign="Authorised signatory",
        words=rupees_in_words,
        source="Central Goods and Services Tax Rules 2017, rules 46 (tax invoice), 49 (bill of supply), 53 "
        "(credit note); the words are custom, not law",
    ),
    "SA": InvoiceRule(
        title="Tax invoice",
        simplified="Simplified tax invoice",
        receipt="Simplified tax invoice",
        tax_number="VAT number",
        stamp=tlv,
        source="ZATCA, E-Invoicing Regulation, annex 2, and Security Features Implementation Standards, 4 "
        "(QR code of the generation phase); the integration phase is not covered",
    ),
}
_OTHER: Final = InvoiceRule()


def rule_of(region: str) -> InvoiceRule:
    """What a country's invoices carry; a plain invoice where the table has no row."""
    return RULES.get(region, _OTHER)

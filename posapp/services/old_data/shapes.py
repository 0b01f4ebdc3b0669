"""The files that shops really have: what each product writes, told by the few columns that only it has.

A shape is a declaration, no program: marks by which a file is recognised, and what its columns mean. Names
are compared as `domain.old_data.columns` says, so that case, spaces and accents do not matter. What no shape
names is left out and named. Catalogues and orders of the same products are recognised, too, and refused with
a sentence: they hold no customers.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from posapp.domain.old_data.columns import folded
from posapp.domain.old_data.imports import ImportField, System

_F = ImportField


def _marks(*sets: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(folded(name) for name in one.split("|")) for one in sets)


@dataclass(frozen=True)
class Shape:
    """A product's list of customers.

    `marks`: a file with all names of one of them is such a list. `fields`: column names by what they mean, in
    the order in which they count, `|` between them; a name may be a pattern (`phone [0-9]+ value`).
    """

    system: System
    marks: tuple[frozenset[str], ...]
    fields: Mapping[ImportField, str]
    apostrophes: bool = False
    """Whether cells carry an apostrophe that is no part of them."""
    tags: bool = False
    """Whether notes are HTML."""

    def mapping(self, columns: Iterable[str]) -> dict[str, ImportField]:
        """What the columns of a file mean, in the order in which they count; all others are left out."""
        there = {folded(name): name for name in reversed(list(columns))}
        found: dict[str, ImportField] = {}
        for pattern, meaning in self._patterns:
            for word in sorted((word for word in there if pattern.fullmatch(word)), key=_place):
                found.setdefault(there[word], meaning)
        return found

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], ImportField]]:
        return [
            (re.compile(_pattern(name)), meaning)
            for meaning, names in self.fields.items()
            for name in names.split("|")
        ]


def _pattern(name: str) -> str:
    return name.replace(" ", "") if "[" in name else re.escape(folded(name))


def _place(word: str) -> tuple[int, str]:
    """`phone 10` comes after `phone 9`."""
    digits = re.search(r"[0-9]+", word)
    return int(digits[0]) if digits else 0, word


_PERSON: Final = {_F.FIRST_NAME: "First Name", _F.LAST_NAME: "Last Name"}

SHAPES: Final[tuple[Shape, ...]] = (
    Shape(
        System.SQUARE,
        _marks(
            "Square Customer ID|First Name", "Reference ID|Creation Source|Transaction Count|Lifetime Spend"
        ),
        {
            _F.ID: "Square Customer ID|Reference ID",
            **_PERSON,
            _F.COMPANY: "Company Name",
            _F.EMAIL: "Email Address",
            _F.PHONE: "Phone Number",
            _F.ADDRESS: "Street Address 1|Street Address 2",
            _F.TOWN: "City",
            _F.STATE: "State",
            _F.POSTCODE: "Postal Code",
            _F.NOTE: "Memo",
            _F.CREATED_AT: "First Visit",
            _F.SPENT: "Lifetime Spend",
        },
    ),
    Shape(
        System.SHOPIFY,
        _marks(
            "Accepts Email Marketing|Total Spent|Total Orders", "Accepts Marketing|Total Spent|Total Orders"
        ),
        {
            _F.ID: "Customer ID",
            **_PERSON,
            _F.COMPANY: "Default Address Company|Company",
            _F.EMAIL: "Email",
            _F.PHONE: "Phone|Default Address Phone",
            _F.ADDRESS: "Default Address Address1|Default Address Address2|Address1|Address2",
            _F.TOWN: "Default Address City|City",
            _F.STATE: "Default Address Province Code|Province Code|Province",
            _F.POSTCODE: "Default Address Zip|Zip",
            _F.COUNTRY: "Default Address Country Code|Country|Country Code",
            _F.NOTE: "Note",
            _F.SPENT: "Total Spent",
        },
        apostrophes=True,
    ),
    Shape(
        System.REPAIRSHOPR,
        _marks(
            "firstname|lastname|business_then_name",
            "firstname|lastname|get_sms",
            "fullname|business_name|mobile",
        ),
        {
            _F.ID: "id",
            _F.FIRST_NAME: "firstname",
            _F.LAST_NAME: "lastname",
            _F.NAME: "fullname",
            _F.COMPANY: "business_name",
            _F.EMAIL: "email",
            _F.PHONE: "phone|mobile",
            _F.ADDRESS: "address|address_2",
            _F.TOWN: "city",
            _F.STATE: "state",
            _F.POSTCODE: "zip",
            _F.NOTE: "notes",
            _F.CREATED_AT: "created_at",
        },
    ),
    Shape(
        System.REPAIRDESK,
        _marks("cid|first_name", "cid|orgonization", "orgonization|refered_by"),
        {
            _F.ID: "cid",
            _F.FIRST_NAME: "first_name",
            _F.LAST_NAME: "last_name",
            _F.COMPANY: "orgonization",
            _F.EMAIL: "email|emails",
            _F.PHONE: "phone|mobile|phones|mobiles",
            _F.ADDRESS: "address1|address2",
            _F.TOWN: "city",
            _F.STATE: "state",
            _F.POSTCODE: "postcode",
            _F.COUNTRY: "country",
            _F.NOTE: "comments",
            _F.CREATED_AT: "created_on",
        },
    ),
    Shape(
        System.ODOO,
        _marks("External ID|Name|Is a Company", "id|name|is_company", "name|parent_id/id|category_id/id"),
        {
            _F.ID: "External ID|id",
            _F.NAME: "Name",
            _F.COMPANY: "Related Company",
            _F.EMAIL: "Email",
            _F.PHONE: "Phone|Mobile",
            _F.ADDRESS: "Street|Street2",
            _F.TOWN: "City",
            _F.STATE: "State",
            _F.POSTCODE: "Zip",
            _F.COUNTRY: "Country",
            _F.NOTE: "Notes|comment",
        },
        tags=True,
    ),
    Shape(
        System.OPEN_SOURCE_POS,
        _marks("First Name|Last Name|Consent|Account Number|Taxable", "Gender|Consent|Discount_Type|Taxable"),
        {
            _F.ID: "Account Number",
            **_PERSON,
            _F.COMPANY: "Company",
            _F.EMAIL: "Email",
            _F.PHONE: "Phone Number",
            _F.ADDRESS: "Address 1|Address2",
            _F.TOWN: "City",
            _F.STATE: "State",
            _F.POSTCODE: "Zip",
            _F.COUNTRY: "Country",
            _F.NOTE: "Comments",
        },
    ),
    Shape(
        System.EASY_APPOINTMENTS,
        _marks(
            "firstName|lastName|customField1|ldapDn",
            "firstName|lastName|timezone|language|zip",
            "id_roles|zip_code",
        ),
        {
            _F.ID: "id",
            _F.FIRST_NAME: "firstName|first_name",
            _F.LAST_NAME: "lastName|last_name",
            _F.EMAIL: "email",
            _F.PHONE: "phone|phone_number|mobile_number",
            _F.ADDRESS: "address",
            _F.TOWN: "city",
            _F.STATE: "state",
            _F.POSTCODE: "zip|zip_code",
            _F.NOTE: "notes",
        },
    ),
    Shape(
        System.ORDERRY,
        _marks("Contact ID|Name (company)", "Contact ID|First name|Last name|Company"),
        {
            _F.ID: "Contact ID",
            **_PERSON,
            _F.COMPANY: "Name (company)|Name",
            _F.EMAIL: "Email",
            _F.PHONE: "Phone",
            _F.ADDRESS: "Address",
        },
    ),
    Shape(
        System.GOOGLE_CONTACTS,
        _marks("Phone 1 - Value", "E-mail 1 - Value", "Given Name|Family Name|Organization 1 - Name"),
        {
            _F.NAME: "Name",
            _F.FIRST_NAME: "First Name|Given Name|Middle Name|Additional Name",
            _F.LAST_NAME: "Last Name|Family Name",
            _F.COMPANY: "Organization Name|Organization 1 - Name",
            _F.EMAIL: "email [0-9]+ value",
            _F.PHONE: "phone [0-9]+ value",
            _F.ADDRESS: "Address 1 - Street|Address 1 - Extended Address",
            _F.TOWN: "Address 1 - City",
            _F.STATE: "Address 1 - Region",
            _F.POSTCODE: "Address 1 - Postal Code",
            _F.COUNTRY: "Address 1 - Country",
            _F.NOTE: "Notes",
        },
    ),
)


@dataclass(frozen=True)
class Stranger:
    """A file that is known and holds no customers."""

    said: str
    marks: tuple[frozenset[str], ...] = field(default=())


_ITEMS: Final = "Items go in with: posapp item import FILE."
_SALES: Final = "Sales of another system are not taken over: choose the list of customers."
STRANGERS: Final = (
    Stranger(f"This is a catalogue of Square. {_ITEMS}", _marks("Token|Item Name|Variation Name")),
    Stranger(
        f"These are sold items of Square. {_SALES}", _marks("Price Point Name|Gross Sales|Modifiers Applied")
    ),
    Stranger(
        f"These are transactions of Square. {_SALES}", _marks("Total Collected|Net Sales|Transaction ID")
    ),
    Stranger(f"These are orders of Shopify. {_SALES}", _marks("Lineitem name|Financial Status")),
    Stranger(f"These are products of Shopify. {_ITEMS}", _marks("Handle|Variant SKU|Variant Price")),
    Stranger(
        f"These are items of Loyverse. {_ITEMS}",
        _marks("Handle|SKU|Sold by weight", "Handle|SKU|In stock|Cost"),
    ),
    Stranger(
        f"These are items of Open Source POS. {_ITEMS}", _marks("Barcode|Item Name|Supplier ID|Unit Price")
    ),
    Stranger(
        f"These are tickets of RepairShopr. {_SALES}",
        _marks(
            "number|subject|problem_type|customer_name", "number|customer_business_then_name|problem_type"
        ),
    ),
    Stranger(
        f"These are invoices of RepairShopr. {_SALES}",
        _marks("number|subtotal|customer_business_then_name", "number|date|subtotal|optional_line_item_name"),
    ),
    Stranger(
        "These are devices of RepairShopr. Choose the list of customers.",
        _marks("asset_type_name|asset_serial"),
    ),
    Stranger(
        f"These are tickets or invoices of RepairDesk. {_SALES}",
        _marks("order_id|hostory", "order_id|devices|discount_reason", "sale_to_customer_id|order_id"),
    ),
    Stranger(f"These are items of RepairDesk. {_ITEMS}", _marks("upc_code|in_stock|is_serialize")),
    Stranger(
        "These are appointments of Easy!Appointments. Choose the list of customers.",
        _marks("start|end|hash|serviceId|providerId", "id_users_provider|id_services|start_datetime"),
    ),
)


def shape_of(columns: Iterable[str]) -> Shape | None:
    """The product whose list of customers has these columns; of several the one with the most marks there."""
    there = {folded(name) for name in columns}
    fitting = [(len(marks), shape) for shape in SHAPES for marks in shape.marks if marks <= there]
    return max(fitting, key=lambda one: one[0])[1] if fitting else None


def stranger_of(columns: Iterable[str]) -> Stranger | None:
    """What a file is that holds no customers, if it is known."""
    there = {folded(name) for name in columns}
    return next((one for one in STRANGERS if any(marks <= there for marks in one.marks)), None)


def shape_for(system: System) -> Shape | None:
    """The shape of a product."""
    return next((one for one in SHAPES if one.system is system), None)

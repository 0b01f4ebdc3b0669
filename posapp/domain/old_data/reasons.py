"""Why a row is refused, and what is to be said of one, in words."""

REASONS = {
    "row_malformed": "It cannot be read as a row.",
    "id_missing": "It has no ID.",
    "id_duplicate": "An earlier row of the file has the same ID.",
    "business_unknown": "Its business is not among the businesses.",
    "phone_missing": "It has no phone number.",
    "phone_unparseable": "Its phone number cannot be read.",
    "phone_placeholder": "Its phone number is no real one: all digits are the same.",
    "phone_destroyed": "A spreadsheet has destroyed the digits of its phone number. Export it as text.",
    "phone_several": "Several phone numbers stand in one cell.",
    "row_nobody": "It has neither a name nor a number nor an address.",
    "orphan": "It belongs to no customer who came.",
    "date_invalid": "Its date is missing or does not exist.",
    "amount_negative": "Its amount is below zero.",
    "amount_invalid": "Its amount cannot be read.",
    "phone_possible": "The phone number is unusual.",
    "phone_local": "The phone number has no area code.",
    "phone_extension": "The phone number has an extension.",
    "phone_zero": "The phone number had lost its leading zero; it was put back.",
    "phone_left_out": "A further phone number cannot be read; it stands in the note.",
    "email_left_out": "The e-mail address is none; it stands in the note.",
    "date_unread": "The date cannot be read; it stands in the note.",
    "text_cut": "The note or the address is too long; its end was cut.",
    "phone_mismatch": "Another number stands with the same person elsewhere.",
    "link_broken": "It points at somebody who did not come.",
    "linked_by_email": "Its customer was found by the e-mail address.",
    "pl_id_invalid": "Its PL ID is none; the customer gets a new one.",
    "pl_id_duplicate": "Its PL ID belongs to somebody else.",
}


def reason_of(code: str) -> str:
    """A code in a sentence; the code itself where there is none."""
    return REASONS.get(code, code)

"""What acts are called in the journal, where the word of the chain alone would read like a code."""

from posapp.domain.base.actions import Action, action_of, spelled
from posapp.ui.history.words import title_of
from posapp.ui.wording import translator

_tr = translator("Journal")


def act_words(word: str) -> str:
    """An act in a few words: "Signed in", "Customer edited"."""
    action = action_of(word)
    if action is None:
        return spelled(word)
    return title_of(word) if action.about == "kiosk" else _words().get(action, spelled(word))


def _words() -> dict[Action, str]:
    return {
        Action.SIGN_IN_DONE: _tr("Signed in"),
        Action.SIGN_IN_REFUSED: _tr("Wrong PIN or password"),
        Action.SIGN_IN_PROVED: _tr("Right PIN or password after wrong ones"),
        Action.SIGN_IN_BUSINESS: _tr("Went to work in another shop"),
        Action.USER_PIN: _tr("User has a new PIN"),
        Action.USER_PASSWORD: _tr("User has a new password"),
        Action.USER_BADGE: _tr("User has a new badge"),
        Action.USER_BADGE_ENDED: _tr("Badge of a user ended"),
        Action.USER_LINKED: _tr("User has a customer of their own"),
        Action.USER_RESET: _tr("Way back in used by who holds the data"),
        Action.ROLE_CHANGED: _tr("Rights of a role changed"),
        Action.ROLE_LIMIT: _tr("Discount limit of a role changed"),
        Action.SETTINGS_PINS: _tr("Length of PINs changed"),
        Action.SETTINGS_KIOSK: _tr("Kiosk set up"),
        Action.CUSTOMERS_MERGED: _tr("Customers merged"),
        Action.MERGE_UNDONE: _tr("Merge of customers undone"),
        Action.DATABASE_EXPORTED: _tr("Exported without PINs, passwords and passcodes"),
        Action.BOOKS_ACCOUNT: _tr("Account of the books has another number"),
        Action.BOOKS_SENT: _tr("Books written to a file for the accountant"),
        Action.SETTINGS_BOOKS: _tr("Settings of the books changed"),
        Action.CUSTOMERS_EXPORTED: _tr("Customers written to a file"),
        Action.PERSON_EXPORTED: _tr("Data of a person written to a file"),
        Action.PERSON_ERASED: _tr("Person anonymised"),
        Action.PERSON_PAPERS: _tr("Tax papers of anonymised people emptied"),
        Action.PASSCODE_SHOWN: _tr("Passcode shown"),
        Action.PAPER_REPRINTED: _tr("Paper printed again"),
        Action.IMPORT_BEGUN: _tr("Import begun"),
        Action.IMPORT_APPLIED: _tr("Old data imported"),
        Action.IMPORT_UNDOING: _tr("Undoing of an import begun"),
        Action.IMPORT_EMPTIED: _tr("Staged rows of an import emptied"),
        Action.TICKET_STATE: _tr("State of a ticket changed"),
        Action.BOOKING_STATUS: _tr("Status of a booking changed"),
    }

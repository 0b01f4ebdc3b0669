"""What the columns of a table mean, guessed by their names; and by what a table is known again.

A name is compared by its letters and digits alone, in any case: `E-Mail`, `e_mail` and `EMAIL` are one. A
word that means one thing only is sure; a column whose name merely has such a word in it is offered, not sure.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Final

from posapp.domain.old_data.imports import ImportField

_F = ImportField
# English, German, French, Spanish, Italian, Dutch, Portuguese, Polish: the words that exports of those have.
_SURE: Final[Mapping[ImportField, str]] = {
    _F.ID: """
        id customerid clientid customernumber customerno clientnumber contactid kundennummer
        kundennr kdnr kundenid idclient idcliente numeroclient numerocliente klantnummer klantid
        nrklienta accountnumber
    """,
    _F.NAME: """
        name fullname customername clientname contactname displayname kunde kundenname nomcomplet
        nombrecompleto nomecognome nomecompleto naam klantnaam imienazwisko
    """,
    _F.FIRST_NAME: """
        firstname givenname forename vorname prenom nombre primernombre voornaam imie
    """,
    _F.LAST_NAME: """
        lastname surname familyname nachname familienname nomdefamille apellido apellidos cognome
        achternaam sobrenome nazwisko
    """,
    _F.COMPANY: """
        company companyname business businessname organization organisation firma unternehmen
        entreprise societe empresa azienda bedrijf bedrijfsnaam
    """,
    _F.EMAIL: """
        email emailaddress mail mailaddress emailadresse mailadresse courriel adressemail correo
        correoelectronico indirizzoemail emailadres email1 email2
    """,
    _F.PHONE: """
        phone phonenumber telephone telephonenumber tel mobile mobilephone mobilenumber cell
        cellphone cellphonenumber homephone workphone primaryphone alternatephone phone1 phone2
        telefon telefonnummer telefonnr handy handynummer mobil mobilnummer mobiltelefon mobilfunk
        festnetz rufnummer portable numerodetelephone telefono movil celular cellulare telefoon
        telefoonnummer mobiel telefone telemovel whatsapp contactnumber
    """,
    _F.ADDRESS: """
        address address1 address2 addressline1 addressline2 street street1 street2 streetaddress
        streetaddress1 streetaddress2 adresse anschrift strasse strassehausnummer hausnummer rue
        direccion calle indirizzo via adres straat endereco ulica fulladdress
    """,
    _F.TOWN: """
        city town ort stadt ville ciudad citta plaats stad cidade miasto suburb
    """,
    _F.POSTCODE: """
        postcode postalcode zip zipcode plz postleitzahl codepostal codigopostal cap cep kodpocztowy
    """,
    _F.STATE: """
        state province region county bundesland provincia provincie statecode
    """,
    _F.COUNTRY: """
        country land pays pais paese kraj countrycode
    """,
    _F.NOTE: """
        note notes comment comments memo remark remarks notiz notizen bemerkung bemerkungen
        kommentar remarque remarques notas nota observaciones opmerking opmerkingen uwagi
    """,
    _F.CREATED_AT: """
        createdat created createdon createddate datecreated dateadded creationdate customersince
        firstvisit registered registeredat registrationdate signupdate erstelltam erstellt
        angelegtam angelegt kundeseit datedecreation fechadecreacion datacreazione aangemaakt
    """,
    _F.SPENT: """
        totalspent lifetimespend totalspend amountspent totalrevenue umsatz gesamtumsatz
        chiffredaffaires totalsales
    """,
}
_KNOWN: Final = {word: field for field, words in _SURE.items() for word in words.split()}
# Parts of names; the first one that stands in a name wins.
_LIKELY: Final = tuple(
    (part, field)
    for parts, field in (
        ("email mail", _F.EMAIL),
        ("phone telefon mobil cell", _F.PHONE),
        ("firstname vorname givenname", _F.FIRST_NAME),
        ("lastname nachname familyname surname", _F.LAST_NAME),
        ("company firma", _F.COMPANY),
        ("postcode postalcode zip plz", _F.POSTCODE),
        ("street strasse address adresse", _F.ADDRESS),
        ("city town", _F.TOWN),
        ("country", _F.COUNTRY),
        ("notes comment bemerkung", _F.NOTE),
        ("customername clientname fullname", _F.NAME),
    )
    for part in parts.split()
)
MANY: Final = frozenset(
    {_F.ID, _F.EMAIL, _F.PHONE, _F.ADDRESS, _F.NOTE, _F.FIRST_NAME, _F.LAST_NAME, _F.NAME, _F.COMPANY}
)
"""Fields that several columns may have; of the others one column is taken."""
_OUTWARD: Final = frozenset(
    {"optin", "optout", "verified", "marketing", "consent", "status", "accepts", "count"}
)


@lru_cache(maxsize=4_096)
def folded(name: str) -> str:
    """The letters and digits of a column's name, without case and accents."""
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss").replace("ẞ", "ss")).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


def digest_of(columns: Iterable[str]) -> str:
    """By what a table is known again: the names of its columns, in any order."""
    return sha256("\n".join(sorted(map(folded, columns))).encode()).hexdigest()


def guess(name: str) -> tuple[ImportField | None, bool]:
    """What a column may mean, and whether that is sure. None and sure: no column of its kind is ever used."""
    word = folded(name)
    if not word:
        return None, True
    if word in _KNOWN:
        return _KNOWN[word], True
    if any(part in word for part in _OUTWARD):
        return None, True
    return next((field for part, field in _LIKELY if part in word), None), False


def guessed(columns: Iterable[str]) -> dict[str, tuple[ImportField | None, bool]]:
    """What each column may mean. A second column of a field that has one only is offered, not taken."""
    found: dict[str, tuple[ImportField | None, bool]] = {}
    taken: set[ImportField] = set()
    for name in columns:
        field, is_sure = guess(name)
        if field in taken and field not in MANY:
            found[name] = (None, False)
            continue
        if field is not None:
            taken.add(field)
        found[name] = (field, is_sure)
    return found

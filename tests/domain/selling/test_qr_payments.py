"""What stands in a payment code, compared with the examples of each scheme, and read back from a picture."""

import binascii
from collections.abc import Callable

import pytest
import segno
import zxingcpp
from PIL import Image

from posapp.domain.base.errors import DomainError
from posapp.domain.selling.qr_payments import Payee, QrKind, qr_payment, scheme_of, swiss_reference
from posapp.domain.shop.payees import check_bic, check_iban, check_pix, check_promptpay, check_upi

QR_IBAN, SWISS_IBAN, IRISH_IBAN = "CH4431999123000889012", "CH9300762011623852957", "IE29AIBK93115212345678"
WHERE = {"street": "Bahnhofstrasse", "house": "1", "postcode": "8001", "city": "Zürich", "country": "CH"}
SHOPS = {
    QrKind.EPC: (Payee(name="Harbour Lane Repairs", iban=IRISH_IBAN, bic="AIBKIE2D"), "EUR"),
    QrKind.SWISS: (Payee(name="Hafengasse AG", iban=SWISS_IBAN, **WHERE), "CHF"),
    QrKind.UPI: (Payee(name="Lane & Söhne", upi="harbourlane@okaxis"), "INR"),
    QrKind.PIX: (
        Payee(name="Reparações do Porto", pix="123e4567-e12b-12d1-a456-426655440000", city="São Paulo"),
        "BRL",
    ),
    QrKind.PROMPTPAY: (Payee(promptpay="0812345678"), "THB"),
}
Check = Callable[[str], str]
schemes = pytest.mark.parametrize("kind", list(SHOPS))


def payload(kind: QrKind, minor: int = 17640, about: str = "T1042") -> str:
    payee, currency = SHOPS[kind]
    found = qr_payment(payee, currency, minor, about)
    assert found is not None
    assert found.kind is kind
    return found.payload


def emv(text: str) -> dict[str, str]:
    """The fields of an EMVCo code."""
    found, place = {}, 0
    while place < len(text):
        length = int(text[place + 2 : place + 4])
        found[text[place : place + 2]] = text[place + 4 : place + 4 + length]
        place += 4 + length
    return found


def test_a_sepa_code_is_that_of_the_guidelines() -> None:
    assert payload(QrKind.EPC).split("\n") == [
        *"BCD 002 1 SCT AIBKIE2D".split(), "Harbour Lane Repairs", IRISH_IBAN, "EUR176.40", "", "", "T1042",
    ]  # fmt: skip


def test_a_swiss_code_has_its_thirty_one_lines() -> None:
    lines = payload(QrKind.SWISS).split("\r\n")
    assert lines[:4] == ["SPC", "0200", "1", SWISS_IBAN]
    assert lines[4:11] == ["S", "Hafengasse AG", "Bahnhofstrasse", "1", "8001", "Zürich", "CH"]
    assert lines[11:18] == [""] * 7
    assert lines[18:20] == ["176.40", "CHF"]
    assert lines[20:27] == [""] * 7
    assert lines[27:] == ["SCOR", swiss_reference(SWISS_IBAN, "T1042")[1], "T1042", "EPD"]
    assert len(lines) == 31


def test_references_of_swiss_bills_are_checked_as_their_standards_say() -> None:
    from stdnum import iso11649
    from stdnum.ch import esr

    kind, reference = swiss_reference(QR_IBAN, "S2207")
    assert (kind, len(reference)) == ("QRR", 27)
    assert esr.is_valid(reference)
    assert reference[-12:-1] == "19000002207"  # S is the nineteenth letter
    assert swiss_reference(QR_IBAN, "T2207")[1] != reference
    kind, reference = swiss_reference(SWISS_IBAN, "S2207")
    assert kind == "SCOR"
    assert iso11649.is_valid(reference)
    assert reference.endswith("S2207")


def test_a_swiss_shop_with_euros_gets_a_bill_and_one_without_an_address_none() -> None:
    payee = SHOPS[QrKind.SWISS][0]
    assert scheme_of(payee, "EUR") is QrKind.SWISS
    assert scheme_of(Payee(name="Hafengasse AG", iban=SWISS_IBAN), "CHF") is None
    assert scheme_of(Payee(name="Hafengasse AG", iban=SWISS_IBAN), "EUR") is QrKind.EPC


def test_a_upi_code_is_a_link_with_everything_escaped() -> None:
    assert payload(QrKind.UPI) == (
        "upi://pay?pa=harbourlane@okaxis&pn=Lane%20%26%20S%C3%B6hne&am=176.40&cu=INR&tr=T1042&tn=T1042"
    )


def test_a_pix_code_names_key_amount_and_number() -> None:
    fields = emv(payload(QrKind.PIX))
    assert emv(fields["26"]) == {"00": "br.gov.bcb.pix", "01": "123e4567-e12b-12d1-a456-426655440000"}
    assert fields["53"] + fields["58"] == "986BR"
    assert (fields["54"], fields["59"], fields["60"]) == ("176.40", "Reparacoes do Porto", "Sao Paulo")
    assert emv(fields["62"]) == {"05": "T1042"}


def test_a_promptpay_code_names_phone_amount_and_number() -> None:
    fields = emv(payload(QrKind.PROMPTPAY))
    assert emv(fields["29"]) == {"00": "A000000677010111", "01": "0066812345678"}
    assert (fields["53"], fields["54"], fields["58"]) == ("764", "176.40", "TH")
    other = qr_payment(Payee(promptpay="1234567890123"), "THB", 100, "S1")
    assert other is not None
    assert emv(emv(other.payload)["29"])["02"] == "1234567890123"


@pytest.mark.parametrize(
    "text",
    [
        "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-426655440000"
        "5204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***63041D3D",  # Banco Central
        "00020101021129370016A000000677010111011300660000000005802TH530376463048956",  # promptpay-qr
        payload(QrKind.PIX),
        payload(QrKind.PROMPTPAY),
    ],
)
def test_the_checksum_is_that_of_emvco(text: str) -> None:
    assert f"{binascii.crc_hqx(text[:-4].encode(), 0xFFFF):04X}" == text[-4:]


@schemes
@pytest.mark.parametrize(("minor", "shown"), [(1, "0.01"), (5, "0.05"), (100_000_00, "100000.00")])
def test_amounts_have_a_point_and_two_decimals(kind: QrKind, minor: int, shown: str) -> None:
    assert shown in payload(kind, minor)


@schemes
def test_a_phone_reads_the_code(kind: QrKind) -> None:
    text = payload(kind)
    code = segno.make(text, error="m", micro=False)
    rows = [bytes(255 * (not dark) for dark in row) for row in code.matrix_iter(4)]
    picture = Image.frombytes("L", (len(rows), len(rows)), b"".join(rows))
    assert [one.text for one in zxingcpp.read_barcodes(picture)] == [text]


@schemes
def test_no_other_currency_and_no_empty_amount_gets_a_code(kind: QrKind) -> None:
    payee, currency = SHOPS[kind]
    assert qr_payment(payee, "JPY", 100, "T1") is None
    assert qr_payment(payee, currency, 0, "T1") is None
    assert qr_payment(payee, currency, -100, "T1") is None
    assert qr_payment(Payee(), currency, 100, "T1") is None


@pytest.mark.parametrize(
    ("check", "typed", "kept"),
    [
        (check_iban, "ie29 aibk 9311 5212 3456 78", IRISH_IBAN),
        (check_bic, "aibkie2d", "AIBKIE2D"),
        (check_upi, " harbourlane@okaxis ", "harbourlane@okaxis"),
        (check_pix, "390.533.447-05", "39053344705"),
        (check_pix, "+55 11 91234-5678", "+5511912345678"),
        (check_pix, "Loja@Exemplo.com.br", "loja@exemplo.com.br"),
        (check_promptpay, "081-234-5678", "0812345678"),
        (check_promptpay, "+66812345678", "0812345678"),
        (check_iban, "  ", ""),
        (check_bic, "", ""),
        (check_upi, "", ""),
        (check_pix, "", ""),
        (check_promptpay, "", ""),
    ],
)
def test_accounts_are_kept_as_codes_take_them(check: Check, typed: str, kept: str) -> None:
    assert check(typed) == kept


@pytest.mark.parametrize(
    ("check", "typed", "field"),
    [
        (check_iban, "IE29AIBK93115212345679", "payment_iban"),
        (check_iban, "12345", "payment_iban"),
        (check_bic, "AIB", "payment_bic"),
        (check_upi, "harbourlane", "payment_upi"),
        (check_pix, "39053344706", "payment_pix"),
        (check_pix, "+44 7700 900318", "payment_pix"),
        (check_promptpay, "12345", "payment_promptpay"),
    ],
)
def test_an_account_that_is_none_is_refused_at_its_field(check: Check, typed: str, field: str) -> None:
    with pytest.raises(DomainError) as refused:
        check(typed)
    assert refused.value.field == field

"""What a shop may say of itself to be paid by QR code: each text checked, each refusal names its field."""

import re
from typing import Final

from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import clean_name, clean_text

PAYEE_LIMITS: Final = {
    "payment_name": 70,
    "payment_street": 70,
    "payment_house": 16,
    "payment_postcode": 16,
    "payment_city": 35,
}
"""Characters of what goes into a code as it stands."""
_UPI = re.compile(r"[A-Za-z0-9._-]{2,256}@[A-Za-z][A-Za-z0-9.-]{1,63}")
_PIX_PHONE = re.compile(r"\+55[0-9]{10,11}")
_PIX_MAIL = re.compile(r"[^@\s]{1,60}@[^@\s]{3,60}")
_PIX_RANDOM = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_PROMPTPAY = re.compile(r"0[0-9]{9}|[0-9]{13}|[0-9]{15}")


def check_iban(text: str) -> str:
    """An IBAN without spaces, its digits checked; `DomainError` iban_invalid."""
    from stdnum import iban
    from stdnum.exceptions import ValidationError

    if not text.strip():
        return ""
    try:
        return str(iban.validate(text))
    except ValidationError:
        raise _invalid("iban", "This is no IBAN. Compare it with your bank's papers.") from None


def check_bic(text: str) -> str:
    """A BIC; `DomainError` bic_invalid."""
    from stdnum import bic
    from stdnum.exceptions import ValidationError

    if not text.strip():
        return ""
    try:
        return str(bic.validate(text))
    except ValidationError:
        raise _invalid("bic", "A BIC has 8 or 11 letters and digits, such as AIBKIE2D.") from None


def check_upi(text: str) -> str:
    """A UPI ID; `DomainError` upi_invalid."""
    found = text.strip()
    if found and not _UPI.fullmatch(found):
        raise _invalid("upi", "A UPI ID is a name and a bank's handle, such as harbourlane@okaxis.")
    return found


def check_pix(text: str) -> str:
    """A Pix key: tax number, phone, e-mail or random key; `DomainError` pix_invalid."""
    found = text.strip()
    if not found:
        return ""
    from stdnum.br import cnpj, cpf

    digits = "".join(filter(str.isalnum, found)).upper()
    if "@" not in found and (cpf.is_valid(digits) or cnpj.is_valid(digits)):
        return digits
    kept = found.lower()
    if not any(form.fullmatch(kept) for form in (_PIX_MAIL, _PIX_RANDOM)):
        kept = re.sub(r"[\s()-]", "", found)
    is_one = any(form.fullmatch(kept) for form in (_PIX_PHONE, _PIX_MAIL, _PIX_RANDOM))
    if not is_one or not kept.isascii() or len(kept) > 77:
        raise _invalid("pix", "A Pix key is a CPF or CNPJ, a phone with +55, an e-mail or a random key.")
    return kept


def check_promptpay(text: str) -> str:
    """A PromptPay ID: phone, national or tax number, or wallet; `DomainError` promptpay_invalid."""
    found = re.sub(r"[\s-]", "", text)
    found = re.sub(r"^(\+66|0066)", "0", found)
    if found and not (found.isascii() and _PROMPTPAY.fullmatch(found)):
        raise _invalid("promptpay", "A PromptPay ID is a Thai phone, or 13 or 15 digits.")
    return found


def checked_payee(values: dict[str, object]) -> dict[str, object]:
    """Those of the shop's settings that a payment code takes, in stored form; nothing of the others."""
    found: dict[str, object] = {}
    for name, limit in PAYEE_LIMITS.items():
        if name in values:
            found[name] = clean_text(clean_name(str(values[name])), limit, name)
    for name, check in CHECKS.items():
        if name in values:
            found[name] = check(str(values[name]))
    return found


CHECKS: Final = {
    "payment_iban": check_iban,
    "payment_bic": check_bic,
    "payment_upi": check_upi,
    "payment_pix": check_pix,
    "payment_promptpay": check_promptpay,
}
"""What an account may be, each by its setting."""


def _invalid(what: str, sentence: str) -> DomainError:
    return DomainError(f"{what}_invalid", sentence, field=f"payment_{what}")

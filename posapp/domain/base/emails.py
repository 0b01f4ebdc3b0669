"""E-mail addresses, checked for form only: whether an address exists is found out by writing to it."""

from posapp.domain.base.errors import DomainError


def check_email(text: str) -> str:
    """The address trimmed and in lower case; empty for an empty text. Raises `DomainError` email_invalid."""
    typed = text.strip()
    if not typed:
        return ""
    from email_validator import EmailNotValidError, validate_email

    try:
        checked = validate_email(typed, check_deliverability=False)
    except EmailNotValidError as refusal:
        raise DomainError(
            "email_invalid",
            "Enter an e-mail address such as ana@example.com, or leave the field empty.",
            field="email",
            reason=str(refusal)[:200],
        ) from refusal
    return checked.normalized.lower()

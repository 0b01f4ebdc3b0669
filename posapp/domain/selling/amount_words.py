"""An amount in words as Indian invoices carry it: in English, counted in lakh and crore."""

from typing import Final

from posapp.domain.base.money import Money

_SMALL: Final = (
    "Zero One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen Sixteen "
    "Seventeen Eighteen Nineteen"
).split()
_TENS: Final = "Twenty Thirty Forty Fifty Sixty Seventy Eighty Ninety".split()
_GROUPS: Final = ((10**7, "Crore"), (10**5, "Lakh"), (1000, "Thousand"), (100, "Hundred"))


def number_in_words(number: int) -> str:
    """1,23,456 as "One Lakh Twenty-Three Thousand Four Hundred Fifty-Six"."""
    for size, name in _GROUPS:
        if number >= size:
            groups, rest = divmod(number, size)
            return f"{number_in_words(groups)} {name}" + (f" {number_in_words(rest)}" if rest else "")
    if number < len(_SMALL):
        return _SMALL[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens - 2] + (f"-{_SMALL[ones]}" if ones else "")


def rupees_in_words(money: Money) -> str:
    """₹1,234.50 as "Rupees One Thousand Two Hundred Thirty-Four and Fifty Paise Only"; "" for other money."""
    if money.currency != "INR":
        return ""
    rupees, paise = divmod(abs(money.minor), 100)
    words = f"Rupees {number_in_words(rupees)}" + (f" and {number_in_words(paise)} Paise" if paise else "")
    return f"{'Minus ' if money.minor < 0 else ''}{words} Only"

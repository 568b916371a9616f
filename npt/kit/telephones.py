"""Telephone numbers: kept in the international form of E.164, shown as people in Britain write them.

Which numbers there are is for the library to know: the plans of numbers change several times a year.
"""

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat

from npt.kit.refusals import Refusal

#: The longest number of E.164, with its plus.
LONGEST_KEPT = 16
#: Longer is no number, whatever stands between the digits.
LONGEST_TYPED = 40
_HERE = "GB"
#: Ofcom's numbers for use in drama, which nobody has: exercises and demonstrations need some. The library
#: calls most of them invalid.
_DRAMA = re.compile(r"\+44(7700900|1632960)[0-9]{3}")


class BadTelephone(Refusal):
    """What was given is no telephone number."""


def telephone(text: str, field: str = "telephone") -> str:
    """The number as it is kept: "(01582) 401212" is "+441582401212". BadTelephone.

    Without a plus or 00 it is a British one.
    """
    try:
        number = phonenumbers.parse(text[:LONGEST_TYPED], _HERE)
    except NumberParseException:
        raise _bad(text, field) from None
    if number.extension:
        raise BadTelephone(
            "An extension cannot be kept with a telephone number: leave it out here, and say it under the"
            " best time to reach them.",
            field=field,
        )
    kept: str = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    if len(text) > LONGEST_TYPED or not (phonenumbers.is_valid_number(number) or _DRAMA.fullmatch(kept)):
        raise _bad(text, field)
    return kept


def telephone_in_words(kept: str) -> str:
    """A number that is kept, as people write it: "01582 401212", "+48 22 123 45 67"."""
    number: PhoneNumber = phonenumbers.parse(kept, _HERE)
    is_british = number.country_code == phonenumbers.country_code_for_region(_HERE)
    form = PhoneNumberFormat.NATIONAL if is_british else PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(number, form))


def _bad(text: str, field: str) -> BadTelephone:
    shown = text[:LONGEST_TYPED] + ("…" if len(text) > LONGEST_TYPED else "")
    return BadTelephone(
        f"“{shown}” is no telephone number: give it with its area code, like 01582 401212 or 07700 900123;"
        " a number abroad begins with +.",
        field=field,
    )

"""What stands of a sign-off on the pages of a month."""

from flask import url_for

from npt.access.rules import Permission
from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.performance.views.signed import Part
from npt.seals.queries import edition_of
from npt.seals.rules import SIGNED_LEVELS
from npt.seals.views.door import seal_address
from npt.seals.wording import signed_in_words, unconfirmed_in_words
from npt.webkit.visit import Visit


def signed_part(visit: Visit[Unit], month: Month) -> Part | None:
    """That the month was signed off, with the reason that stands on every page; or the way to sign it."""
    if visit.place.level not in SIGNED_LEVELS or month.last >= visit.today:
        return None
    seal = edition_of(visit.session, visit.place, month)
    if seal is not None:
        return Part(
            "seals/month_part.html",
            {
                "signed": signed_in_words(seal, month),
                "unconfirmed": unconfirmed_in_words(seal),
                "reason": seal.reason,
                "href": seal_address(visit.place, month),
                "sign_href": "",
            },
        )
    if not visit.may(Permission.SIGN_MONTHS, visit.place.path):
        return None
    return Part(
        "seals/month_part.html",
        {"signed": "", "sign_href": url_for("seals.sign", code=visit.place.code, ended=month)},
    )

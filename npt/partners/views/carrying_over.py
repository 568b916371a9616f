"""What ended because an agency closed, shared with one that took over: in one step, from a list."""

from collections.abc import Sequence

from npt.access.rules import Permission
from npt.partners import actions, queries
from npt.partners.forms import CarryOverForm
from npt.partners.models import Agency, Share
from npt.partners.views.door import AGENCY, agency_address, agency_at, agency_trail, pages, seen_of
from npt.partners.wording import level_in_words
from npt.webkit.fields import Choice
from npt.webkit.filters import day as day_in_words
from npt.webkit.filters import plural
from npt.webkit.form_flow import form_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.form(f"{AGENCY}/carry-over", needs=Permission.SHARE)
def carry_over(visit: Visit[None], agency: str) -> Answer:
    """Share with a successor what the agency could see until it closed, as far as one may share it."""
    closed, form = agency_at(visit, agency), CarryOverForm()
    successors, ended = queries.successors(visit.session, closed), _ended(visit, closed)
    form.successor.choices = tuple(Choice(each.code, each.name) for each in successors)
    form.shares.choices = tuple(Choice(str(each.id), each.matter.title, _terms(each)) for each in ended)
    return form_page(
        visit,
        form,
        act=lambda: _carry_over(visit, ended, *form.value()),
        saved=lambda made: f"{plural(len(made), 'record')} shared.",
        back_href=agency_address(closed),
        page=lambda: {
            "agency": agency_at(visit, agency),
            "can_carry": bool(successors and ended),
            "trail": agency_trail(agency_at(visit, agency)),
        },
    )


def _carry_over(visit: Visit[None], ended: Sequence[Share], code: str, keys: Sequence[str]) -> list[Share]:
    (successor,) = actions.named_agencies(visit.session, [code], "successor")
    wanted = [each for each in ended if str(each.id) in keys]
    return actions.carry_over(visit.session, wanted, successor=successor, stamp=visit.stamp)


def _ended(visit: Visit[None], agency: Agency) -> list[Share]:
    """What the person may share of what ended with the agency, would last, and not every successor sees."""
    seen = [
        {share.matter_id for share in queries.shares_open(visit.session, successor.id, visit.now)}
        for successor in queries.successors(visit.session, agency)
    ]
    return [
        each
        for each in seen_of(visit, queries.ended_by_closing(visit.session, agency))
        if visit.may(Permission.SHARE, each.matter.path)
        and each.until >= visit.today
        and not (seen and all(each.matter_id in of_one for of_one in seen))
    ]


def _terms(share: Share) -> str:
    return f"{share.matter.reference}, {level_in_words(share).lower()}, until {day_in_words(share.until)}"

"""Communities and what was said of them in sentences, as pages say them."""

from collections.abc import Iterable

from npt.communities.models import CommunityFlag, CommunityShare
from npt.communities.rules import Figures, Flag, Said, Standing, last_valid_day
from npt.webkit.filters import day, number, plural


def share_in_words(share: CommunityShare | None) -> str:
    """A share with its day and source: "4.5% as at 21 March 2021, census"; "not known"."""
    if share is None or share.percent is None:
        return "not known"
    source = f", {share.source}" if share.source else ", source not given"
    return f"{number(share.percent)}% as at {day(share.as_at)}{source}"


def flags_in_words(flags: Iterable[CommunityFlag]) -> str:
    """Flags in a cell: "vulnerable, emerging"; "none"."""
    return ", ".join(each.flag.wording for each in flags) or "none"


def who_set(flag: CommunityFlag) -> str:
    """Who set a flag."""
    return "a file" if flag.set_by is None else flag.set_by.name


def standing_in_words(standing: Standing) -> str:
    """A list on a day: "2 named, last said on 3 May 2026", "nobody has said since 1 April 2008"."""
    if standing.said is Said.SILENT or standing.on is None:
        return f"nobody has said since {day(standing.silent_from)}"
    what = "signed none" if standing.named == 0 else f"{standing.named} named"
    if standing.said is Said.LAPSED:
        return f"{what}, last said on {day(standing.on)}: to re-confirm since {day(standing.silent_from)}"
    return f"{what}, last said on {day(standing.on)}"


def good_until(standing: Standing) -> str:
    """Until when what was said counts: "3 May 2027"; "" where it does not."""
    return day(last_valid_day(standing.on)) if standing.is_said and standing.on is not None else ""


def people_in_words(figures: Figures) -> str:
    """How many stated their ethnicity, and how many did not."""
    stated, unstated = figures.stated, figures.not_stated
    said = (
        "Not every group is known, so there are no shares."
        if stated is None
        else f"{number(stated)} people stated their ethnicity."
    )
    if unstated is None:
        return f"{said} How many did not is not known."
    return f"{said} {number(unstated)} did not: they are counted beside the others and stand in no share."


def said_in_words(met: int, all_of_them: int) -> str:
    """How many neighbourhoods have said both: "61 of 88 neighbourhoods have said …"."""
    have = "has" if met == 1 and all_of_them == 1 else "have"
    return (
        f"{met} of {plural(all_of_them, 'neighbourhood')} {have} said in the last 12 months which of their"
        " communities are vulnerable and which are emerging."
    )


def all_in_words(flag: Flag) -> str:
    """The list of a flag: "vulnerable communities"."""
    return f"{flag.wording} communities"

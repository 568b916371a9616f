"""Communities and what was said of them in sentences, as pages say them."""

from collections.abc import Iterable

from npt.communities.models import CommunityFlag, CommunityShare
from npt.communities.rules import Figures, Flag, Mix, MixRow, Said, Standing, last_valid_day
from npt.kit.shares import Share, rounded_half_up
from npt.kit.statistics import Verdict
from npt.webkit.charts import HeardBars, HeardFigure, heard_bars
from npt.webkit.filters import day, number, plural
from npt.webkit.listing import Column, Columns


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


# The mix of voices -----------------------------------------------------------------------------------------


def mix_columns(
    group: str, heard: str = "Heard", heard_share: str = "Share of those heard"
) -> Columns[MixRow]:
    """The columns of a mix: `group` is what a row is, `heard` what is counted."""
    return (
        Column(group, lambda row: row.name, holds_words=True),
        Column("Verdict", lambda row: row.in_words, tone=lambda row: _MIX_TONES.get(row.verdict, "quiet")),
        Column(heard, lambda row: row.heard, is_number=True, name="heard"),
        Column(
            "Expected",
            lambda row: None if row.expected is None else rounded_half_up(row.expected, 2),
            is_number=True,
        ),
        Column(
            heard_share,
            lambda row: row.heard_share,
            is_number=True,
            name="heard_share",
            below=_interval,
        ),
        Column(
            "Share of the population",
            lambda row: None if row.share is None else Share(row.share.numerator, row.share.denominator),
            is_number=True,
            name="share",
        ),
    )


_MIX_TONES: dict[Verdict | None, str] = {
    Verdict.UNDER: "bad",
    Verdict.OVER: "caution",
    Verdict.IN_LINE: "good",
}


def _interval(row: MixRow) -> str:
    if row.ends is None:
        return ""
    low, high = (rounded_half_up(end * 100, 1) for end in (row.ends.low, row.ends.high))
    return f"between {low}% and {high}%"


def mix_bars(mix: Mix) -> list[HeardBars]:
    """The bars of a mix, for the chart of expected against heard."""
    return heard_bars(
        [
            HeardFigure(
                row.name,
                row.share,
                row.heard_share.fraction,
                None if row.ends is None else row.ends.low,
                None if row.ends is None else row.ends.high,
                row.in_words,
                is_under=row.verdict is Verdict.UNDER,
            )
            for row in mix.rows
        ]
    )


def beside_in_words(mix: Mix) -> str:
    """What stands beside n: "40 people whose group is known; 2 would not say, 7 were not asked"."""
    unstated = f" {number(mix.not_stated)} would not say," if mix.not_stated else ""
    return (
        f"{plural(mix.of, 'person', 'people')} whose group is known;{unstated}"
        f" {number(mix.not_asked)} {'was' if mix.not_asked == 1 else 'were'} not asked."
    )

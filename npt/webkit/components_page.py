"""The product's own style guide: every page component in every state, with invented figures.

Shown in development and tests only; the accessibility and picture checks visit it.
"""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from flask_wtf.csrf import generate_csrf
from werkzeug.datastructures import MultiDict

from npt.kit.intervals import Interval
from npt.kit.months import Month, thirteen_months_to
from npt.kit.paging import Page
from npt.kit.refusals import Refusal
from npt.kit.shares import Share
from npt.webkit import charts, parts
from npt.webkit.fields import (
    CheckboxesField,
    Choice,
    ConfirmField,
    DateField,
    DecimalField,
    EmailField,
    IntegerField,
    MonthField,
    PasswordField,
    RadiosField,
    SelectField,
    TextAreaField,
    TextField,
    TimeField,
)
from npt.webkit.filters import percent
from npt.webkit.forms import CreateForm, QueryForm

HERE = "#main-content"
MONTH = Month(2026, 5)
DAY = date(2026, 5, 4)
MEMBERS = (Choice("1042", "Constable Ash Varley"), Choice("1077", "Constable Robin Thorne"))
REASONS = (
    Choice("event", "Event", "A match, march or public gathering"),
    Choice("custody", "Custody"),
    Choice("other", "Other", "Say what in the note"),
)


class ExampleForm(CreateForm[str]):
    """One field of each kind."""

    title = TextField(
        "Title", limit=60, missing="Enter a title", hint="A few words that others will recognise"
    )
    email = EmailField("Email address", missing="Enter an email address")
    password = PasswordField("Password", missing="Enter your password")
    on = DateField(
        "Which day?", noun="The day", missing="Enter the day", hint="For example, 4 5 2026 or 4 May 2026"
    )
    starts = TimeField(
        "Away from", noun="The start", missing="Enter when it started", hint="For example, 14:30"
    )
    month = MonthField("Month", noun="The month", missing="Enter a month")
    team = SelectField(
        "Team", choices=(Choice("JN1", "Goldington"), Choice("JN2", "Castle")), missing="Choose a team"
    )
    reason = RadiosField(
        "Why were they taken off?", noun="Reason", choices=REASONS, missing="Choose a reason"
    )
    members = CheckboxesField("Who?", noun="Members", choices=MEMBERS, missing="Choose at least one member")
    posts = IntegerField("Funded posts", lowest=0, highest=500, missing="Enter the number of posts")
    fte = DecimalField(
        "Full-time equivalent",
        places=2,
        lowest=Decimal("0.01"),
        highest=Decimal(1),
        missing="Enter the full-time equivalent",
        hint="1 is full time, 0.5 is half time",
    )
    note = TextAreaField("Note", limit=200, missing=None)
    is_checked = ConfirmField(
        "I have checked this with the member", missing="Confirm that you have checked it"
    )

    def value(self) -> str:
        """The title: the style guide saves nothing."""
        return self.title.value


class ExampleFilter(QueryForm[Month]):
    """A month and a role to look at."""

    month = MonthField("Month", noun="The month", missing="Enter a month", default=MONTH)
    role = SelectField(
        "Role",
        choices=(Choice("constable", "Constables"), Choice("pcso", "PCSOs")),
        empty="All roles",
        missing=None,
    )

    def value(self) -> Month:
        """The month."""
        return self.month.value


def _filled() -> ExampleForm:
    return ExampleForm(
        formdata=None,
        prefix="filled",
        title="Late opening at the market",
        email="sergeant@demo.example",
        on=DAY,
        starts=time(14, 30),
        month=MONTH,
        team="JN2",
        reason="event",
        members=("1042",),
        posts=28,
        fte=Decimal("0.5"),
        note="Back by six.",
        is_checked=True,
    )


def _refused() -> ExampleForm:
    sent = {
        "title": "A title that goes on long after everybody has understood what it is about",
        "email": "sergeant at demo",
        "on-day": "31",
        "on-month": "June",
        "on-year": "2026",
        "starts": "24:30",
        "month-month": "13",
        "month-year": "2026",
        "team": "JN9",
        "posts": "1e309",
        "fte": "1.255",
        "note": "\u202eturned round",
    }
    typed = {f"refused-{name}": text for name, text in sent.items()}
    form = ExampleForm(
        MultiDict({**typed, "refused-csrf_token": generate_csrf(), "submission_key": "lost"}),
        prefix="refused",
    )
    form.validate()
    form.refuse(Refusal("The shift was changed by somebody else: look at it again and repeat your entry."))
    return form


def _rate(label: str, part: int, whole: int, target: int, provisional: str = "") -> parts.Figure:
    return parts.Figure(
        label=label,
        rate=Share(part, whole),
        target=target,
        basis=f"{part:,} h abstracted of {whole:,} h on duty",
        definition="local, 2008",
        href=HERE,
        provisional=provisional,
    )


def _figures() -> list[parts.Figure]:
    return [
        _rate("Inspectors, sergeants and constables", 1249, 10068, 20),
        _rate("PCSOs", 612, 11402, 5, "Confirmed for 82.1% of shifts, under 90%."),
        _rate("PCSOs, Goldington", 0, 0, 5),
        _rate("Exactly on target", 2000, 10000, 20),
    ]


def _months(tenths: tuple[int | None, ...], target: int) -> list[charts.MonthFigure]:
    figures = []
    for month, rate in zip(thirteen_months_to(MONTH), tenths, strict=True):
        share = Share(rate or 0, 1000 if rate is not None else 0)
        verdict = parts.Verdict.of(share, target)
        words = {
            parts.Verdict.WITHIN: f"{percent(share)}, within {target}%",
            parts.Verdict.OVER: f"{percent(share)}, over {target}%",
            parts.Verdict.NOT_KNOWN: "not known: no duty recorded",
        }[verdict]
        figures.append(charts.MonthFigure(month, share, words, is_provisional=month == MONTH, href=HERE))
    return figures


def _small_multiples() -> tuple[charts.SmallTrend, ...]:
    months = {
        "Castle": (98, 112, 130, 141, 122, 118, 160, 171, 149, 133, 127, 119, 124),
        "Goldington": (152, 171, 188, 204, 216, 231, 242, 238, 225, 219, 228, 236, 241),
        "Kempston": (60, 72, 55, 81, None, None, 75, 66, 71, 83, 90, 84, 79),
        "Town centre": (181, 190, 197, 200, 203, 196, 211, 189, 178, 190, 185, 192, 200),
    }
    return tuple(
        charts.small_multiple(
            name,
            HERE,
            figures[-1].words,
            [(figure.rate, figure.is_provisional) for figure in figures],
            20,
        )
        for name, figures in ((name, _months(rates, 20)) for name, rates in months.items())
    )


def _day() -> tuple[charts.HourAxis, list[parts.DutyLine]]:
    midnight = datetime(2026, 5, 3, 23, 0, tzinfo=UTC)

    def span(first: float, last: float) -> Interval:
        return Interval(midnight + timedelta(hours=first), midnight + timedelta(hours=last))

    early, late, night = span(7, 16), span(14, 23), span(22, 31)
    axis = charts.hour_axis([early, late, night])
    away = [charts.Away(span(9, 11.5), "response", is_absence=False)]
    both = [
        charts.Away(span(14, 15), "leave", is_absence=True),
        charts.Away(span(19, 23), "night-time economy", is_absence=False),
    ]
    return axis, [
        parts.DutyLine("Lee Marsh", "sergeant", "9 h", axis.strip(early, []), HERE),
        parts.DutyLine("Ash Varley", "constable", "9 h", axis.strip(early, away), HERE),
        parts.DutyLine("Sam Fenn", "PCSO", "8 h", axis.strip(late, both), HERE),
        parts.DutyLine("Robin Thorne", "constable", "9 h", axis.strip(night, []), HERE),
        parts.DutyLine("مريم حداد", "PCSO", "rest day", None, HERE),
    ]


def _staffing() -> list[parts.StaffingLine]:
    def line(role: str, strength: int, establishment: int, fill: str) -> parts.StaffingLine:
        vacancy = Decimal(establishment - strength)
        return parts.StaffingLine(role, Decimal(strength), Decimal(establishment), vacancy, fill, HERE)

    return [
        line("Inspectors", 3, 3, "100.0"),
        line("Sergeants", 6, 7, "85.7"),
        line("Constables", 22, 28, "78.6"),
        line("PCSOs", 46, 54, "85.2"),
        parts.StaffingLine("Special constables", Decimal("12.5"), None, None, None),
    ]


def _tasks() -> list[parts.Task]:
    return [
        parts.Task(
            "Confirm Sunday 3 May", HERE, "Overdue", "Nothing is recorded for two members", is_urgent=True
        ),
        parts.Task("Confirm Monday 4 May", HERE, "To do"),
        parts.Task("Confirm Saturday 2 May", HERE, "Done", is_done=True),
    ]


def _versions() -> tuple[parts.Version, parts.Version]:
    yours = (("Away", "14:00 to 18:00", True), ("Reason", "Event", False), ("Note", "Relieved at six.", True))
    theirs = (("Away", "14:00 to 17:00", True), ("Reason", "Event", False), ("Note", "", True))
    return (
        parts.Version("Yours, not saved", "Typed just now", yours),
        parts.Version("Theirs, saved", "By Sergeant Lee Marsh at 14:02 today", theirs),
    )


def examples() -> dict[str, Any]:
    """Everything that `templates/webkit/components.html` shows. Needs a request, for the forms' tokens."""
    axis, day_lines = _day()
    yours, theirs = _versions()
    trend = (98, 112, 130, 141, None, 118, 216, 231, 149, 133, 127, 119, 124)
    return {
        "figures": _figures(),
        "trend": charts.trend(_months(trend, 20), 20),
        "small_multiples_of_teams": _small_multiples(),
        "axis": axis,
        "day_lines": day_lines,
        "headroom_bar": charts.headroom_bar(allowance=19200, used=14460, planned=1200, entry=360),
        "headroom_over": charts.headroom_bar(allowance=9600, used=9300, planned=240, entry=720),
        "staffing": _staffing(),
        "columns": [
            parts.Heading("Team", sort_href="?sort=-team", sorted="ascending"),
            parts.Heading("Constables", is_number=True, note="FTE"),
            parts.Heading("Duty", is_number=True, note="hours"),
            parts.Heading("Officers abstracted"),
            parts.Heading("PCSOs abstracted"),
        ],
        "pagination": parts.pagination(Page(4, 100), 1240, "shifts", lambda number: f"?page={number}"),
        "tasks": _tasks(),
        "yours": yours,
        "theirs": theirs,
        "empty_form": ExampleForm(formdata=None, prefix="empty"),
        "filled_form": _filled(),
        "refused_form": _refused(),
        "filter_form": ExampleFilter(),
        "here": HERE,
    }

"""The shapes of what programs are told and tell, in the words of OpenAPI: made from the columns of files."""

from collections.abc import Mapping, Sequence

from npt.api.problem_schemas import FIGURES
from npt.api.rules import MOST_LISTED, PAGE_SIZE
from npt.api.schema_parts import (
    COUNT,
    DAY,
    MONTH_TEXT,
    Schema,
    list_of,
    object_of,
    ref,
    text_of,
)
from npt.counting.rules import Outlook
from npt.incidents.exchange import INCIDENTS
from npt.kin.rules import Sector, Status
from npt.measures.exchange import SIGNED_COLUMNS as SIGNED_OF_MEASURES
from npt.measures.rules import CountedIn
from npt.organisation.exchange import UNITS
from npt.people.rules import PolicingRole
from npt.performance.exchange import SIGNED_COLUMNS
from npt.priorities.exchange import PRIORITIES
from npt.problems.exchange import PROBLEMS
from npt.reporting.exchange import LOSSES, VERDICTS
from npt.sheets.columns import Shape
from npt.shifts.exchange import AWAY, DUTY
from npt.work.exchange import REGISTER

_WORDS: Mapping[str, str] = {
    "code": "Code of a unit, unique among all units.",
    "level": "force, bcu, area, team or neighbourhood.",
    "parent": "Code of the unit above; null for a force.",
    "opened_on": "First day the unit is open.",
    "closed_on": "Last day it was open; null while it is open.",
    "priority_class": "1 to 4 for a neighbourhood; 1 has the highest demand.",
    "successors": "Codes, separated by spaces, of the units that took over.",
    "number": "The member's force number.",
    "starts": "An instant in whole minutes: local time (Europe/London), or with an offset.",
    "ends": "An instant in whole minutes, after the start.",
    "team": "Code of the team, where the roster names it; null leaves it to the posting of the day.",
    "reason": "Code of the reason of absence or abstraction.",
    "note": "A note; some reasons need one.",
    "unit": "Code of the unit, of a shift the one in which it counts.",
    "problem": "Reference of the problem, or other record, it belongs to; null for a unit's own.",
    "ref": "The reference by which it is known.",
    "at": "When it happened, in whole minutes: local time (Europe/London), or with an offset.",
    "category": "Code of the category.",
    "lat": "Latitude in degrees (WGS 84), with lng; null where only the place's name is known.",
    "lng": "Longitude in degrees.",
    "neighbourhood": "Code of the neighbourhood; null leaves it to the point, or to the street.",
    "street": "Name of the street.",
    "what": "What is to be done.",
    "owner": "A force number, the email address of an account, or the code of an agency.",
    "due": "The day by which it is to be done.",
    "state": "planned, under-way, done or dropped.",
    "done_on": "The day on which it was done or dropped; null while it is still to be done.",
    "cost": "Pounds with two decimals; null where it is not known.",
    "lost": "surgery, patrol, visit, action or other.",
    "words": "What it was; null where nobody said.",
    "verdict": "appropriate or avoidable.",
    "why": "How it could have been avoided; null where nobody said.",
    "name": "Name as people read it.",
    "originator": "Who raised it: resident, kin, meeting, survey, call, partner or officer.",
    "raised_on": "The day on which it was raised.",
    "agreed_on": "The day on which it was agreed; null while it is only proposed.",
    "answer": "How it stands with whoever raised it; null where nobody was asked yet.",
    "title": "In one sentence.",
    "stage": "scanning, analysis, response, assessment or closed.",
    "outcome": "What came of it, as the files of problems say it; null until somebody says.",
}


def _row(shape: Shape, integers: Sequence[str] = (), **beside: Schema) -> Schema:
    """The rows of a kind of file: a column that may be empty may be null, and may be left out of a push.

    `beside`: what else an answer tells.
    """
    columns: dict[str, Schema] = {}
    for column in shape.columns:
        kind = "integer" if column.name in integers else "string"
        is_required = column.is_required and column.name != "parent"
        columns[column.name] = {
            "type": kind if is_required else [kind, "null"],
            "description": _WORDS[column.name],
            **({"pattern": "\\S"} if is_required and kind == "string" else {}),
        }
    optional = [column.name for column in shape.columns if not column.is_required]
    return {**object_of({**columns, **beside}, optional), "additionalProperties": False}


def _paged(rows: str, **asked: Schema) -> Schema:
    count: Schema = {"type": "integer"}
    return object_of(
        {
            **asked,
            "page": count,
            "pages": count,
            "page_size": {**count, "const": PAGE_SIZE},
            "total": count,
            "rows": list_of(ref(rows)),
        }
    )


_NUMBER: Schema = {"type": ["number", "null"]}
_PERCENTAGE = text_of("Percentage with four decimals; null when not known.", is_known=False)
_BAD_ROW = object_of(
    {
        "index": {"type": ["integer", "null"], "description": "Of the row, from 0; null for all of them."},
        "field": text_of(is_known=False),
        "detail": text_of("What is wrong and what to do. A line it names is the index of a row."),
    }
)
_LISTED: Schema = {**list_of(_BAD_ROW), "maxItems": MOST_LISTED, "description": "The first, by their index."}
_MORE: Schema = {
    "type": "integer",
    "minimum": 1,
    "description": f"How many there are beside the {MOST_LISTED} listed; left out when all are listed.",
}

SCHEMAS: dict[str, Schema] = {
    "Unit": _row(UNITS.shape, integers=("priority_class",)),
    "Shift": _row(DUTY.shape),
    "Away": _row(AWAY.shape),
    "Units": _paged("Unit", as_at=DAY),
    "Shifts": _paged("Shift", unit=text_of(), month=MONTH_TEXT),
    "AwayPage": _paged("Away", unit=text_of(), month=MONTH_TEXT),
    "Loss": _row(LOSSES),
    "Losses": _paged("Loss", unit=text_of(), month=MONTH_TEXT),
    "Action": _row(REGISTER),
    "Actions": _paged("Action", unit=text_of()),
    "Priority": _row(PRIORITIES.shape),
    "Priorities": _paged("Priority", unit=text_of()),
    "ProblemRecord": _row(PROBLEMS.shape),
    "ProblemRecords": _paged("ProblemRecord", unit=text_of()),
    "ProblemWithFigures": _row(PROBLEMS.shape, figures=FIGURES),
    "Verdict": _row(VERDICTS),
    "Verdicts": _paged("Verdict", unit=text_of(), month=MONTH_TEXT),
    "Staffing": object_of(
        {
            "unit": text_of(),
            "as_at": DAY,
            "roles": list_of(
                object_of(
                    {
                        "role": {"enum": [role.value for role in PolicingRole]},
                        "strength": _NUMBER,
                        "establishment": _NUMBER,
                        "vacancy": _NUMBER,
                        "fill": {**_NUMBER, "description": "Per cent, one decimal."},
                    }
                )
            ),
            "ratio": object_of({"strength": _NUMBER, "establishment": _NUMBER}),
            "children": list_of(ref("Staffing")),
        }
    ),
    "Specialists": object_of(
        {
            "unit": text_of(),
            "as_at": DAY,
            "specialists": {**COUNT, "description": "Neighbourhood specialist officers (NSOs)."},
            "line_managed": {**COUNT, "description": "PCSOs whom they line-manage."},
            "without_line_manager": {**COUNT, "description": "PCSOs of the unit with no line manager."},
            "children": list_of(ref("Specialists")),
        }
    ),
    "Students": object_of(
        {
            "unit": text_of(),
            "as_at": DAY,
            "students": {**COUNT, "description": "Student officers."},
            "in_strength": {
                "type": ["boolean", "null"],
                "description": "Whether they are in the figures of strength; null without any.",
            },
            "children": list_of(ref("Students")),
        }
    ),
    "Incident": _row(INCIDENTS.shape),
    "Incidents": object_of(
        {
            "unit": text_of(),
            "month": MONTH_TEXT,
            "rows": list_of(
                object_of(
                    {
                        "category": text_of("Code of the category."),
                        "incidents": {
                            "type": ["integer", "null"],
                            "minimum": 0,
                            "description": "Null where no file reaches over the month.",
                        },
                    }
                )
            ),
        }
    ),
    "Kin": object_of(
        {
            "unit": text_of(),
            "as_at": DAY,
            **{
                each.value: {**COUNT, "description": f"Key individuals: {each.wording.lower()}."}
                for each in Status
            },
            "sectors": list_of(
                object_of({"sector": {"enum": [each.value for each in Sector]}, "people": COUNT})
            ),
            "communities": list_of(object_of({"community": text_of("Its name."), "people": COUNT})),
        }
    ),
    "Engagement": object_of(
        {
            "unit": text_of(),
            "month": MONTH_TEXT,
            "contacts": COUNT,
            "answers_promised": COUNT,
            "matters": list_of(object_of({"category": text_of("Its code."), "contacts": COUNT})),
            "patrols": COUNT,
            "patrol_minutes": COUNT,
            "spoken_to": {**COUNT, "description": "People spoken to on patrols, as far as counted."},
            "people_to_ask": {**COUNT, "description": "By the targets, on days on which that was expected."},
            "people_asked": COUNT,
            "people_lost_to_abstraction": COUNT,
            "days_met": COUNT,
            "days_short": COUNT,
            "days_signed_nil": COUNT,
            "days_not_recorded": COUNT,
        }
    ),
    "Rate": object_of(
        {
            "unit": text_of(),
            "level": text_of(),
            "group": text_of("officers or pcsos, or a role when asked by role."),
            "reason": text_of("Code of a reason, when asked by reason."),
            "month": MONTH_TEXT,
            "definition": text_of(),
            "duty_minutes": COUNT,
            "abstracted_minutes": COUNT,
            "rate": _PERCENTAGE,
            "target": {"type": ["integer", "null"]},
            "within": {"type": ["boolean", "null"]},
            "coverage": _PERCENTAGE,
            "signed_duty_minutes": {
                "type": ["integer", "null"],
                "description": "As signed off, where the rate was restated since; so the next four.",
            },
            "signed_abstracted_minutes": {"type": ["integer", "null"]},
            "signed_rate": _PERCENTAGE,
            "signed_on": {"type": "string", "format": "date"},
            "signed_edition": COUNT,
        },
        optional=["reason", *SIGNED_COLUMNS],
    ),
    "MeasureFigure": object_of(
        {
            "unit": text_of(),
            "level": text_of(),
            "measure": text_of("Code of the measure; docs/measures.md says what each counts."),
            "month": MONTH_TEXT,
            "definition": text_of("Null where the measure goes by none.", is_known=False),
            "counted_in": {"enum": [each.value for each in CountedIn]},
            "counted": {"type": ["integer", "null"], "description": "FTE in hundredths."},
            "of": {"type": ["integer", "null"], "description": "What it is a share or a ratio of."},
            "value": text_of(
                "In what it is counted in, with four decimals; null where not known.", is_known=False
            ),
            "why_unknown": text_of("Null where it is known.", is_known=False),
            "target": text_of("Of the last day of the month; null where there is none.", is_known=False),
            "met": {"type": ["boolean", "null"]},
            "coverage": _PERCENTAGE,
            "signed_counted": {
                "type": ["integer", "null"],
                "description": "As signed off, where the figure was restated since; so the next four.",
            },
            "signed_of": {"type": ["integer", "null"]},
            "signed_value": text_of(is_known=False),
            "signed_on": {"type": "string", "format": "date"},
            "signed_edition": COUNT,
        },
        optional=SIGNED_OF_MEASURES,
    ),
    "Headroom": object_of(
        {
            "unit": text_of(),
            "level": text_of(),
            "group": text_of("officers or pcsos."),
            "month": MONTH_TEXT,
            "definition": text_of(),
            "target": {"type": "integer", "description": "Per cent."},
            "duty_minutes": COUNT,
            "duty_minutes_so_far": COUNT,
            "duty_minutes_rostered": {**COUNT, "description": "Of the days after today."},
            "allowed_minutes": {"type": ["integer", "null"]},
            "used_minutes": COUNT,
            "planned_minutes": COUNT,
            "left_minutes": {"type": ["integer", "null"], "description": "Negative when over."},
            "pace": _PERCENTAGE,
            "expected_rate": {**_PERCENTAGE, "description": "By the end of the month at this pace."},
            "coverage": {**_PERCENTAGE, "description": "Of the shifts so far."},
            "outlook": {"enum": [each.value for each in Outlook]},
            "broken_on": {"type": ["string", "null"], "format": "date"},
        }
    ),
    "Pushed": object_of(
        {
            "kind": {"enum": ["duty", "away", "incidents", "problems"]},
            "added": COUNT,
            "changed": COUNT,
            "unchanged": COUNT,
            "warnings": _LISTED,
            "more_warnings": _MORE,
        },
        optional=["more_warnings"],
    ),
    "Problem": object_of(
        {
            "type": text_of(),
            "title": text_of(),
            "status": {"type": "integer"},
            "detail": text_of(),
            "errors": _LISTED,
            "more_errors": _MORE,
        },
        optional=["errors", "more_errors"],
    ),
}

"""All that is held on one person, as a file for them: to read, and for programs."""

import json
import zipfile
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from html import escape
from pathlib import Path

from sqlalchemy.orm import Session

from npt.data_protection.queries.holdings import ENTRY_COLUMNS, Holding, entries_about, holdings_of
from npt.data_protection.rules import Person
from npt.journal.rules import plain
from npt.kit.clock import day_in_words, moment_in_words
from npt.kit.files import written_whole
from npt.sheets.writing import to_csv

_NOTES = (
    "Names of other people are left out, and so is what opens a door: passwords, tokens.",
    "Pages that show many people at once are in the journal by the page, and not here.",
    "You may ask for what is wrong to be corrected, and for erasure once it is no longer needed.",
)
_STYLE = (
    "body{font:1em/1.5 Arial,sans-serif;max-width:60em;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse;display:block;overflow-x:auto}"
    "th,td{border-bottom:1px solid #b1b4b6;padding:.3em .8em .3em 0;text-align:left;vertical-align:top}"
)


def write_access_request(session: Session, person: Person, target: Path, *, today: date) -> int:
    """Write the file, whole or not at all; how many rows are in it. OSError when the disk refuses."""
    holdings = holdings_of(session, person)
    entries = entries_about(session, person, holdings)
    with written_whole(target) as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("index.html", _page(person, holdings, entries, today))
        archive.writestr("everything.json", _as_json(person, holdings, entries, today))
        for holding in holdings:
            name = holding.table if holding.is_theirs else f"{holding.table}-named"
            archive.writestr(f"csv/{name}.csv", to_csv(holding.columns, _cells(holding.rows)))
        archive.writestr("csv/journal.csv", to_csv(ENTRY_COLUMNS, _cells(entries)))
    return sum(len(holding.rows) for holding in holdings) + len(entries)


def _cells(rows: Iterable[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """The values as a file of rows takes them: what has no cell of its own as text."""
    return [
        tuple(each if isinstance(each, date | datetime | int | str | None) else plain(each) for each in row)
        for row in rows
    ]


def _as_json(
    person: Person, holdings: Sequence[Holding], entries: Sequence[tuple[object, ...]], today: date
) -> str:
    tables = [
        {
            "table": holding.table,
            "why": holding.why,
            "kept": holding.kept,
            "theirs": holding.is_theirs,
            "rows": [dict(zip(holding.columns, map(plain, row), strict=True)) for row in holding.rows],
        }
        for holding in holdings
    ]
    journal = [dict(zip(ENTRY_COLUMNS, map(plain, entry), strict=True)) for entry in entries]
    told = {"person": person.said, "on": today.isoformat(), "tables": tables, "journal": journal}
    return json.dumps(told, indent=1, ensure_ascii=False)


def _page(
    person: Person, holdings: Sequence[Holding], entries: Sequence[tuple[object, ...]], today: date
) -> str:
    title = f"What is held on the {person.said}"
    parts = [f"<p>On {escape(day_in_words(today))}.</p>", *(f"<p>{escape(note)}</p>" for note in _NOTES)]
    for holding in holdings:
        heading = _worded(holding.table) + (
            "" if holding.is_theirs else ", where they did it or were part of it"
        )
        about = f"Why: {holding.why}. How long: {holding.kept}."
        parts.append(_table(heading, about, holding.columns, holding.rows))
    about = "What was done to these records and who looked at them, and what they did themselves."
    parts.append(_table("Journal", about, ENTRY_COLUMNS, entries))
    return (
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>'
        f"<body><h1>{escape(title)}</h1>{''.join(parts)}</body></html>"
    )


def _table(heading: str, about: str, columns: Collection[str], rows: Sequence[tuple[object, ...]]) -> str:
    head = "".join(f'<th scope="col">{escape(_worded(each))}</th>' for each in columns)
    body = "".join(f"<tr>{''.join(f'<td>{escape(_said(each))}</td>' for each in row)}</tr>" for row in rows)
    return (
        f"<h2>{escape(heading)} ({len(rows):,})</h2><p>{escape(about)}</p>"
        f"<table><caption>{escape(heading)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _worded(name: str) -> str:
    words = name.removesuffix("_id").replace("_", " ")
    return words[:1].upper() + words[1:]


def _said(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return moment_in_words(value)
    return day_in_words(value) if isinstance(value, date) else str(plain(value))

"""The documents that are read here."""

from flask import url_for

from npt.access.rules import Permission
from npt.documents.forms import DUE
from npt.documents.queries import documents_read_at
from npt.overview.cards.card import Card, Fact, Line, Patch
from npt.webkit.filters import day, number

#: Documents that stand on the card by name. Ours.
MOST_NAMED = 4


def documents(patch: Patch) -> Card | None:
    """The newest documents, and how many are due for review."""
    code = patch.place.code
    if not patch.may(Permission.SEE_DOCUMENTS):
        return None
    found = [each for each in documents_read_at(patch.session, patch.place.path) if each.withdrawn_on is None]
    due = sum(each.is_due(patch.today) for each in found)
    href = url_for("documents.documents", code=code)
    due_href = url_for("documents.documents", code=code, show=DUE)
    return Card(
        "Documents",
        href if found or patch.may(Permission.FILE_DOCUMENTS) else "",
        "All documents",
        [
            *(
                [Fact(number(len(found)), "document" if len(found) == 1 else "documents", href)]
                if found
                else []
            ),
            *([Fact(number(due), "to review", due_href, is_flagged=True)] if due else []),
        ],
        [
            Line(
                each.title,
                url_for("documents.document", code=code, reference=each.reference),
                f"{each.kind.wording}, {day(each.dated_on)}",
            )
            for each in found[:MOST_NAMED]
        ],
        "" if found else "No document is in the library for here.",
    )

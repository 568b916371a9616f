"""The forms that ask: the one of the search, and those of the journal."""

from datetime import date, timedelta

from npt.journal.rules import ChangeKind
from npt.overview.journal_search import Question
from npt.webkit.fields import Choice, DateField, EmailField, SelectField, TextField
from npt.webkit.forms import QueryForm

#: How far back a search goes where nobody says how far.
_LATELY = timedelta(days=30)
KINDS = (
    Choice(ChangeKind.ADDED.value, "Added"),
    Choice(ChangeKind.CHANGED.value, "Changed"),
    Choice(ChangeKind.REMOVED.value, "Removed"),
    Choice(ChangeKind.VIEWED.value, "Seen or downloaded"),
)


class JournalForm(QueryForm[Question]):
    """Member, account, kind, days and action; each may be left empty."""

    member = TextField("Member", limit=20, missing=None, hint="Force number")
    account = EmailField("Account", missing=None, hint="Email address", autocomplete="off")
    kind = SelectField("Kind", choices=KINDS, missing=None, empty="All kinds")
    act = TextField("Action", limit=80, missing=None, hint="Some of its words, for example password")
    first = DateField("From", missing=None, name="from")
    last = DateField("To", missing=None, name="to")

    def value(self) -> Question:
        """What was asked, without member and account, which the database knows."""
        return Question(
            first=self.first.value,
            last=self.last.data,
            kind=ChangeKind(self.kind.data) if self.kind.data else None,
            act=self.act.data or "",
        )

    def read_address(self, today: date) -> None:
        """Read the address; from 30 days ago where it does not say from when."""
        if not self.first.typed:
            self.first.data = today - _LATELY
        self.validate()


class SearchForm(QueryForm[str]):
    """What to look for."""

    q = TextField("Name, number or place", limit=100, missing=None)

    def value(self) -> str:
        """What was typed; "" where nothing was."""
        return self.q.data or ""

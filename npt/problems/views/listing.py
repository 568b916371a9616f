"""The columns of lists of problems."""

from datetime import date

from npt.problems.queries import MOST_LISTED, ProblemLine
from npt.webkit.addresses import address
from npt.webkit.filters import number, plural
from npt.webkit.listing import Column, Columns

#: What is said under a listwhere it goes no further.
MORE = f"The first {number(MOST_LISTED)} are listed: choose more narrowly, or download the list to have all."


def line_address(line: ProblemLine) -> str:
    """The page of a problem in a list."""
    return address("problems.problem", problem=line.reference)


def columns_of(today: date, *, with_unit: bool = True) -> Columns[ProblemLine]:
    """What a list says of problems to whoever may see all of them but the sensitive part."""

    def age(line: ProblemLine) -> str:
        days = plural(line.age(today), "day")
        return f"open for {days}" if line.closed_on is None else f"closed after {days}"

    return (
        problem_column(),
        Column("Reference", lambda line: line.reference, is_on_page=False),
        _stage(),
        Column("Category", lambda line: line.category, is_sortable=True),
        Column("Place", lambda line: line.place, holds_words=True),
        Column("Owner", lambda line: line.owner_name, holds_words=True, is_sortable=True, below=_to_do),
        unit_column(is_on_page=with_unit),
        Column("Raised", lambda line: line.raised_on, below=age, is_sortable=True),
        Column("Closed", lambda line: line.closed_on, is_sortable=True, is_on_page=False),
        Column("Outcome", lambda line: line.outcome_words, is_on_page=False),
        Column("Actions to do", lambda line: line.to_do, is_on_page=False),
        Column("Actions overdue", lambda line: line.overdue, is_on_page=False),
    )


def problem_column() -> Column[ProblemLine]:
    """The title of a problem, with its reference below."""
    return Column(
        "Problem",
        lambda line: line.title,
        holds_words=True,
        below=lambda line: line.reference,
        is_sortable=True,
        name="title",
    )


def unit_column(*, is_on_page: bool = True) -> Column[ProblemLine]:
    """The unit that has a problem."""
    return Column(
        "Unit",
        lambda line: line.unit_name,
        holds_words=True,
        in_file=lambda line: line.unit_code,
        is_on_page=is_on_page,
    )


def _stage() -> Column[ProblemLine]:
    def below(line: ProblemLine) -> str:
        return ", ".join(filter(None, (line.outcome_words, unproved(line))))

    return Column("Stage", lambda line: line.stage, below=below, in_file=lambda line: line.stage.value)


def unproved(line: ProblemLine) -> str:
    """What is said of a record that came from paper or a file."""
    return "stages not proved here" if line.is_unproved else ""


def _to_do(line: ProblemLine) -> str:
    if not line.to_do:
        return ""
    overdue = f", {number(line.overdue)} overdue" if line.overdue else ""
    return f"{plural(line.to_do, 'action')} to do{overdue}"

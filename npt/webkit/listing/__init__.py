"""Lists: one table is the page, its order and its parts, and the file that is taken out of it.

    COLUMNS: Columns[PostedMember] = (
        Column("Name", lambda each: each.member.name, is_sortable=True),
        Column("FTE", lambda each: each.posting.fte, is_number=True),
    )

    posted = part_of(members_of(visit.session, visit.place.path, day), COLUMNS, 100)
    table = Table("Members", COLUMNS, posted, noun="members", file=f"members-{visit.place.code}-{day}")
    return visit.render(table=table)

A template shows it by `listing` of components/tables.html. The address says all of it: `?page=2`,
`?sort=-name`, and `?format=csv` for the same list as a file, whole and in the same order. What else the
address asks stays as it is in every link. What is not there (a page, an order, a format) is not found.
"""

from npt.webkit.listing.columns import Column, Columns, Row, coded
from npt.webkit.listing.tables import File, Table, part_of, sorting_asked_of, where_in

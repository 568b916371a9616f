"""What is asked of the list of key individuals, and of their mix."""

from collections.abc import Iterable
from datetime import date

from npt.kin.queries import Asked, Attention
from npt.kin.rules import Sector, Status
from npt.kit.quarters import Quarter
from npt.webkit.fields import Choice, SelectField
from npt.webkit.forms import QueryForm

_SECTORS = tuple(Choice(each.value, each.wording) for each in Sector)
_STATUSES = tuple(Choice(each.value, each.wording) for each in Status)
_ATTENTION = (
    Choice(Attention.NOT_SEEN.value, "Not seen for 90 days"),
    Choice(Attention.TO_REVIEW.value, "To be kept or ended"),
    Choice(Attention.TWICE.value, "Recorded twice, perhaps"),
)
#: The quarters that may be looked at: the present one and so many before.
QUARTERS_BACK = 8


class ListForm(QueryForm[Asked]):
    """The filters of the list: everybody who has not left, unless the address says otherwise."""

    status = SelectField("Status", missing=None, empty="All who have not left", choices=_STATUSES)
    sector = SelectField("Stands for", missing=None, empty="Anything", choices=_SECTORS)
    community = SelectField("Can speak for", missing=None, empty="Anyone")
    show = SelectField("Show", missing=None, empty="Everybody", choices=_ATTENTION)

    def offer_communities(self, names: Iterable[tuple[str, str]]) -> None:
        """Let one of these be chosen: as it is compared, and as people write it."""
        self.community.choices = tuple(Choice(*each) for each in names)

    def asked(self) -> Asked:
        """What was asked; what could not be read is left out."""
        sector, status, show = self.sector.data, self.status.data, self.show.data
        return Asked(
            sector=None if sector is None else Sector(sector),
            community=self.community.data,
            status=None if status is None else Status(status),
            attention=None if show is None else Attention(show),
        )


class MixForm(QueryForm[Quarter]):
    """The quarter that is looked at."""

    quarter = SelectField("Quarter", missing=None, empty="This quarter")

    def offer(self, today: date) -> None:
        """Let one of the quarters up to today's be chosen."""
        quarters, each = list[Quarter](), Quarter.of(today)
        for _ in range(QUARTERS_BACK):
            quarters.append(each)
            each = each.previous
        self.quarter.choices = tuple(Choice(str(each), each.title) for each in quarters)

    def asked(self, today: date) -> Quarter:
        """The quarter asked for; that of today where none was, or none that there is."""
        return Quarter.of(today) if self.quarter.data is None else Quarter.parse(self.quarter.data)

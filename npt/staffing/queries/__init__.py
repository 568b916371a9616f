"""Questions of staffing, one file a subject."""

from npt.staffing.queries.contacts import (
    Away,
    Named,
    NeighbourhoodCover,
    candidates,
    contact_in,
    contacts_of,
    contacts_under,
    cover_of,
    serves,
)
from npt.staffing.queries.establishments import (
    changes_under,
    establishment_in,
    establishments_in,
    establishments_of,
    establishments_under,
)
from npt.staffing.queries.loans import Loan, Loans, loans
from npt.staffing.queries.photos import photo_of, photographed, picture_of
from npt.staffing.queries.ratios import Ratios, UnitRatio, limit_in, limits_of, ratios
from npt.staffing.queries.specialists import (
    SpecialistCounts,
    SpecialistPcsos,
    SpecialistsOnDay,
    specialist_counts,
    specialists_on,
)
from npt.staffing.queries.strength import Staffing, Students, counts_on, staffing_of, staffing_with
from npt.staffing.queries.students import students_on
from npt.staffing.queries.succession import Ending, endings
from npt.staffing.queries.timeline import timeline
from npt.staffing.queries.trend import MonthEnd, trend
from npt.staffing.queries.vacancies import Vacancy, empty_posts, vacancies
from npt.staffing.queries.volunteer_hours import (
    Giver,
    RoleGiving,
    WorkLine,
    givers,
    giving,
    target_in,
    targets_of,
    times_of,
    times_under,
)
from npt.staffing.queries.volunteer_week import GivenCell, GivenWeek, given_week

"""Questions about people as such: who is meant, who was erased, what is held on somebody."""

from npt.data_protection.queries.erased_records import erased_records
from npt.data_protection.queries.people import (
    erased_among,
    erased_on,
    erased_people,
    is_erased,
    kept_for,
    person_named,
    person_of,
    still_here,
)
from npt.data_protection.queries.summary import Held, Look, counts_held, looks_at
from npt.data_protection.queries.whose import whose

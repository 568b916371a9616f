"""Questions about seals: the editions of a month, what was signed, what the records give now."""

from npt.seals.queries.content import content_now, content_of
from npt.seals.queries.editions import edition_of, editions_of
from npt.seals.queries.signed import signed_figures, signed_of_measures, signed_of_rates
from npt.seals.queries.verdict import verdict_on

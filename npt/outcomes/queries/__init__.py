"""Questions about what came of problems."""

from npt.outcomes.queries.assessment import cost_of, lacks_to_close, response_ended_on
from npt.outcomes.queries.cost import WhileOpen, while_open
from npt.outcomes.queries.figures import Ground, Seen, incidents_seen
from npt.outcomes.queries.figures_shown import Offer, Shown, baselines_offered, shown_of

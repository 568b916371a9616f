"""Questions about reports, reviews and losses."""

from npt.reporting.queries.losses import (
    LossesPage,
    LossRecord,
    loss_counts,
    losses_asked,
    losses_page,
)
from npt.reporting.queries.reports import (
    OwnReport,
    OwnShift,
    ReportLine,
    next_shift,
    own_away,
    own_reports,
    own_running,
    own_shift,
    report_in,
    running_on,
    unanswered_days,
    waiting_in,
    waiting_reports,
)
from npt.reporting.queries.reviews import (
    Judged,
    Judgement,
    ReviewAct,
    ReviewLine,
    ReviewPage,
    judgements,
    lines_of,
    review_page,
    reviews_of,
    verdict_in_words,
    verdicts_asked,
)

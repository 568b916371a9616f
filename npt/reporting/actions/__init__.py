"""What members and managers say of abstraction. Nothing here commits; every refusal has its name."""

from npt.reporting.actions.reports import (
    AlreadyReported,
    NotYourShift,
    StaleReport,
    accept_report,
    end_report,
    refuse_report,
    report_abstraction,
    withdraw_report,
)
from npt.reporting.actions.reviews import Seen, StaleReview, review_abstraction, undo_review

"""The law of problem records: stages and what each asks for, outcomes, scores."""

from npt.problems.rules.gates import (
    Analysis,
    Assessment,
    Hypothesis,
    Involvement,
    Lack,
    Response,
    Scanning,
    Source,
    Triangle,
    lacks_of,
)
from npt.problems.rules.moving import NotReady, ReasonMissing, check_move
from npt.problems.rules.outcomes import Bearing, Outcome, WasDone, bearing_of
from npt.problems.rules.places import PlaceKind
from npt.problems.rules.scores import HIGHEST_MARK, MARK_WORDS, BadMark, Marks
from npt.problems.rules.stages import (
    FEWEST_KINDS,
    LONGEST_PLACE,
    LONGEST_SENTENCE,
    LONGEST_TEXT,
    LONGEST_WORDS,
    RADIUS,
    MeasureKind,
    Noticed,
    SourceKind,
    Stage,
    StageRefused,
    Use,
)
from npt.problems.rules.texts import BadProblemText, check_text, words_of
from npt.problems.rules.waiting import SCORED_AT, SCORER, OpenAction, SignOff, Waiting, waiting_on
from npt.problems.rules.windows import (
    NOTICED_DAYS,
    BadWindows,
    Counted,
    Window,
    noticed_by_default,
    window_of,
)

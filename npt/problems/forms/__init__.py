"""What is typed about a problem."""

from npt.problems.forms.analysis import AnalysisForm
from npt.problems.forms.asking import ProblemsForm
from npt.problems.forms.beside import EvidenceForm, LinkForm, MoveForm, OwnerForm, SensitiveForm
from npt.problems.forms.choices import StageRecord
from npt.problems.forms.response import ResponseForm
from npt.problems.forms.scanning import ScanningForm
from npt.problems.forms.starting import KeyedForm, StartForm

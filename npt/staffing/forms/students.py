"""What is typed about whether student officers count in strength."""

from dataclasses import dataclass
from datetime import date

from npt.people.models import StudentRule
from npt.webkit.fields import Choice, FirstDayField, RadiosField
from npt.webkit.forms import CreateForm, EditForm

_IN, _BESIDE = "yes", "no"
COUNTED = (Choice(_IN, "They count in strength"), Choice(_BESIDE, "They do not count in strength"))


def _counted_field() -> RadiosField:
    return RadiosField("Student officers", missing="Choose whether they count.", choices=COUNTED)


@dataclass(frozen=True, slots=True)
class NewStudentRule:
    """Whether student officers count from a day on, as typed."""

    is_counted: bool
    starts_on: date


class StudentRuleForm(CreateForm[NewStudentRule]):
    """Whether student officers count, from a day on."""

    counted = _counted_field()
    starts_on = FirstDayField(hint="It holds until the next one that is set.")

    def value(self) -> NewStudentRule:
        """What was typed."""
        return NewStudentRule(self.counted.value == _IN, self.starts_on.value)


class CorrectStudentRuleForm(EditForm[bool]):
    """A correction of whether student officers count."""

    counted = _counted_field()

    @classmethod
    def values_of(cls, record: StudentRule) -> dict[str, object]:
        """Whether they count, as it is chosen."""
        return {"counted": _IN if record.is_counted else _BESIDE}

    def value(self) -> bool:
        """What was typed."""
        return self.counted.value == _IN

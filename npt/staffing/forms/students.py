"""What is typed about whether student officers count in strength."""

from npt.webkit.fields import FirstDayField, YesNoField
from npt.webkit.forms import CreateForm, EditForm, Keywords


class StudentRuleForm(CreateForm[Keywords]):
    """Whether student officers count, from a day on."""

    is_counted = YesNoField(
        "Student officers",
        missing="Choose whether they count.",
        yes="They count in strength",
        no="They do not count in strength",
        name="counted",
    )
    starts_on = FirstDayField(hint="It applies until it is next changed.")


class CorrectStudentRuleForm(EditForm[Keywords]):
    """A correction of whether student officers count."""

    is_counted = StudentRuleForm.is_counted

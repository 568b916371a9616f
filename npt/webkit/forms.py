"""The base of every form: it parses what was typed to one typed value and decides nothing.

What a form goes through once it is sent is in ``npt.webkit.form_flow``.
"""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Self, TypeVar, cast

from flask import request
from flask_wtf import FlaskForm as _UntypedFlaskForm
from markupsafe import Markup
from wtforms import ValidationError

from npt.kit.refusals import Refusal
from npt.store.versions import Versioned
from npt.webkit import govuk, submissions
from npt.webkit.asked import leave_out
from npt.webkit.fields import Control, HiddenField
from npt.webkit.fields.control import controls

if TYPE_CHECKING:
    # Flask-WTF has no types; what we use of it has the shape of a WTForms form.
    from wtforms import Form as FlaskForm
else:
    FlaskForm = _UntypedFlaskForm

Value = TypeVar("Value")
#: One control of both versions of a record: its name, the value typed, and the value that stands, in words.
Sides = tuple[str, str, str]
#: What was typed, by the keywords of the action that takes it.
Keywords = dict[str, Any]

EXPIRED = "This page had expired, or its cookie was missing. Send it again."


class Form(FlaskForm, Generic[Value]):
    """A form sent by POST, protected against forged requests, that parses to one ``Value``."""

    class Meta(_UntypedFlaskForm.Meta):  # type: ignore[misc]  # Flask-WTF has no types
        """What WTForms asks about the form."""

        # No time limit: a form left open over a shift must still be accepted. The session's own end is
        # the limit that protects.
        csrf_time_limit = None

    def value(self) -> Value:
        """What was typed, as one typed value. Only of a form that validated.

        The keywords, unless the form says otherwise.
        """
        return cast(Value, self.keywords())

    def keywords(self) -> Keywords:
        """What was typed, by the names of the controls."""
        given: Keywords = {}
        for name in self.data:
            control = self[name]
            if isinstance(control, Control) and not isinstance(control, HiddenField):
                given[name] = control.given
        return given

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        """Whether the form was sent and everything typed could be read."""
        return request.method == "POST" and self.validate(extra_validators)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether everything typed could be read. Messages are on the fields."""
        is_valid = super().validate(extra_validators)
        if self.meta.csrf and self["csrf_token"].errors:
            self["csrf_token"].errors = [EXPIRED]
        return is_valid

    #: beside which control a refusal is shown, by the field that it names; "" for one that names none of ours
    refusals_beside: ClassVar[Mapping[str, str]] = {}

    def refuse(self, refusal: Refusal) -> None:
        """Show an action's refusal on the control it belongs to, or in the summary."""
        name = self.refusals_beside.get(refusal.field or "", refusal.field or "")
        name = name if name in self else self.refusals_beside.get("", "")
        field = self[name] if name in self else None  # noqa: SIM401 - a form is no mapping: it has no get
        if isinstance(field, Control):
            field.refuse(refusal.message)
        else:
            self.form_errors.append(refusal.message)

    @property
    def has_errors(self) -> bool:
        """Whether anything was refused."""
        return bool(self.errors)

    def error_list(self) -> list[dict[str, str]]:
        """Every message in the order of the form, each with the address of its control if it has one."""
        entries = [{"text": message} for message in self.form_errors]
        if self.meta.csrf:
            entries += [{"text": message} for message in self["csrf_token"].errors]
        for control in controls(self):
            link = {"href": f"#{control.focus_id}"} if control.focus_id else {}
            entries += [{"text": message, **link} for message in control.errors]
        return entries

    def error_summary(self) -> Markup:
        """The summary that stands above the page's heading; empty when nothing was refused."""
        if not self.has_errors:
            return Markup("")
        summary = govuk.macro("error-summary")
        return summary({"titleText": "There is a problem", "errorList": self.error_list()})

    def hidden_fields(self) -> Markup:
        """All hidden inputs, the token against forged requests among them; stands first inside the form."""
        inputs = [control() for control in controls(self) if isinstance(control, HiddenField)]
        if self.meta.csrf:
            token: Any = self["csrf_token"]
            inputs.append(
                Markup('<input type="hidden" name="{}" value="{}">').format(token.name, token.current_token)
            )
        return Markup("\n").join(inputs)


class _Shown:
    """A record as a form reads it: what the form says of itself first, then the record's attributes."""

    def __init__(self, record: object, first: Mapping[str, object]) -> None:
        self._record, self._first = record, first

    def __getattr__(self, name: str) -> object:
        if name in self._first:
            return self._first[name]
        return getattr(self._record, name)


class CreateForm(Form[Value]):
    """A form that makes something new: its single-use key lets a double click make one record, not two."""

    submission_key = HiddenField("Submission key", missing=None, default=submissions.new_key)

    def validate_submission_key(self, field: HiddenField) -> None:
        """Refuse a form whose key did not come from us."""
        if not re.fullmatch("[0-9a-f-]{36}", field.data or ""):
            field.data = submissions.new_key()
            field.typed = []
            raise ValidationError("Part of this page was missing. Check what you typed and send it again.")


class EditForm(Form[Value]):
    """A form that changes a record: it carries the version that was shown, so that a change made meanwhile
    is noticed. It is filled in with the record by `of`.
    """

    version = HiddenField("Version", missing=None)

    @classmethod
    def of(cls, record: Versioned, **given: Any) -> Self:
        """The form filled in with a record: each control takes the attribute of its own name."""
        return cls(obj=_Shown(record, cls.values_of(record)), **given)

    @classmethod
    def values_of(cls, record: Any) -> Mapping[str, object]:
        """The values of those controls that are not an attribute of the record by the same name."""
        return {}

    def keywords(self) -> Keywords:
        """What was typed, and the version that the person saw."""
        return {**super().keywords(), "expected_version": self.shown_version}

    def sides(self, theirs: Self) -> list[Sides]:
        """What this form and `theirs` hold, control by control, in words."""
        pairs = zip(controls(self), controls(theirs), strict=True)
        return [
            (mine.label.text, mine.in_words(), other.in_words()) for mine, other in pairs if mine.is_compared
        ]

    def differs_from(self, theirs: Self) -> bool:
        """Whether a form filled in with the record as it is now holds something that this one says otherwise.

        Where it does not, as with what is only done to a record, there are no two versions to compare.
        """
        pairs = zip(controls(self), controls(theirs), strict=True)
        return any(
            mine.is_compared and other.data not in (None, "", False) and mine.in_words() != other.in_words()
            for mine, other in pairs
        )

    def carry_version(self, version: int) -> None:
        """Say that the page now shows this version, whatever was sent."""
        self.version.data, self.version.typed = str(version), []

    def validate_version(self, field: HiddenField) -> None:
        """Refuse a form that does not say what it changes."""
        if not re.fullmatch("[0-9]{1,9}", field.data or ""):
            raise ValidationError("Part of this page was missing. Open the record again.")

    @property
    def shown_version(self) -> int:
        """The version that the person saw. LookupError before the form is validated."""
        return int(self.version.value)


class SeenForm(EditForm[Value]):
    """A form that is acted on only once what it would do was shown: it carries which effect that was."""

    seen = HiddenField("What was seen", missing=None)

    def show(self, digest: str) -> None:
        """Say that the effect of this digest is shown now."""
        self.seen.data, self.seen.typed = digest, []

    def has_seen(self, digest: str) -> bool:
        """Whether the effect of this digest was shown before the form was sent."""
        return self.seen.data == digest


class QueryForm(Form[Value]):
    """A form whose answers are in the address, so that a view can be shared. It changes nothing.

    A field that the address leaves out keeps its default.
    """

    class Meta:
        """What WTForms asks about the form."""

        csrf = False
        absent_means_default = True

    def __init__(self, **given: Any) -> None:
        super().__init__(formdata=request.args, **given)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether everything asked could be read. What could not stays out of the links of the page."""
        is_valid = super().validate(extra_validators)
        leave_out(name for control in controls(self) if control.errors for name in control.names())
        return is_valid

    def hidden_fields(self) -> Markup:
        """The hidden inputs that say something: what is empty need not stand in an address."""
        hidden = [control for control in controls(self) if isinstance(control, HiddenField)]
        return Markup("\n").join(control() for control in hidden if control.text)

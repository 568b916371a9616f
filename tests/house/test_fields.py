"""Every field of every form: one line stays one line, and radio buttons of one form are of one size."""

from typing import Any

import pytest

import npt.factory  # noqa: F401 - with it comes every form
from npt.webkit.fields import RadiosField, TextField
from npt.webkit.forms import Form
from tests.house.fields import control_of, faults, forms, one_line_fields

FORMS = sorted(
    {each for each in forms() if each.__module__.startswith("npt.")}, key=lambda form: form.__name__
)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_a_field_of_one_line_takes_one_line(form: type[Form[Any]]) -> None:
    found = list(faults(form))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_the_radio_buttons_of_a_form_are_of_one_size(form: type[Form[Any]]) -> None:
    controls = [control_of(name, field) for name, field in one_line_fields(form)]
    sizes = {
        control.name: "small" if "govuk-radios--small" in control.classes else "large"
        for control in controls
        if isinstance(control, RadiosField)
    }
    assert len(set(sizes.values())) <= 1, f"{form.__name__} mixes sizes: give all its radios one: {sizes}"


def test_the_forms_are_found() -> None:
    assert len(FORMS) > 60


# Planted ----------------------------------------------------------------------------------------------------


class _Trusting(TextField):
    """Keeps what is typed."""

    def clean(self, text: str) -> str:
        """As it is."""
        return text


class _Planted(Form[str]):
    name = _Trusting("Name", limit=10, missing=None)


def test_a_field_that_keeps_a_line_end_is_found() -> None:
    found = list(faults(_Planted))
    for code in ("000A", "000B", "0085", "2028"):
        assert any(f"_Planted.name keeps U+{code}" in fault for fault in found)

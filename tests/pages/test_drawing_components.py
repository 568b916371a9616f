"""GOV.UK's components as drawn for forms: remembered by everything that they are made of."""

from markupsafe import Markup

from npt.webkit import govuk


def _input(label: str, **more: object) -> dict[str, object]:
    return {"id": "note", "name": "note", "label": {"text": label}, **more}


def test_what_is_remembered_is_what_the_component_draws() -> None:
    asked = _input("Note", hint={"text": "What it was for"})
    fresh = govuk.macro("input")(asked)
    assert [govuk.drawn("input", asked), govuk.drawn("input", dict(asked))] == [fresh, fresh]


def test_text_and_markup_of_the_same_letters_are_drawn_apart() -> None:
    text, markup = "<b>Note</b>", Markup("<b>Note</b>")
    assert "&lt;b&gt;" in govuk.drawn("input", _input(text))
    assert "<b>Note</b>" in govuk.drawn("input", _input(markup))


def test_a_number_is_not_taken_for_yes() -> None:
    assert 'value="1"' in govuk.drawn("input", _input("Note", value=1))
    assert 'value="1"' not in govuk.drawn("input", _input("Note", value=True))


def test_components_with_the_same_parameters_are_drawn_apart() -> None:
    assert "<textarea" not in govuk.drawn("input", _input("Note"))
    assert "<textarea" in govuk.drawn("character-count", _input("Note", maxlength=10))

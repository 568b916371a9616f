"""Every form notices a second press and says what is wrong beside the field; each is sent empty to see it."""

import pytest

from npt.access.rules import Role
from tests.house.filling import forms_to_fill_in
from tests.house.markup import error_links, faults_in, read
from tests.house.visits import House, pages
from tests.pages.gallery import EXAMPLES, KEYLESS, Exhibit

#: A form as a page shows it, with a place for its key.
FORM = """<form method="post"><input type="hidden" name="csrf_token" value="x">{}<input name="note"></form>"""
FORMS = [each for each in pages() if each.values[0] not in EXAMPLES]


@pytest.mark.parametrize(("endpoint", "exhibit"), FORMS)
def test_every_form_carries_a_key_or_a_version(house: House, endpoint: str, exhibit: Exhibit) -> None:
    for form in forms_to_fill_in(house.see(endpoint, exhibit)):
        assert form.has_key or endpoint in KEYLESS, (
            f"the form to {form.address} carries neither: make it a CreateForm or an EditForm, and show its "
            f"hidden_fields(); or say in KEYLESS of tests/pages/gallery.py why sending it twice is harmless"
        )


@pytest.mark.parametrize(("endpoint", "exhibit"), FORMS)
def test_every_form_left_empty_is_refused_on_a_sound_page(
    house: House, endpoint: str, exhibit: Exhibit
) -> None:
    person = house.person(exhibit.role)
    for form in forms_to_fill_in(house.see(endpoint, exhibit)):
        answer = person.client.post(form.address, data=form.left_empty)
        assert answer.status_code == 422, f"{form.address} took an empty form: {answer.status}"
        faults = faults_in(answer.text)
        assert not faults, "\n".join(faults)
        assert error_links(read(answer.text)), f"{form.address}: no error links to its control"


@pytest.mark.parametrize(
    ("key", "is_key"),
    [
        ('<input type="hidden" name="submission_key" value="5">', True),
        ('<input type="hidden" name="version" value="1">', True),
        ('<input type="hidden" name="version" value="">', False),
        ("", False),
    ],
)
def test_a_form_without_a_key_is_told_from_one_with(house: House, key: str, is_key: bool) -> None:
    page = house.person(Role.OFFICER).get("/account")
    page.set_data(FORM.format(key))
    (form,) = forms_to_fill_in(page)
    assert form.has_key is is_key


def test_a_form_is_sent_as_it_is_shown_or_with_nothing_filled_in(house: House) -> None:
    page = house.person(Role.OFFICER).get("/account")
    page.set_data(
        FORM.format(
            '<input type="checkbox" name="is_whole" value="1">'
            '<input type="radio" name="role" value="pcso" checked>'
            '<input name="name" value="Ash"><select name="kind"><option value="a"><option value="b"></select>'
        )
    )
    (form,) = forms_to_fill_in(page)
    assert form.as_shown == {"csrf_token": "x", "role": "pcso", "name": "Ash", "kind": "a", "note": ""}
    assert form.left_empty == {"csrf_token": "x"}
    assert form.address == "/account"

"""Whatever is put into an address or a form, the answer says so to a person, and the server never fails.

On PostgreSQL, which refuses what SQLite swallows: keys beyond its integers, bytes that are no text.
"""

import pytest
from flask import request

from npt.access.rules import Role, SignedIn
from npt.webkit.pages import ROUTES, Answer, Pages
from npt.webkit.visit import Visit
from tests.house.strangeness import BEYOND_ANY_DATABASE, STRANGE, at_addresses, in_forms
from tests.house.visits import FILES, House
from tests.pages.gallery import EXAMPLES, GALLERY, Exhibit

#: One exhibit a route: strange things are the same to everybody.
ONE_EACH = {endpoint: shown[0] for endpoint, shown in GALLERY.items() if endpoint in ROUTES}
FORMS = sorted(
    endpoint
    for endpoint in ONE_EACH
    if "GET" in ROUTES[endpoint].methods and endpoint not in {*FILES, *EXAMPLES}
)


@pytest.mark.parametrize("endpoint", ONE_EACH)
def test_a_strange_address_is_answered(house_on_postgresql: House, endpoint: str) -> None:
    faults = list(at_addresses(house_on_postgresql, endpoint, ONE_EACH[endpoint], STRANGE))
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("endpoint", ONE_EACH)
def test_a_key_beyond_any_database_names_nothing(house: House, endpoint: str) -> None:
    """SQLite's keys overflow where PostgreSQL's compare."""
    faults = list(at_addresses(house, endpoint, ONE_EACH[endpoint], [BEYOND_ANY_DATABASE]))
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("endpoint", FORMS)
def test_a_form_filled_in_strangely_is_answered(house_on_postgresql: House, endpoint: str) -> None:
    faults = list(in_forms(house_on_postgresql, endpoint, ONE_EACH[endpoint], STRANGE))
    assert not faults, "\n".join(faults)


# Planted ----------------------------------------------------------------------------------------------------

ANYBODY = SignedIn(because="it is planted")


def test_a_page_that_trusts_its_address_is_found(bare_house: House, planted: Pages) -> None:
    @planted.read("/planted/<kept_id>", needs=ANYBODY)
    def kept(visit: Visit[None], kept_id: str) -> Answer:
        """Something by its number."""
        return str(int(kept_id))

    bare_house.app.register_blueprint(planted.blueprint)
    faults = list(at_addresses(bare_house, "planted.kept", Exhibit(Role.OFFICER), STRANGE))
    assert any("GET /planted/1e309 fails with ValueError" in fault for fault in faults)


def test_a_page_that_trusts_its_questions_is_found(bare_house: House, planted: Pages) -> None:
    @planted.read("/planted", needs=ANYBODY)
    def listed(visit: Visit[None]) -> Answer:
        """One page of a list."""
        return str(int(request.args.get("page", "1")))

    bare_house.app.register_blueprint(planted.blueprint)
    faults = list(at_addresses(bare_house, "planted.listed", Exhibit(Role.OFFICER), STRANGE))
    assert any("page=1e309" in fault and "refuse it in the form" in fault for fault in faults)


def test_a_page_that_looks_at_nothing_it_is_asked_is_asked_once(bare_house: House, planted: Pages) -> None:
    asked = []

    @planted.read("/planted", needs=ANYBODY)
    def told(visit: Visit[None]) -> Answer:
        """Whether something is asked."""
        asked.append(request.full_path)
        return f"previewed: {'preview' in request.args}"

    bare_house.app.register_blueprint(planted.blueprint)
    assert list(at_addresses(bare_house, "planted.told", Exhibit(Role.OFFICER), STRANGE)) == []
    assert [each.count("=-1") for each in asked] == [0, 7], "seen once to learn what it can be asked"


def test_a_form_that_trusts_what_is_typed_is_found(bare_house: House, planted: Pages) -> None:
    @planted.form("/planted", needs=ANYBODY)
    def entry(visit: Visit[None]) -> Answer:
        """A number."""
        if visit.is_sent:
            int(request.form["number"])
        return '<form method="post"><input name="number" value="1"></form>'

    bare_house.app.register_blueprint(planted.blueprint)
    faults = list(in_forms(bare_house, "planted.entry", Exhibit(Role.OFFICER), STRANGE))
    assert any("number='1e309' sent to /planted fails with ValueError" in fault for fault in faults)


def test_a_form_that_trusts_one_field_once_another_is_right_is_found(
    bare_house: House, planted: Pages
) -> None:
    @planted.form("/planted", needs=ANYBODY)
    def entry(visit: Visit[None]) -> Answer:
        """A day, and then a number."""
        if visit.is_sent:
            if request.form["day"] != "Monday":
                errors = '<ul class="govuk-error-summary__list"><li><a href="#the-day">Which day?</a></ul>'
                return errors, 422
            int(request.form["number"])
        day = '<input id="the-day" name="day" value="Monday">'
        return f'<form method="post">{day}<input name="number" value="1"></form>'

    bare_house.app.register_blueprint(planted.blueprint)
    faults = list(in_forms(bare_house, "planted.entry", Exhibit(Role.OFFICER), STRANGE))
    assert any(fault.startswith("number='1e309' sent to /planted fails with ValueError") for fault in faults)


def test_a_form_that_blames_nobody_is_tried_field_by_field(bare_house: House, planted: Pages) -> None:
    @planted.form("/planted", needs=ANYBODY)
    def entry(visit: Visit[None]) -> Answer:
        """A day, and then a number."""
        if visit.is_sent:
            if request.form["day"] != "Monday":
                return "Something is wrong.", 422
            int(request.form["number"])
        return '<form method="post"><input name="day" value="Monday"><input name="number" value="1"></form>'

    bare_house.app.register_blueprint(planted.blueprint)
    faults = list(in_forms(bare_house, "planted.entry", Exhibit(Role.OFFICER), STRANGE))
    assert any(fault.startswith("number='1e309' sent to /planted fails with ValueError") for fault in faults)

"""An infected file is kept by no form that takes files: whoever sent it is told, and nothing stays."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from html import unescape
from io import BytesIO

import pytest
from sqlalchemy import Table, func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from npt.attachments.actions import receive
from npt.store.base import Base
from npt.webkit.extensions import db
from npt.webkit.pages import ROUTES
from tests.house.visits import House
from tests.pages.gallery import GALLERY, Exhibit
from tests.scanners import FOUND, SIGN, open_scanner

#: The forms that take a file, each as it hangs in the gallery first.
FORMS = [(endpoint, GALLERY[endpoint][0]) for endpoint, route in ROUTES.items() if route.largest_file]


@pytest.fixture
def scanned(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """The house, with a scanner at its door."""
    with open_scanner() as scanner:
        doors = house.app.extensions["npt_doors"]
        asking = replace(doors, examine=partial(receive, scanner=scanner.address))
        monkeypatch.setitem(house.app.extensions, "npt_doors", asking)
        yield house


def rows(house: House, tables: list[Table]) -> list[int | None]:
    with house.app.app_context():
        return [db.session.scalar(select(func.count()).select_from(table)) for table in tables]


@pytest.mark.parametrize(("endpoint", "exhibit"), FORMS, ids=[endpoint for endpoint, _ in FORMS])
def test_an_infected_file_is_refused_where_it_was_sent_and_nothing_is_left_of_it(
    scanned: House, endpoint: str, exhibit: Exhibit
) -> None:
    person, address = scanned.person(exhibit.role), scanned.address(endpoint, exhibit)
    tables = [*Base.metadata.sorted_tables]
    before = rows(scanned, tables)
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', person.get(address).text)
    sent = {name: unescape(value) for name, value in hidden}
    boundary, body = encode_multipart({**sent, "file": FileStorage(BytesIO(b"words " + SIGN), "plan.txt")})
    refused = person.client.post(address, data=body, content_type=f"multipart/form-data; boundary={boundary}")
    assert refused.status_code == 422
    assert f"“plan.txt” was not kept: the virus scanner found {FOUND} in it." in unescape(refused.text)
    assert SIGN.decode() not in refused.text
    assert rows(scanned, tables) == before

"""A form that is sent twice is known again, on both engines."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from npt.store.transaction import writing
from npt.webkit.submissions import Earlier, claim, settle
from tests import make

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


def test_a_form_sent_again_is_led_where_the_first_sending_led(session: Session) -> None:
    with writing(session):
        person, other = make.account(session).id, make.account(session).id
        assert claim(session, "key", person, NOW, "sent") is None
        settle(session, "key", "/agencies/LBC")
    with writing(session):
        assert claim(session, "key", person, NOW, "sent") == Earlier("/agencies/LBC", is_same=True)
        assert claim(session, "key", person, NOW, "changed") == Earlier("/agencies/LBC", is_same=False)
        assert claim(session, "key", other, NOW, "sent") == Earlier("/", is_same=False)
        assert claim(session, "another key", person, NOW, "sent") is None

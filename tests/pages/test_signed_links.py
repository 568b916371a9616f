"""Links for people without an account."""

import hashlib
from datetime import date, timedelta

import pytest
from itsdangerous import URLSafeSerializer

from npt.webkit.signed_links import LinkAltered, LinkExpired, LinkPurpose

DAY = date(2026, 11, 30)
OLD, NEW = "o" * 40, "n" * 40
LOOK, CONFIRM = LinkPurpose("look at it"), LinkPurpose("confirm it", lasts=timedelta(days=30))


def test_a_link_is_good_for_its_own_purpose_alone() -> None:
    other = LinkPurpose("confirm another", lasts=timedelta(days=30))
    with pytest.raises(LinkAltered):
        other.read((NEW,), CONFIRM.sign((NEW,), 7, DAY), DAY)


def test_a_link_works_for_its_days_and_then_says_that_it_has_expired() -> None:
    signed = CONFIRM.sign((NEW,), 7, DAY)
    assert CONFIRM.read((NEW,), signed, DAY + timedelta(days=30)) == 7
    with pytest.raises(LinkExpired):
        CONFIRM.read((NEW,), signed, DAY + timedelta(days=31))


def test_a_link_signed_with_the_key_before_still_works() -> None:
    for purpose in (LOOK, CONFIRM):
        assert purpose.read((NEW, OLD), purpose.sign((OLD,), 7, DAY), DAY) == 7


def test_a_link_of_a_key_that_is_ours_no_more_opens_nothing() -> None:
    with pytest.raises(LinkAltered):
        LOOK.read((NEW,), LOOK.sign((OLD,), 7, DAY), DAY)


def test_a_link_that_a_resident_was_sent_before_still_works() -> None:
    sent = URLSafeSerializer([OLD, NEW], salt=LOOK.name, signer_kwargs={"digest_method": hashlib.sha1}).dumps(
        7
    )
    assert LOOK.read((NEW, OLD), str(sent), DAY) == 7

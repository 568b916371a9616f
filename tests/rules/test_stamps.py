"""Who changed something, and when."""

from datetime import UTC, datetime

import pytest

from npt.kit.stamps import Stamp

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)


def test_the_command_line_does_nothing_that_only_a_person_can() -> None:
    assert Stamp(7, NOW).account_id == 7
    with pytest.raises(LookupError):
        _ = Stamp(None, NOW).account_id

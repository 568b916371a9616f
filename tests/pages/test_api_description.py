"""The interface for programs held against its own description, as two roles."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import given, settings
from schemathesis import Case, GenerationMode
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.accounts.actions import existing_account
from npt.api.actions import make_token
from npt.api.openapi import description
from tests import make

Operation = APIOperation[Any, Any, Any, Any]
NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
#: Tries of each kind at each address for each role.
TRIES = 12
#: Refused although it is as it is described: what it names is not there, or cannot be (see the description).
REFUSED = ["2xx", "403", "404", "409", "422"]


def tokens(session: Session) -> dict[Role, str]:
    """A manager of BCU C, who records duty, and an officer of its team T1, who only looks."""
    bcu = make.bcu(session, code="C")
    team = make.team(session, under=make.area(session, under=bcu), code="T1")
    shift = make.shift(session, member=make.member(session, number="1", team=team))
    make.away(session, shift=shift)
    found: dict[Role, str] = {}
    for role, unit in ((Role.MANAGER, bcu), (Role.OFFICER, team)):
        make.account(session, role=role, unit=unit, email=f"{role.value}@force.example")
        account = existing_account(session, f"{role.value}@force.example")
        found[role] = make_token(session, account, "duty system", now=NOW)
    session.commit()
    return found


def operations(app: Flask) -> Iterator[Operation]:
    """What is described, asked of units and definitions that there mostly are."""
    told = description()
    for path in told["paths"].values():
        for operation in path.values():
            for parameter in operation["parameters"]:
                if parameter["name"] == "unit":
                    parameter["schema"] = {"enum": ["C", "T1", "T9"]}
    config = schemathesis.Config.from_dict(
        {
            "checks": {
                "positive_data_acceptance": {"expected-statuses": REFUSED},
                "ignored_auth": {"enabled": False},
            }
        }
    )
    schema = schemathesis.openapi.from_dict(told, config=config)
    schema.app = app
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)  # a description that is not sound is another test's
        yield found.ok()


@pytest.mark.parametrize("mode", GenerationMode)
def test_what_is_described_is_taken_and_anything_else_refused(
    app: Flask, session: Session, mode: GenerationMode
) -> None:
    """Each case is made up once, which takes longer than to answer it, and sent by both."""
    shown = [{"Authorization": f"Bearer {token}"} for token in tokens(session).values()]
    for operation in operations(app):
        if mode is GenerationMode.NEGATIVE and not operation.definition.raw["parameters"]:
            continue  # nothing can be asked of it, so nothing wrongly

        @settings(max_examples=TRIES, derandomize=True, database=None, deadline=None)
        @given(case=operation.as_strategy(generation_mode=mode))
        def holds(case: Case[Any]) -> None:
            for headers in shown:
                case.call_and_validate(headers=headers)

        holds()

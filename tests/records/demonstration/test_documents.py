"""The demonstration force has a library in which there is something to see of everything."""

from npt.documents.queries import documents_read_at, reviews_due
from tests.records.demonstration.loading import TODAY, Loaded


def test_a_dozen_documents_are_filed_some_of_them_anew_and_one_withdrawn(
    demonstration: Loaded,
) -> None:
    path = demonstration.unit("BEDS").path
    lines = documents_read_at(demonstration.session, path)
    assert len(lines) >= 12
    assert [line.title for line in lines if line.withdrawn_on] == ["Special constabulary plan"]
    assert sum(line.number == 2 for line in lines) == 2
    assert 0 < reviews_due(demonstration.session, path, TODAY) < 6


def test_a_team_reads_its_own_documents_and_those_that_are_meant_for_it(demonstration: Loaded) -> None:
    titles = {line.title for line in documents_read_at(demonstration.session, demonstration.unit("C12").path)}
    assert {"Engagement plan of the team", "Abstraction protocol", "Summer disorder plan"} <= titles
    assert "Community tension assessment" not in titles

"""The key individual network at a glance: how many, whom nobody has seen, for whom nobody speaks."""

from collections.abc import Iterator

from flask import url_for

from npt.access.rules import Permission
from npt.kin.queries import Attention, NetworkMix, Waiting, waiting_under
from npt.overview.cards.card import Card, Fact, Line, Patch
from npt.webkit.filters import number
from npt.webkit.parts import Link

#: Communities without a voice that are named on the card; the rest are a link away. Ours.
MOST_NAMED = 5


def network(patch: Patch) -> Card | None:
    """Numbers only: names are for the pages of whoever keeps the records."""
    code = patch.place.code
    if not patch.may(Permission.SEE_KIN):
        return None
    mix = patch.network
    waiting = waiting_under(patch.session, patch.place.path, patch.today)
    more = [Link("Who is represented", url_for("kin.mix", code=code))]
    if patch.is_neighbourhood and patch.stands and patch.may(Permission.KEEP_KIN):
        more.append(Link("Add a key individual", url_for("kin.new_individual", code=code)))
    return Card(
        "Key individuals",
        url_for("kin.individuals", code=code),
        "All key individuals",
        list(_facts(patch, mix, waiting)),
        list(_silent(patch, mix)),
        _nobody(patch, mix),
        more,
    )


def _nobody(patch: Patch, mix: NetworkMix) -> str:
    if mix.voices:
        return ""
    return "Nobody is in the network yet." if patch.stands else "Nobody was in the network."


def _facts(patch: Patch, mix: NetworkMix, waiting: Waiting) -> Iterator[Fact]:
    href = url_for("kin.individuals", code=patch.place.code)
    if mix.voices and patch.stands:
        yield Fact(number(len(mix.voices)), "in the network", href)
    elif mix.voices:  # the list is of today
        yield Fact(number(len(mix.voices)), "in the network on the last day")
    for count, words, show in (
        (waiting.not_seen, "not seen for 90 days", Attention.NOT_SEEN),
        (waiting.to_review, "to keep or end", Attention.TO_REVIEW),
    ):
        if count:
            yield Fact(number(count), words, f"{href}?show={show.value}", is_flagged=True)
    if waiting.proposed:
        yield Fact(number(waiting.proposed), "proposed", f"{href}?status=proposed")


def _silent(patch: Patch, mix: NetworkMix) -> Iterator[Line]:
    """The communities for which nobody speaks, flagged ones first."""
    silent = mix.nobody_for
    if silent:
        names = ", ".join(each.name for each in silent[:MOST_NAMED])
        rest = f" and {len(silent) - MOST_NAMED} more" if len(silent) > MOST_NAMED else ""
        href = url_for("kin.mix", code=patch.place.code)
        yield Line("Nobody speaks for", href, f"{names}{rest}", [(number(len(silent)), "caution")])

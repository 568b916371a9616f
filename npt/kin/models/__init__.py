"""Tables of key individuals, and of the encounters with them."""

from npt.kin.models.encounters import Encounter
from npt.kin.models.individuals import Consent, KeyIndividual, Move, SpokenFor

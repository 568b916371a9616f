"""The files of contacts and of patrols, in and out."""

from npt.engagement.exchange.contacts import CONTACTS
from npt.engagement.exchange.figures import heard_as_json
from npt.engagement.exchange.patrols import PATROLS
from npt.store.exchange import exports, imports

_KINDS = (CONTACTS, PATROLS)
IMPORTS = imports(*_KINDS)
EXPORTS = exports(*_KINDS)

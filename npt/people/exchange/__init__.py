"""The files of people: members and postings, in and out."""

from npt.people.exchange.members import MEMBERS, member_rows, save_members
from npt.people.exchange.postings import POSTINGS, posting_rows, save_postings
from npt.store.exchange import Export, Import

IMPORTS = {MEMBERS.kind: Import(MEMBERS, save_members), POSTINGS.kind: Import(POSTINGS, save_postings)}
EXPORTS = {MEMBERS.kind: Export(MEMBERS, member_rows), POSTINGS.kind: Export(POSTINGS, posting_rows)}

"""The pages of members, their postings, and the accounts of a unit."""

from npt.webkit.pages import Pages

pages = Pages("people")

"""The declared routes of the search."""

from npt.webkit.pages import Pages

pages = Pages("problem_search")

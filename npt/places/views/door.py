"""The pages of places."""

from npt.webkit.pages import Pages

pages = Pages("places")

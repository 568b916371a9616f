"""Where the pages of reporting are declared."""

from npt.webkit.pages import Pages

pages = Pages("reporting")

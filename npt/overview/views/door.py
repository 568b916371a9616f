"""Where the composed pages are declared."""

from npt.webkit.pages import Pages

pages = Pages("overview")

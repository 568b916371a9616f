"""Where the pages of counting are declared."""

from npt.webkit.pages import Pages

pages = Pages("counting")

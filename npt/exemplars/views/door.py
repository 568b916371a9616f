"""What the screens of the library share."""

from npt.webkit.pages import Pages

pages = Pages("exemplars")

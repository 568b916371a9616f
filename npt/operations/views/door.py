"""What the screens of operations share: their declared routes."""

from npt.webkit.pages import Pages

pages = Pages("operations")

"""What the screens of packs share: declared routes."""

from npt.webkit.pages import Pages

pages = Pages("packs")

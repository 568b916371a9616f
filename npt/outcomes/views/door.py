"""What the screens of outcomes share."""

from npt.webkit.pages import Pages

pages = Pages("outcomes")

#: Where the pages about what came of a problem stand.
ASSESSED = "/problems/<assessed>"

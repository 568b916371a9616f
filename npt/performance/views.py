"""The pages of performance."""

from npt.webkit.pages import Pages

pages = Pages("performance")

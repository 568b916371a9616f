"""The pages of staffing."""

from npt.webkit.pages import Pages

pages = Pages("staffing")

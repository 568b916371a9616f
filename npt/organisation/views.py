"""The pages of the structure: how it stood on a day, opening and closing units."""

from npt.webkit.pages import Pages

pages = Pages("organisation")

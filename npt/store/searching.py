"""What a database can leave out of a search before the words are compared, without losing an answer."""

from sqlalchemy import ColumnElement, SQLColumnExpression, or_

from npt.kit.search_words import Sought

#: The most letters that are looked for: more leave out hardly anything more.
_MOST_LETTERS = 12


def may_fit(sought: Sought, text: SQLColumnExpression[str]) -> ColumnElement[bool]:
    """The condition that a text may fit: it has the letters of the longest word sought, in that order, with
    anything between them, or a letter that has to be folded before it can be compared.

    True of every text that fits, and of some that do not: whoever asks looks at what is found.
    """
    letters = max(sought.words, key=len, default="")[:_MOST_LETTERS]
    # In some locales the small letter of I is not i: a letter, whichever, stands for it.
    pattern = "".join(f"%{letter}" for letter in letters.replace("i", "_")) + "%"
    return or_(text.ilike(pattern), text.regexp_match(r"[^\x01-\x7f]"))

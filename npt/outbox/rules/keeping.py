"""How long letters are kept."""

from datetime import timedelta

#: Subject and text are needed to answer "what did you write to me?", and for as long as a letter may come
#: back.
TEXT_KEPT_FOR = timedelta(days=30)
#: That somebody was written to; a link to stop letters works as long.
LETTER_KEPT_FOR = timedelta(days=92)
#: That letters came back from an address: after that it gets another chance.
RETURN_KEPT_FOR = timedelta(days=366)

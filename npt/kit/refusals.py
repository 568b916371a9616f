"""The one base of every named, expected refusal."""


class Refusal(Exception):
    """An action was refused for a reason the person can mend; every named refusal of the product is a
    subclass.

    `message` says what is wrong and what to do, in plain words. `field` names the form field or file
    column that the message belongs to, or is None when it belongs to the whole entry.
    """

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return self.message

"""Lists that are shown page by page."""


class Paged:
    """What a page of a list tells of the whole: for dataclasses with these fields. Pages count from 1."""

    __slots__ = ()

    total: int
    page: int
    page_size: int

    @property
    def pages(self) -> int:
        """How many pages there are; 1 for an empty list."""
        return max(1, -(-self.total // self.page_size))

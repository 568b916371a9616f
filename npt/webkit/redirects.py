"""Where a person may be sent next: addresses of this site and nothing else."""

from urllib.parse import urlsplit


def is_own_address(target: str | None) -> bool:
    """Whether `target` is a path on this site; "//e", "/\\e", a scheme or a control character is not."""
    if not target or not target.startswith("/") or target.startswith("//"):
        return False
    if "\\" in target or any(ord(character) <= 32 or ord(character) == 127 for character in target):
        return False
    parts = urlsplit(target)
    return not parts.scheme and not parts.netloc and not parts.path.startswith("//")


def own_address(target: str | None, otherwise: str = "/") -> str:
    """`target` when it is a path on this site, else `otherwise`."""
    return target if target is not None and is_own_address(target) else otherwise

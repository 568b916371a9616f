"""Digests under a secret: by them equal things are known, and nothing can be guessed from one."""

import hmac


def keyed_digest(secret: str, purpose: str, text: str) -> str:
    """HMAC-SHA-256 of `text` under a key made from `secret` for this `purpose` alone, as 64 hex digits.

    Equal texts of one purpose have equal digests; without the secret a guess cannot be checked.
    """
    key = hmac.digest(secret.encode(), purpose.encode(), "sha256")
    return hmac.new(key, text.encode("utf-8", "surrogatepass"), "sha256").hexdigest()

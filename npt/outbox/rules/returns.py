"""When returned letters mean that an address no longer works."""

import re

#: So many letters that came back, or were refused, for good: then the address gets no more of them.
STOPS_AFTER = 2


def counts_against_address(status: str) -> bool:
    """Whether a permanent failure of this enhanced status code (RFC 3463) is the address's fault.

    "5.1.1" (no such person) and "5.2.1" (mailbox disabled) are; "5.2.2" (mailbox full) may pass; "5.3.4" (too
    large) and "5.7.1" (not allowed) are about the letter or its sender. A status that tells nothing ("",
    "5.0.0") counts.
    """
    found = re.fullmatch(r"([245])\.([0-9]{1,3})\.([0-9]{1,3})", status)
    if found is None:
        return not status or status.startswith("5")
    kind, subject, detail = (int(part) for part in found.groups())
    if kind != 5:
        return False
    return subject in {0, 1} or (subject == 2 and detail != 2) or (subject == 4 and detail == 4)

#!/usr/bin/env bash
# A paragraph whose line begins with "From " is read as another mail: mailbox.mbox of Python 3.11.
#
# Guess, before looking: in an mbox a mail begins at a line "From …" at the top of the file or after a blank line (RFC
# 4155), so a line of text that begins with "From " in the middle of a paragraph stays in its mail.
# Seen: mailbox.mbox begins a mail at every line that begins with "From ", whatever stands before it; what follows is a mail
# without headers, and the first is cut off.
# Why it matters: returned mail quotes our letters. Mail programs that write Content-Length escape no such line.
# What we do: npt/mail/returned.py looks for the Message-ID in the headers that were returned, which stand before any text,
# and passes over a mail that returns nothing.
set -euo pipefail
place="$(mktemp -d)"
trap 'rm -rf "$place"' EXIT
printf 'From relay Mon Nov 16 10:00:00 2026\nSubject: one\nContent-Length: 44\n\nWe move the meeting.\nFrom Monday on we meet.\n\n' >"$place/box"
seen="$(python3 - "$place/box" <<'PYTHON'
import mailbox
import platform
import sys

box = mailbox.mbox(sys.argv[1], create=False)
print(".".join(platform.python_version_tuple()[:2]), "mails:", [mail.get_payload().strip() for mail in box])
PYTHON
)"
echo "seen: Python $seen"
[ "${seen#* }" = "mails: ['We move the meeting.', '']" ] || { echo "This has changed: look again." >&2; exit 1; }

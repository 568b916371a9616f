#!/usr/bin/env bash
# A word boundary before the letters makes a search a hundred times slower: re of Python 3.11, not regex 2026.11.19.
#
# Guess, before looking: a pattern of plain letters is found as quickly with a boundary in front as without one; the
# letters are what is rare on the page, and both engines would look for them first.
# Seen: re looks for the letters first only where the pattern begins with them. With \b or a look-behind in front it
# is tried at every character: about 4 ms instead of 0.03 ms in a page of 56,000 characters that has no such word,
# four words a page. regex finds the letters first all the same, but not where the pattern offers a choice of words.
# What we do: npt/webkit/filters.py finds the letters as plain text, and asks the pattern at those places alone.
set -euo pipefail
place="$(mktemp -d)"
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" --disable-pip-version-check --quiet install regex==2026.11.19 2>/dev/null
seen="$("$place/venv/bin/python" - <<'PYTHON'
import re
import timeit

import regex

page = "<tr><td class='cell'>Mopeds on the car park</td><td>Town centre</td></tr>\n" * 750


def seconds(engine, pattern):
    compiled = engine.compile(pattern)
    assert compiled.search(page) is None
    return min(timeit.repeat(lambda: compiled.search(page), number=10, repeat=5))


for engine in (re, regex):
    letters = seconds(engine, r"BCU\b")
    for pattern in (r"\bBCU\b", r"(?<!\w)BCU\b", r"\b(?:BCU|FTE)\b"):
        times = seconds(engine, pattern) / letters
        print(engine.__name__, pattern, "over 20 times" if times > 20 else "under 5 times" if times < 5 else "between")
PYTHON
)"
echo "$seen"
[ "$seen" = 're \bBCU\b over 20 times
re (?<!\w)BCU\b over 20 times
re \b(?:BCU|FTE)\b over 20 times
regex \bBCU\b under 5 times
regex (?<!\w)BCU\b under 5 times
regex \b(?:BCU|FTE)\b over 20 times' ] || { echo "This has changed: look again." >&2; exit 1; }

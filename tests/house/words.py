"""Words that a British sergeant would not say, wherever the product says them."""

import ast
import re
from collections.abc import Iterable, Iterator

from tests.house.markup import read, text_of

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"

#: What is not said, and what to say instead.
UNSAID = {
    r"\d\s+%(?!\w)": "close the percentage up: 13.3%",
    r"\be-mail": "write email",
    r"\bfor \d+ members?\b": "name the members",
    r"\b(do it|only look|for the wall)\b": "name what happens: Apply, View, Print",
    r"\b(way of counting|(?-i:Beside it)|count this way)\b": "Definition, Compare with, Apply",
    r"\b(behavior|colors?|centers?|favorite|labor|neighbor\w*|canceled)\b": "write British English",
    r"\b(?!authoriz)\w+(yz|niz|riz)(e[sd]?|ing|ation)\b": "write British English",
    r"\bwaits? for (your|an) answer\b": "1 report to approve",
    r"\bI have been taken off\b": "Report an abstraction",
    r"\bthe rate is over\b": "Divided by 820 hours on duty",
    r"\bcount too and took no time\b": "No time lost to",
    r"\btake (these|this|the) \w+ out\b": "Download",
    r"\bhas confirmed the days of\b": "88% of shifts confirmed",
    r"\bwere not used\b": "421 hours under target",
    r"\bnot broken at this pace\b": "On course to stay within target",
    r"\brepeat those of\b": "Copy from the last working day",
    r"\b(tall|thin) bar\b": "Abstracted, Absent",
    r"\bwho answers for\b": "Named contacts",
    r"\bstands? like that\b": "No one matches",
    r"\bdo not belong together\b": "Email or password is wrong",
    r"\byour roles do not let you\b": "You cannot manage accounts for Bedfordshire",
    r"\b(is|are|was) not there any ?more\b": "say what happened to it: removed, withdrawn, moved",
    r"\blaid over\b": "assign a pattern",
    r"\bnot yours to\b": "you cannot change this",
    r"\bNo note is not no loss\b": "No record does not mean no loss",
}
#: Dates in another form than 4 May 2026, and times of the 12-hour clock.
OTHER_DATES = {
    r"\b\d{1,2}/\d{1,2}/\d{2,4}\b": "write 4 May 2026",
    rf"\b({_MONTH}) \d{{1,2}}(st|nd|rd|th)?,? \d{{4}}\b": "write 4 May 2026",
    rf"\b\d{{1,2}}(st|nd|rd|th) (of )?({_MONTH})\b": "write 4 May 2026",
    r"(?<!like )(?<!/)(?<![-\d])\b\d{4}-\d\d-\d\d\b(?![./])": "write 4 May 2026",
    r"\b\d{1,2}[:.]\d\d ?[ap]\.?m\b": "use the 24-hour clock",
}
#: What a button begins with: what happens; or the verdict of a review, or “Back now” where time away ends.
VERBS = {
    "Accept",
    "Add",
    "Agree",
    "Appropriate",
    "Apply",
    "Ask",
    "Assign",
    "Avoidable",
    "Back",
    "Cancel",
    "Change",
    "Check",
    "Clear",
    "Continue",
    "Close",
    "Commit",
    "Confirm",
    "Delete",
    "Discard",
    "End",
    "Extend",
    "Find",
    "Get",
    "Give",
    "Hand",
    "Invite",
    "Keep",
    "Leave",
    "Link",
    "Make",
    "Merge",
    "Open",
    "Plan",
    "Post",
    "Print",
    "Propose",
    "Record",
    "Refuse",
    "Release",
    "Remove",
    "Report",
    "Reverse",
    "Restore",
    "Revoke",
    "Save",
    "Search",
    "Send",
    "Take",
    "Set",
    "Share",
    "Show",
    "Sign",
    "Start",
    "Stop",
    "Swap",
    "Try",
    "Undo",
    "Withdraw",
}


def faults_in_text(text: str, unsaid: dict[str, str] = UNSAID) -> Iterator[str]:
    """What of `text` is not said, with what to say instead."""
    for pattern, cure in unsaid.items():
        for found in re.finditer(pattern, text, re.IGNORECASE if unsaid is UNSAID else 0):
            yield f"“{text[max(0, found.start() - 30) : found.end() + 30]}”: {cure}"


def _are_sound(texts: Iterable[str], unsaid: dict[str, str] = UNSAID) -> bool:
    """Whether none of the texts holds anything unsaid: all looked at as one, parted by what ends any word.

    To look at each by itself takes ten times as long.
    """
    return next(faults_in_text("\0".join(texts), unsaid), None) is None


def faults_in_page(source: str) -> Iterator[str]:
    """What a page says, in its words and in the names that only some hear, which is not said."""
    page = read(source)
    texts = [
        words
        for element in page.elements
        if element.tag not in {"script", "style"}
        for words in (element.text, element.tail, element.get("aria-label"))
        if words
    ]
    for unsaid in (UNSAID, OTHER_DATES):
        if not _are_sound(texts, unsaid):
            for words in texts:
                yield from faults_in_text(words, unsaid)
    for button in page.all("button"):
        words = text_of(button)
        if words.split(" ")[0].rstrip(":") not in VERBS:
            yield f"the button “{words}” does not begin with one of VERBS in {__name__}: say what happens"


def faults_in_code(source: str) -> Iterator[str]:
    """What the texts of a Python file say that is not said; its docstrings and comments are for engineers."""
    tree = ast.parse(source)
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    left_out = docstrings | parts
    texts = [(node, text) for node in ast.walk(tree) if id(node) not in left_out and (text := _text(node))]
    is_sound = _are_sound(text for _, text in texts)
    for node, text in texts:
        if not is_sound:
            yield from (f"line {getattr(node, 'lineno', 0)}: {fault}" for fault in faults_in_text(text))
        if re.search(r"[a-z,.:;]  +\w", text):
            yield f"line {getattr(node, 'lineno', 0)}: “{text}” has two spaces: one is enough"
        if re.search(r"\{\w+\([^{}]*\)\}", text):
            yield f"line {getattr(node, 'lineno', 0)}: “{text}” shows code: write an f before it"


def _text(node: ast.AST) -> str:
    """The text that a node is, with 0 for what is put into it; empty where it is none."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(each.value) if isinstance(each, ast.Constant) else "0" for each in node.values)
    return ""

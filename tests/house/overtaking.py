"""What pages carry to say what they showed, made old: as if somebody else had saved meanwhile."""

import re
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatch
from typing import NamedTuple
from urllib.parse import urlsplit

from werkzeug.test import TestResponse

from npt.webkit.pages import ROUTES
from tests.house.filling import Sendable, forms_of
from tests.house.leaks import changes
from tests.house.visits import House
from tests.pages.furnished import TODAY
from tests.pages.gallery import GALLERY

#: The hidden fields that say what a page showed.
CARRIED = ("version", "versions", "turns", "shown", "seen")
_CARRYING = re.compile(f'name="(?:{"|".join(CARRIED)})"')
CURE = "hand the version that was shown to the action, and let it check_version"
#: What somebody reads whose page was overtaken; one who has to look before they save is shown it once more.
TOLD = re.compile("Some(?:body|one) (?:else )?changed|after you opened|What this restates")


class Sent(NamedTuple):
    """A form that says what it showed: the page it stands on, what has to be filled in for it to be saved,
    which fields tell what the change rests on, and what is asked in the address beside.
    """

    page: str
    filled_in: Mapping[str, str] = {}
    carried: tuple[str, ...] = ("version",)
    asked: str = ""


def _day(name: str) -> dict[str, str]:
    return {f"{name}-day": str(TODAY.day), f"{name}-month": str(TODAY.month), f"{name}-year": str(TODAY.year)}


WHY = {"why": "It was agreed"}
#: Every form and button that says what it showed, by where it is sent to.
SENT: dict[str, tuple[Sent, ...]] = {
    "organisation.correct_unit": (Sent("organisation.correct_unit"),),
    "organisation.review_priority": (Sent("organisation.review_priority", {"reason": "Agreed"}),),
    "reorganisation.review": (Sent("reorganisation.review", {}, ("seen",)),),
    "organisation.close": (Sent("organisation.close", _day("closed_on")),),
    "people.correct_member": (Sent("people.correct_member"),),
    "people.correct_posting": (Sent("people.correct_posting"),),
    "people.end_of_posting": (Sent("people.end_of_posting", _day("ends_on")),),
    "people.correct_specialist": (Sent("people.correct_specialist"),),
    "people.remove_specialist_mark": (Sent("people.correct_specialist"),),
    "people.correct_line_manager": (Sent("people.correct_line_manager"),),
    "people.remove_line_manager": (Sent("people.correct_line_manager"),),
    "staffing.correct_student_rule": (Sent("staffing.correct_student_rule"),),
    "staffing.correct_establishment": (Sent("staffing.correct_establishment", {"reason": "Agreed"}),),
    "staffing.correct_limit": (Sent("staffing.correct_limit"),),
    "staffing.time_given": (Sent("staffing.time_given", {"time-*": "5"}, ("seen",)),),
    "staffing.correct_target": (Sent("staffing.correct_target"),),
    "staffing.remove_from_plan": (Sent("staffing.correct_target"),),
    "staffing.correct_contact": (Sent("staffing.correct_contact"),),
    "performance.mark": (
        Sent(
            "performance.review",
            {"everything": "yes", "verdict": "appropriate", **WHY},
            ("versions", "turns"),
        ),
    ),
    "duty.record": (Sent("duty.day", {"whole_team": "yes", "reason": "response"}, ("shown",)),),
    "categories.change_category": (Sent("categories.change_category"),),
    "engagement.correct_contact": (Sent("engagement.correct_contact"),),
    "engagement.correct_patrol": (Sent("engagement.correct_patrol"),),
    "engagement.withdraw_patrol": (Sent("engagement.correct_patrol"),),
    "communities.correct_community": (Sent("communities.correct_community"),),
    "communities.correct_flag": (Sent("communities.correct_flag"),),
    "communities.remove_flag": (Sent("communities.correct_flag"),),
    "communities.correct_population": (Sent("communities.correct_population"),),
    "communities.remove_population": (Sent("communities.correct_population"),),
    "communities.correct_specialist_contact": (Sent("communities.correct_specialist_contact"),),
    "communities.confirm": (Sent("communities.communities", {}, ("seen",)),),
    "communities.sign_none": (Sent("communities.communities", {}, ("seen",)),),
    "kin.correct_individual": (Sent("kin.correct_individual"),),
    "kin.consent": (Sent("kin.consent"),),
    "kin.leave": (Sent("kin.leave", {"left_because": "moved"}),),
    "priorities.agree": (Sent("priorities.agree"),),
    "priorities.correct_priority": (Sent("priorities.correct_priority"),),
    "priorities.correct_originator": (Sent("priorities.correct_originator"),),
    "priorities.look": (Sent("priorities.look", {"words": "Patrolled"}),),
    "priorities.stop": (Sent("priorities.stop", {"reason": "Chosen afresh"}),),
    "priorities.ask": (Sent("priorities.ask", {"done": "Patrolled"}),),
    "priorities.record": (Sent("priorities.record", {"originator_id": "1", "recorded": "taken-back"}),),
    "priorities.overrule": (Sent("priorities.overrule", {"reason": "All was done"}),),
    "kin.merge": (Sent("kin.merge", {}, ("version", "seen")),),
    "kin.own_record": (Sent("kin.own_record"),),
    "kin.leave_own": (Sent("kin.leave_own", {"left_because": "moved"}),),
    "incidents.repeat_rule": (Sent("incidents.repeat_rule"),),
    "profiles.write": (Sent("profiles.write", {"words": "Another parade of shops"}),),
    "profiles.keeping": (Sent("profiles.keeping"),),
    "profiles.restore": (Sent("profiles.part"),),
    "profiles.sign": (Sent("overview.profile", {}, ("seen",)),),
    "problems.scanning": (Sent("problems.scanning"),),
    "problems.analysis": (Sent("problems.analysis"),),
    "problems.response": (Sent("problems.response"),),
    "problems.stage": (Sent("problems.stage", {"stage": "analysis", "reason": "It was the wrong cause"}),),
    "problems.owner": (Sent("problems.owner"),),
    "problems.sensitive": (Sent("problems.sensitive"),),
    "outcomes.assessment": (Sent("outcomes.assessment"),),
    "outcomes.close": (Sent("outcomes.close", {}, ("seen",)),),
    "exemplars.exemplar": (Sent("exemplars.exemplar"),),
    "seals.sign": (Sent("seals.sign", {"reason": "Agreed"}, ("seen",)),),
    "documents.correct": (Sent("documents.correct"),),
    "documents.withdraw": (Sent("documents.withdraw", {**_day("last_on"), **WHY}),),
    "documents.remove": (Sent("documents.document"),),
    "documents.hand_over": (Sent("documents.hand_over", {"unit": "H1"}),),
    "partners.correct_agency": (Sent("partners.correct_agency"),),
    "partners.close_agency": (Sent("partners.close_agency", _day("closed_on")),),
    "partners.rename_group": (Sent("partners.rename_group"),),
    "partners.correct_membership": (Sent("partners.correct_membership"),),
    "partners.extend": (Sent("partners.extend"),),
    "partners.renew_vetting": (Sent("partners.renew_vetting"),),
    "work.correct": (Sent("work.correct"),),
    "work.correct_clock": (Sent("work.correct_clock"),),
    "work.pause": (Sent("work.pause", {"reason": "Waiting for the caller"}),),
    "work.end": (Sent("work.clock"),),
    "work.move": (Sent("work.board"),),
    "work.move_mine": (Sent("work.my_actions"),),
    "work.my_action": (Sent("work.my_action"),),
    "work.progress": (Sent("work.progress"),),
    "duty.confirm": (Sent("duty.day", {}, ("seen",)),),
    "duty.correct": (Sent("duty.correct"),),
    "duty.remove": (Sent("duty.correct"),),
    "duty.answer": (Sent("duty.answer"), Sent("duty.answer", WHY, asked="refuse=yes")),
    "duty.change_shift": (Sent("duty.change_shift"),),
    "duty.remove_shift": (Sent("duty.change_shift"),),
    "counting.change_reason": (Sent("counting.change_reason"),),
    "counting.change_definition": (Sent("counting.change_definition"),),
    "counting.change_counting": (
        Sent(
            "counting.change_counting",
            {"reasons": "response", "counts": "no", **_day("starts_on"), **WHY},
            ("version", "seen"),
        ),
    ),
    "counting.put_back": (Sent("counting.put_back", WHY, ("version", "seen")),),
    "rostering.edit": (
        Sent(
            "rostering.edit", {"members": "3", "verb": "times", "starts": "06:00", "ends": "14:00"}, ("seen",)
        ),
    ),
    "rostering.change_assignment": (Sent("rostering.change_assignment", {"pattern": "none"}),),
    "rostering.change_cover": (Sent("rostering.change_cover"),),
    "rostering.remove_cover": (Sent("rostering.change_cover"),),
    "operations.correct": (Sent("operations.correct"),),
    "operations.ask": (Sent("operations.ask", {"unit": "H1.1", "role": "inspector", "number": "1"}),),
    "operations.choose": (Sent("operations.choose"),),
    "operations.drop": (Sent("operations.operation"),),
    "operations.commit": (Sent("operations.operation", {}, ("version", "shown")),),
    "operations.cancel": (Sent("operations.operation"),),
    "training.correct": (Sent("training.correct"),),
    "training.correct_module": (
        Sent("training.correct_module"),
        Sent("training.correct_module", {"is_taken_back": "yes"}),
    ),
    "training.correct_programme": (Sent("training.correct_programme"),),
}
#: Forms that are tried elsewhere, and why.
ELSEWHERE = {
    "documents.new_version": "a file goes with it: tests/records/test_documents.py",
    "work.assign": "some of its rows have to be ticked: tests/pages/test_work.py",
}
#: Buttons that say nothing of what was shown, and why nobody's change is lost by them.
BARE: dict[str, str] = {
    "accounts.reminders": "it says what the person wants of the two, whatever was so before",
    "accounts.sign_out": "signing out twice is signing out",
    "accounts.end_sign_in": "a session holds, or it has ended",
    "accounts.sign_out_elsewhere": "the other sessions hold, or they have ended",
    "api.push_away": "a push carries a key, and every value that it means",
    "api.push_problems": "a push carries a key, and every value that it means",
    "api.push_incidents": "a push carries a key, and every value that it means",
    "api.push_duty": "a push carries a key, and every value that it means",
    "engagement.remove": "it carries one where it is offered; that of the gallery has an answer promised",
    "staffing.drop_photo": "a photo is there, or it is gone",
    "problems.remove_file": "a file is there, or what it held is removed",
    "documents.back": "a document is withdrawn, or it is in the library",
    "kin.keep": "a record is kept for another year, whoever says so",
    "kin.send_link": "the link is sent once a day, however often somebody asks",
    "priorities.send": "the question is sent again to whoever has not answered, and each time is an attempt",
    "outbox.address_works": "an address works, or it does not",
    "outbox.again": "only a letter whose fate is not known, or that did not go, is sent again",
    "outbox.counted": "only a letter whose fate is not known is counted as sent",
    "partners.confirm": "a share is confirmed, or it is to be",
    "partners.leave": "a membership lasts, or it has ended",
    "partners.withdraw": "a share lasts, or it has ended",
    "people.address_works": "an address works, or it does not",
    "work.resume": "a clock is paused, or it runs",
    "duty.back": "it ends what still runs, and refuses what has ended",
    "duty.withdraw": "a day is confirmed, or it is not",
    "duty.drop_loss": "a loss is never changed: it is there, or gone",
    "duty.undo": "an act is undone only where what it wrote still stands",
    "people.close": "an account is open, or closed",
    "people.revoke": "a grant is never changed: it is there, or gone",
    "performance.undo_review": "a review is never changed, and the latest counts",
    "reporting.end_report": "it ends what still runs, and refuses what has ended or was answered",
    "reporting.come_back": "it ends what still runs, and refuses what has ended",
    "reporting.withdraw_report": "it withdraws what waits, and refuses what was answered",
    "reviews.act": "a review is there, or it is opened",
    "rostering.make_calendar": "there is one address, and the last one made is it",
    "rostering.revoke_calendar": "there is an address, or none",
    "rostering.undo": "an act is undone only where what it wrote still stands",
    "training.take_over": "it takes over what ships, whatever was so before",
}


def carrying(house: House, page: TestResponse) -> Iterator[tuple[str, Sendable]]:
    """The forms of a page that say what it showed, each with the endpoint that it is sent to."""
    if not _CARRYING.search(page.text):  # most pages, which need not be taken apart
        return
    for form in forms_of(page):
        if any(name in form.as_shown for name in CARRIED):
            yield house.addresses.match(urlsplit(form.address).path, method="POST")[0], form


def missing(house: House, pages: Iterable[TestResponse]) -> list[str]:
    """The forms of the pages, and the buttons, of which nothing is said here; and what is said of none."""
    carried = {target for page in pages for target, _ in carrying(house, page)}
    bare = {endpoint for endpoint, route in ROUTES.items() if route.methods == ("POST",)} - carried
    return [
        *(
            f"{each} is in no line of SENT in tests/house/overtaking.py"
            for each in sorted(carried - set(SENT) - set(ELSEWHERE))
        ),
        *(f"no page says to {each} what it showed: correct SENT" for each in sorted(set(SENT) - carried)),
        *(f"{each} carries no version: {CURE}; or say in BARE why not" for each in sorted(bare - set(BARE))),
        *(f"{each} is no button without a version: correct BARE" for each in sorted(set(BARE) - bare)),
    ]


def overtaken_wrongly(house: House, target: str, sent: Sent) -> Iterator[str]:
    """What is wrong when a form is sent that says what its page showed, and that is not so any more."""
    for name in sent.carried:
        address, fields = _filled_in(house, target, sent)
        before = changes(house)
        words = _answer(house, sent, address, {**fields, name: older(fields[name])})
        if changes(house) != before:
            yield f"an old {name} sent to {address} changes something: {CURE}"
        if not TOLD.search(words):
            yield f"who sends an old {name} to {address} is not told that somebody else was first: {CURE}"
    address, fields = _filled_in(house, target, sent)
    if TOLD.search(_answer(house, sent, address, fields)):
        yield f"{address} takes what it has just shown for old"


def _filled_in(house: House, target: str, sent: Sent) -> tuple[str, dict[str, str]]:
    """Where the form is sent to as it stands on its page now, and what with."""
    exhibit = GALLERY[sent.page][0]
    form = _form_to(house, target, house.see_again(sent.page, exhibit))
    filled_in = {_name_in(form, name): value for name, value in sent.filled_in.items()}
    if form.as_shown.get("seen") == "":  # only what was looked at first is saved
        looked = house.person(exhibit.role).post(form.address, form.as_shown | filled_in)
        form = _form_to(house, target, looked)
    return f"{form.address}?{sent.asked}".rstrip("?"), form.as_shown | filled_in


def _form_to(house: House, target: str, page: TestResponse) -> Sendable:
    return next(form for endpoint, form in carrying(house, page) if endpoint == target)


def _name_in(form: Sendable, name: str) -> str:
    """The first field of this name; what stands after a star is left open."""
    return next((each for each in form.as_shown if fnmatch(each, name)), name)


def _answer(house: House, sent: Sent, address: str, fields: Mapping[str, str]) -> str:
    """What the person reads once the form is sent, be it on the page that they are led to."""
    person = house.person(GALLERY[sent.page][0].role)
    answer = person.post(address, fields)
    return (person.get(answer.location) if answer.status_code == 303 else answer).text


def older(carried: str) -> str:
    """What another state would have shown: the version before (of the first, the next), or another digest."""
    if re.fullmatch("[0-9a-f]{64}", carried):
        return carried[::-1]
    if not re.search(r"\d", carried):
        return "1"  # where nothing was shown, something
    return " ".join(
        re.sub(r"\d+$", lambda found: str(int(found[0]) - 1 or 2), part) for part in carried.split()
    )

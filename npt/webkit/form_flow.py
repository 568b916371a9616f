"""What becomes of a form: opened, read, acted on, then saved, refused or found out of date. One flow for all.

    return form_page(
        visit,
        form,
        act=lambda: set_limit(visit.session, unit=visit.place, facts=form.value(), stamp=visit.stamp),
        saved="The limit is saved.",
        back_href=back_href,
    )

An action that refuses leaves nothing behind: its work is rolled back, the refusal stands beside its field,
and only then is `page` asked, so that it shows the records as they are.
"""

from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar

from flask import Response, make_response, redirect, request

from npt.kit.refusals import Refusal
from npt.store.versions import Stale, StaleRecord, Versioned
from npt.webkit.forms import EditForm, Form, QueryForm, SeenForm
from npt.webkit.stale import both_versions
from npt.webkit.visit import Visit, not_found, say_next

Done = TypeVar("Done")
Record = TypeVar("Record", bound=Versioned)
Edited = TypeVar("Edited", bound=EditForm[Any])

#: What the page shows around the form, by the names that its template takes.
Page = Callable[[], Mapping[str, Any]]
#: What is said where one came from once something is saved; or the answer, where one goes elsewhere.
Saved = str | Callable[[Done], str | Response]

_OVERTAKEN = "Somebody else changed this after you opened it, so nothing was done. Check it as it is now."


class Digested(Protocol):
    """What a change would do: equal digests, equal effects."""

    @property
    def digest(self) -> str:
        """Tells this effect from any other."""
        ...


Effect = TypeVar("Effect", bound=Digested)


def form_page(
    visit: Visit[Any],
    form: Form[Any],
    *,
    act: Callable[[], Done],
    saved: Saved[Done],
    back_href: str = "",
    page: Page = dict,
    asked: QueryForm[Any] | None = None,
    look: Page | None = None,
    stale: Callable[[], Response] | None = None,
) -> Response:
    """Show `form`; once it is sent and can be read, do `act` and answer with `saved`.

    `back_href`: where one came from, and goes again after all is saved; templates have it by that name.
    `asked`: what the address asks of the page; opened with a question that cannot be read, it says so (422).
    `look`: what to show of a change that is only to be looked at (`?preview` in the address). It may act as
    in earnest: everything is rolled back, and the form's single-use key stays free. `stale`: the answer where
    somebody else saved first; without it the page again, which then carries the version that it shows: what
    was typed, looked at again and sent again, is a change of the record as it is now.
    """
    visit.tell(form)
    way_back = {"back_href": back_href} if back_href else {}

    def shown(status: int, seen: Mapping[str, Any] = {}) -> Response:
        return _shown(visit, form, lambda: {**way_back, **page(), **seen}, status)

    if not visit.is_sent or not form.validate():
        is_refused = visit.is_sent or (asked is not None and asked.has_errors)
        return shown(422 if is_refused else 200)
    try:
        if look is not None and "preview" in request.args:
            seen = dict(look())
            visit.session.rollback()
            return shown(200, seen)
        done = act()
    except Refusal as refusal:
        _refuse(visit, form, refusal)
        if isinstance(refusal, Stale) and stale is not None:
            return stale()
        return shown(409 if isinstance(refusal, Stale) else 422)
    return _answer(visit, saved, done, back_href)


def seen_page(
    visit: Visit[Any],
    form: SeenForm[Any],
    *,
    effect: Callable[[], Effect],
    act: Callable[[Effect], Done],
    saved: Saved[Done],
    back_href: str,
    page: Callable[[Effect | None], Mapping[str, Any]],
    is_asked: bool = True,
) -> Response:
    """As `form_page`, for a change that is saved only once the effect that it has now was seen.

    What `effect` tells is shown; sent again it is acted on, if it is still the same, and else shown anew.
    `is_asked`: the effect depends on what is typed; else it is shown as soon as the form is opened. `page` is
    given the effect, or None where there is none to be seen.
    """
    visit.tell(form)
    found: Effect | None = None
    is_read = visit.is_sent and form.validate()
    try:
        if is_read or not is_asked:
            found = effect()
            if is_read and form.has_seen(found.digest):
                return _answer(visit, saved, act(found), back_href)
            form.show(found.digest)
    except Refusal as refusal:
        _refuse(visit, form, refusal)
        found = None
    shown = {"back_href": back_href}
    return _shown(visit, form, lambda: {**shown, **page(found)}, 422 if form.has_errors else 200)


def _refuse(visit: Visit[Any], form: Form[Any], refusal: Refusal) -> None:
    """Undo what was done, and let the form say why; it carries the version that its page shows next."""
    if isinstance(refusal, Stale) and refusal.record is not None and isinstance(form, EditForm):
        form.carry_version(refusal.record.version)
    visit.session.rollback()
    form.refuse(refusal)


def _shown(visit: Visit[Any], form: Form[Any], page: Page, status: int) -> Response:
    return visit.render(status=status, **{"form": form, **page()})


def _answer(visit: Visit[Any], saved: Saved[Done], done: Done, back_href: str) -> Response:
    answer = saved if isinstance(saved, str) else saved(done)
    return visit.saved(back_href, answer) if isinstance(answer, str) else answer


def correction_page(
    visit: Visit[Any],
    form_class: type[Edited],
    find: Callable[[], Record | None],
    *,
    act: Callable[[Record, Edited], Done],
    saved: Saved[Done],
    back_href: str,
    page: Callable[[Record], Mapping[str, Any]] = lambda _record: {},
    offer: Callable[[Edited, Record], None] = lambda _form, _record: None,
    gone: Page | None = None,
) -> Response:
    """As `form_page`, for a form that changes the record that `find` finds; "not found" where it finds none.

    The form is filled in with the record, which the template has as `record`. Where somebody else saved it
    first, both versions stand side by side (the page again, where nothing of theirs differs), and `back_href`
    leads away from them, as it does from the page.
    `offer` gives the form its choices. `gone`: what the page shows, with status 409, beside what was typed
    where the record went meanwhile.
    """

    def filled_in(record: Record, **given: Any) -> Edited:
        form = form_class.of(record, **given)
        offer(form, record)
        return form

    def left_over(form: Edited) -> Response:
        return not_found() if gone is None else _shown(visit, form, gone, 409)

    def both() -> Response:
        now_is = find()
        if now_is is None:
            return left_over(form)
        theirs = filled_in(now_is, formdata=None)
        if not form.differs_from(theirs):  # the page as it is now says more than a list of blanks
            form.carry_version(now_is.version)
            return _shown(visit, form, lambda: {"back_href": back_href, **shown()}, 409)
        return both_versions(form, now_is.version, form.sides(theirs), back_href=back_href)

    def shown() -> Mapping[str, Any]:
        there = visit.found(find())
        return {"record": there, **page(there)}

    record = find()
    if record is None:
        return left_over(form_class()) if visit.is_sent else not_found()
    form = filled_in(record)
    visit.tell(form, getattr(record, "whose", ""))
    return form_page(
        visit,
        form,
        act=lambda: act(record, form),
        saved=saved,
        back_href=back_href,
        page=shown,
        stale=both,
    )


def button(visit: Visit[Any], *, act: Callable[[], Done], saved: Saved[Done], back_href: str) -> Response:
    """A button pressed: do `act` and answer with `saved`; a refusal is told on the page of `back_href`."""
    visit.tell()
    try:
        done = act()
    except Refusal as refusal:
        visit.session.rollback()
        # A button has typed nothing, so that there are no two versions to compare.
        say_next(_OVERTAKEN if isinstance(refusal, StaleRecord) else refusal.message, "refused")
        return make_response(redirect(back_href, 303))
    return _answer(visit, saved, done, back_href)

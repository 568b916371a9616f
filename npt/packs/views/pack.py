"""The pack of a unit's month as a file."""

from collections.abc import Callable
from enum import Enum

from flask import make_response, redirect

from npt.access.rules import Permission
from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.packs.exchange import pack_csv, pack_xlsx
from npt.packs.printing import NotPrinted, pdf_of
from npt.packs.queries import Pack, pack_of
from npt.packs.views.door import pages
from npt.packs.views.page import page_of
from npt.reviews.views.door import REVIEW, check_reviewed, review_address
from npt.webkit.asked import asked_value
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit, say_next


class PackForm(Enum):
    """What a pack is taken out as."""

    PDF = "pdf"
    XLSX = "xlsx"
    CSV = "csv"

    @property
    def media_type(self) -> str:
        """As HTTP calls it."""
        return _MEDIA_TYPES[self]

    def written(self, pack: Pack, *, with_actions: bool) -> bytes:
        """The bytes of the file. NotPrinted where no PDF can be made."""
        writers: dict[PackForm, Callable[[Pack], bytes]] = {
            PackForm.PDF: lambda pack: pdf_of(page_of(pack, with_actions=with_actions)),
            PackForm.XLSX: pack_xlsx,
            PackForm.CSV: pack_csv,
        }
        return writers[self](pack)


_MEDIA_TYPES = {
    PackForm.PDF: "application/pdf",
    PackForm.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    PackForm.CSV: "text/csv; charset=utf-8",
}


@pages.read(f"{REVIEW}/pack", needs=Permission.EXPORT, within="code")
def pack(visit: Visit[Unit], month: Month) -> Answer:
    """The month to hand round: `?as=pdf`, `xlsx` or `csv`."""
    check_reviewed(visit, month)
    form = visit.found(asked_value("as", PackForm))
    made = pack_of(visit.session, visit.place, month, visit.today)
    with_actions = visit.may(Permission.SEE_ACTIONS, visit.place.path)
    try:
        response = make_response(form.written(made, with_actions=with_actions))
    except NotPrinted as refusal:
        say_next(refusal.message, "refused")
        return redirect(review_address(visit.place.code, month), 303)
    visit.taken_out = f"review-{visit.place.code}-{month}.{form.value}"
    response.headers["Content-Type"] = form.media_type
    response.headers["Content-Disposition"] = f'attachment; filename="{visit.taken_out}"'
    return response

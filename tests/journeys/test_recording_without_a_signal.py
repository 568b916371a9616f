"""PCSOs in the street whose phone has no signal: what is typed waits, and is sent once, as theirs."""

from collections.abc import Sequence
from datetime import date

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.accounts.models import SignInSession
from npt.categories.models import Category
from npt.engagement.models import Contact, ContactWords, Patrol
from npt.people.models import Member
from npt.people.rules import PolicingRole
from tests import make
from tests.journeys.hands import Hands

PAT, SAM = "pat@force.example", "sam@force.example"
READY = "This form also works without a signal."
#: Lets whoever holds the phone have been seen so many milliseconds later.
SEEN = """async (later) => {
  const queue = await import("/static/dist/queue.js")
  const db = await queue.database()
  const seen = await db.get("phone", "holder")
  await db.put("phone", { ...seen, at: seen.at + later }, "holder")
}"""
#: Each entry of the phone once more, under references of its own, until there are as many as asked for.
MULTIPLIED = """async (wanted) => {
  const queue = await import('/static/dist/queue.js')
  const [one] = await queue.entriesOf(await queue.holder())
  for (let count = 1; count < wanted; count++) {
    await queue.keep({ ...one, reference: `${one.reference}-${count}` })
  }
}"""
FULL = """() => { IDBObjectStore.prototype.put = () => {
  throw new DOMException('no room', 'QuotaExceededError')
} }"""


@pytest.fixture(autouse=True)
def patch(session: Session) -> None:
    """A team of two PCSOs, a neighbourhood, and somebody of its network."""
    area = make.area(session, under=make.bcu(session, code="N"), code="N1")
    team = make.team(session, under=area, code="N11")
    make.key_individual(
        session, unit=make.neighbourhood(session, under=team, code="N111"), name="Ann Example"
    )
    for name, email in (("Pat", PAT), ("Sam", SAM)):
        member = make.member(session, name=name, role=PolicingRole.PCSO, team=team)
        make.account(session, role=Role.PCSO, unit=team, email=email, name=name, member=member)
    session.commit()


def begin(page: Page, email: str) -> Hands:
    """Sign in on the phone, and open the form once with a signal."""
    hands = Hands(page)
    hands.sign_in(email)
    page.goto("/contacts/new")
    expect(page.get_by_text(READY)).to_be_visible()
    return hands


def lose_signal(page: Page) -> None:
    """Nothing is sent from now on."""
    page.context.set_offline(True)


def find_signal(page: Page) -> None:
    """All is sent again."""
    page.context.set_offline(False)


def says(page: Page, *words: str) -> None:
    """The bar of the phone says all of these."""
    for each in words:
        expect(page.locator(".npt-phone")).to_contain_text(each)


def record(page: Page, words: str, button: str = "Record now") -> None:
    """Record a contact about noise. The button is another than the last, which rests for a second."""
    page.get_by_role("radio", name="Noise").check()
    page.get_by_label("In their words").fill(words)
    page.get_by_role("button", name=button).click()


def kept_by(session: Session, name: str) -> Sequence[str]:
    """What the contacts of the member say, in the order of their references."""
    asked = select(ContactWords.words).join(ContactWords.contact).join(Contact.member)
    kept = session.scalars(asked.where(Member.name == name).order_by(Contact.id)).all()
    session.rollback()  # whoever reads lets the phone write
    return kept


def test_a_contact_and_a_patrol_are_typed_without_a_signal_and_sent_with_one(
    phone: Page, session: Session
) -> None:
    hands = begin(phone, PAT)
    phone.get_by_label("Key individual").select_option(label="Ann Example")
    lose_signal(phone)
    record(phone, "Bikes on the green")
    says(phone, "Saved on this phone.", "1 entry waiting", "Names of key individuals are not kept on a phone")
    phone.goto("/")
    expect(phone.get_by_text("There is no signal")).to_be_visible()
    hands.interactions = 0
    hands.press("Patrol")
    hands.press("Record the patrol")
    assert hands.interactions <= 4
    says(
        phone,
        "Saved on this phone.",
        "2 entries waiting on this phone: we send them as soon as there is a signal",
    )
    hands.press("See what is on this phone")
    expect(phone.locator(".npt-phone-entry")).to_have_count(2)
    expect(phone.get_by_role("button", name="Correct and send")).to_have_count(0)
    expect(phone.locator("main")).to_contain_text("Bikes on the green")
    expect(phone.locator("main")).not_to_contain_text("Ann Example")
    for days, count in ((366, 0), (-366, 2)):  # the clock of the phone is set back by a year, and put right
        phone.evaluate(SEEN, days * 86_400_000)
        phone.reload()
        expect(phone.locator(".npt-phone-entry")).to_have_count(count)
    find_signal(phone)
    says(phone, "2 entries sent.")
    expect(phone.get_by_text("Nothing of yours is waiting on this phone.")).to_be_visible()
    assert kept_by(session, "Pat") == ["Bikes on the green"]
    assert session.scalars(select(Patrol.minutes)).all() == [30]


def test_two_people_on_one_phone_send_thirty_contacts_each_their_own_also_after_a_session_ended(
    phone: Page, session: Session
) -> None:
    begin(phone, PAT)
    lose_signal(phone)
    record(phone, "Told to Pat")
    says(phone, "Saved on this phone.")
    phone.evaluate(MULTIPLIED, 15)
    session.execute(update(SignInSession).values(expires_at=SignInSession.started_at))
    session.commit()
    find_signal(phone)
    phone.reload()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Sign in")
    says(phone, "15 entries waiting on this phone: sign in to send them.")

    begin(phone, SAM)
    expect(phone.locator(".npt-phone")).to_be_hidden()
    lose_signal(phone)
    record(phone, "Told to Sam")
    says(phone, "1 entry waiting")
    phone.evaluate(MULTIPLIED, 15)
    phone.goto("/on-this-phone")
    expect(phone.locator(".npt-phone-entry")).to_have_count(15)
    expect(phone.locator("main")).not_to_contain_text("Told to Pat")
    expect(phone.get_by_text("Entries of other people on this phone: 15.")).to_be_visible()
    other = phone.context.new_page()
    other.goto("/on-this-phone")
    find_signal(phone)
    says(phone, "15 entries sent.")
    says(other, "15 entries sent.")
    assert (kept_by(session, "Sam"), kept_by(session, "Pat")) == (["Told to Sam"] * 15, [])

    phone.goto("/account")
    phone.get_by_text("Menu").click()
    phone.get_by_role("button", name="Sign out").click()
    begin(phone, PAT)
    assert (kept_by(session, "Sam"), kept_by(session, "Pat")) == (["Told to Sam"] * 15, ["Told to Pat"] * 15)
    assert session.scalar(select(func.count()).select_from(Contact)) == 30


def test_what_the_force_refuses_stays_until_it_is_corrected_or_discarded(
    phone: Page, session: Session
) -> None:
    hands = begin(phone, PAT)
    lose_signal(phone)
    record(phone, "Loud music")
    record(phone, "Loud music, again", "Record the contact")
    says(phone, "2 entries waiting")
    closing = update(Category).where(Category.code == "noise").values(closed_on=date(2020, 1, 1))
    session.execute(closing)
    session.commit()
    find_signal(phone)
    says(phone, "2 entries could not be saved")
    hands.press("See what is on this phone")
    entry = phone.locator(".npt-phone-entry").filter(has_text="again")
    expect(phone.get_by_role("button", name="Correct and send")).to_have_count(2)
    expect(entry).to_contain_text("Not saved. What matters: choose one from the list.")
    entry.get_by_text("Discard", exact=True).click()
    entry.get_by_role("button", name="Discard this entry").click()
    expect(phone.locator(".npt-phone-entry")).to_have_count(1)
    hands.press("Correct and send")
    expect(phone.get_by_label("In their words")).to_have_value("Loud music")
    says(phone, "This was not saved.", "What matters: choose one from the list.")
    phone.get_by_role("radio", name="Litter").check()
    phone.get_by_role("button", name="Record now").click()
    expect(phone.get_by_role("alert")).to_contain_text("Contact recorded: 1 person today.")
    expect(phone.locator(".npt-phone")).to_be_hidden()
    assert kept_by(session, "Pat") == ["Loud music"]


def test_a_phone_without_room_says_so_and_leaves_what_was_typed_on_the_screen(
    phone: Page, session: Session
) -> None:
    begin(phone, PAT)
    lose_signal(phone)
    phone.evaluate(FULL)
    record(phone, "Bikes on the green")
    says(phone, "this phone has no room left, so this is not saved")
    expect(phone.get_by_label("In their words")).to_have_value("Bikes on the green")
    find_signal(phone)
    phone.get_by_role("button", name="Record the contact").click()
    expect(phone.get_by_role("alert")).to_contain_text("Contact recorded: 1 person today.")
    assert kept_by(session, "Pat") == ["Bikes on the green"]


def test_a_browser_that_keeps_nothing_has_the_plain_form(phone: Page, session: Session) -> None:
    phone.add_init_script("delete Object.getPrototypeOf(window).indexedDB; delete window.indexedDB")
    Hands(phone).sign_in(PAT)
    phone.goto("/contacts/new")
    record(phone, "Bikes on the green")
    expect(phone.get_by_role("alert")).to_contain_text("Contact recorded: 1 person today.")
    assert kept_by(session, "Pat") == ["Bikes on the green"]

"""Files in the database: kept with their record or not at all, read piece by piece, scanned, removed."""

import hashlib
from datetime import UTC, datetime
from io import BytesIO
from typing import cast

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.attachments.actions import (
    InfectedFile,
    Received,
    TooMuchTogether,
    keep_file,
    note_verdict,
    receive,
    remove_bytes,
    verdict_on,
)
from npt.attachments.models import Attachment, AttachmentPart
from npt.attachments.queries import PART_SIZE, bytes_of, part, parts_after, to_scan
from npt.attachments.rules import LARGEST, FileKind, FileRefused, ScanState, Verdict
from npt.attachments.scanner import scan
from npt.journal.models import Entry
from npt.kit.stamps import Stamp
from npt.store.transaction import writing
from tests import make, sent_files
from tests.scanners import FOUND, LONGEST, SIGN, Manner, open_scanner

NOW = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)
MOST = 50 * 1024 * 1024


@pytest.fixture
def stamp(session: Session) -> Stamp:
    stamp = Stamp(make.account(session, role=Role.SERGEANT, unit=make.team(session, code="T1")).id, NOW)
    session.commit()
    return stamp


def text_file(content: bytes = b"words", name: str = "notes.txt", scanner: str | None = None) -> Received:
    return receive(name, content, scanner=scanner)


def kept(session: Session, stamp: Stamp, file: Received) -> Attachment:
    with writing(session):
        attachment = keep_file(session, stamp=stamp, file=file, held=0, most=MOST)
    session.refresh(attachment)
    session.expunge_all()
    session.rollback()
    return attachment


def read(session: Session, attachment: Attachment) -> bytes:
    engine = cast(Engine, session.get_bind())
    return b"".join(parts_after(engine, attachment.id, attachment.size, 0))


# Kept -------------------------------------------------------------------------------------------------------


def test_a_file_comes_out_as_it_went_in(session: Session, stamp: Stamp) -> None:
    content = bytes(range(32, 127)) * 9_000  # three pieces and a bit
    attachment = kept(session, stamp, text_file(content))
    assert (attachment.kind, attachment.size) == (FileKind.TEXT, len(content))
    assert attachment.sha256 == hashlib.sha256(content).hexdigest()
    assert read(session, attachment) == content
    assert part(session, attachment.id, 3) == content[3 * PART_SIZE :]
    assert part(session, attachment.id, 4) is None


def test_nothing_is_kept_of_a_file_whose_record_is_not(session: Session, stamp: Stamp) -> None:
    def keep_and_refuse() -> None:
        with writing(session):
            keep_file(session, stamp=stamp, file=text_file(), held=0, most=MOST)
            raise FileRefused("its record cannot be")

    with pytest.raises(FileRefused, match="its record cannot be"):
        keep_and_refuse()
    assert session.scalar(select(func.count()).select_from(Attachment)) == 0
    assert session.scalar(select(func.count()).select_from(AttachmentPart)) == 0


def test_the_files_of_a_record_have_a_limit_together(session: Session, stamp: Stamp) -> None:
    file = text_file(b"12345")
    with writing(session):
        first = keep_file(session, stamp=stamp, file=file, held=0, most=10)
        keep_file(session, stamp=stamp, file=file, held=bytes_of(session, [first.id]), most=10)
        with pytest.raises(TooMuchTogether, match="more than 0 MB"):
            keep_file(session, stamp=stamp, file=file, held=bytes_of(session, [first.id]) + 1, most=10)


def test_the_journal_knows_a_file_by_its_digest_and_not_by_name_or_content(
    session: Session, stamp: Stamp
) -> None:
    attachment = kept(session, stamp, text_file(b"secret words", "Pat Smith.txt"))
    told = list(session.execute(select(Entry.record_type, Entry.details).order_by(Entry.sequence)))
    of_file = [details for record_type, details in told if record_type == "attachment"]
    assert len(of_file) == 1
    assert attachment.sha256 in of_file[0]
    assert "Pat" not in of_file[0]
    assert "attachment_part" not in {record_type for record_type, _ in told}


def test_what_a_file_held_is_removed_and_what_it_was_stays(session: Session, stamp: Stamp) -> None:
    key = kept(session, stamp, text_file()).id
    with writing(session):
        attachment = session.get_one(Attachment, key)
        remove_bytes(session, attachment, now=NOW)
    session.refresh(attachment)
    assert attachment.removed_at == NOW
    assert not attachment.is_given_out
    assert part(session, key, 0) is None
    assert bytes_of(session, [key]) == 0
    with pytest.raises(LookupError, match="removed meanwhile"):
        read(session, attachment)


def test_between_two_pieces_nothing_of_the_database_is_held(session: Session, stamp: Stamp) -> None:
    attachment = kept(session, stamp, text_file(b"x" * (2 * PART_SIZE)))
    pieces = parts_after(cast(Engine, session.get_bind()), attachment.id, attachment.size, 0)
    assert len(next(pieces)) == PART_SIZE
    if session.get_bind().dialect.name == "sqlite":
        session.connection().exec_driver_sql("PRAGMA busy_timeout = 0")  # who has to wait fails at once
        session.rollback()
    with writing(session):
        make.team(session, code="T2")
    assert len(next(pieces)) == PART_SIZE


# Received ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
def test_a_picture_is_kept_without_what_a_camera_noted(kind: str) -> None:
    from PIL import Image

    sent = sent_files.picture(kind)
    assert kind == "GIF" or b"noted" in sent
    received = receive(f"photo.{kind.lower()}", sent, scanner=None)
    with Image.open(BytesIO(received.content)) as drawn:
        assert (drawn.format, drawn.size) == (kind, (40, 20))
        assert not drawn.getexif()
        assert not {"comment", "exif", "xmp", "icc_profile"} & set(drawn.info)
    for word in (b"noted", b"Pat", b"Exif", b"http://ns.adobe.com"):
        assert word not in received.content


def test_a_picture_stands_upright_once_the_note_is_gone_that_turned_it() -> None:
    from PIL import Image

    received = receive("photo.jpg", sent_files.picture(orientation=6), scanner=None)
    with Image.open(BytesIO(received.content)) as drawn:
        assert drawn.size == (20, 40)
        top, bottom = (drawn.convert("RGB").getpixel((10, row)) for row in (5, 35))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[0] > 200 > 50 > bottom[0]


def test_a_picture_with_its_own_colours_is_kept_in_the_usual_ones() -> None:
    from PIL import Image, ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    received = receive("photo.jpg", sent_files.picture(icc_profile=profile), scanner=None)
    with Image.open(BytesIO(received.content)) as drawn:
        assert "icc_profile" not in drawn.info


@pytest.mark.parametrize("mode", ["L", "P", "CMYK", "RGBA"])
def test_pictures_of_every_make_are_kept(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    received = receive(f"scan.{kind.lower()}", sent_files.picture(kind, mode=mode), scanner=None)
    assert received.kind.is_picture


def _cut_short(sent: bytes) -> bytes:
    return sent[: len(sent) // 2]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (_cut_short(sent_files.picture(size=(400, 300))), "is damaged or cut short"),
        (_cut_short(sent_files.picture("PNG", size=(400, 300))), "is damaged or cut short"),
        (b"\xff\xd8\xff\xe0 no picture at all", "is damaged or cut short"),
        (sent_files.picture("PNG", size=(10_000, 10_000), mode="1"), "has 100 million pixels, and 50"),
    ],
)
def test_a_picture_that_cannot_be_kept_is_refused_with_its_name(sent: bytes, words: str) -> None:
    with pytest.raises(FileRefused, match=f"“photo.jpg” was not kept: the picture {words}"):
        receive("../photo.jpg", sent, scanner=None)


def test_a_picture_that_moves_is_refused() -> None:
    from PIL import Image

    target = BytesIO()
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("red", "blue")]
    frames[0].save(target, "GIF", save_all=True, append_images=frames[1:])
    with pytest.raises(FileRefused, match="the picture moves"):
        receive("a.gif", target.getvalue(), scanner=None)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", b"", "“a.txt” was not kept: it is empty"),
        ("a.pdf", sent_files.PDF + bytes(LARGEST), "it has more than 10 MB"),
        ("x" * 300, b"MZ\x00", f"“{'x' * 100}” was not kept: it is a program"),
    ],
)
def test_a_file_that_cannot_be_kept_is_refused_with_the_reason(name: str, content: bytes, words: str) -> None:
    with pytest.raises(FileRefused, match=words):
        receive(name, content, scanner=None)


def test_a_name_that_had_to_be_changed_is_known() -> None:
    assert receive("plan.png", sent_files.PDF, scanner=None).was_called == "plan.png"
    assert receive("plan.pdf", sent_files.PDF, scanner=None).was_called == ""


# Scanned ----------------------------------------------------------------------------------------------------


def test_a_scanner_is_told_all_of_a_file() -> None:
    content = b"words " * 100_000
    with open_scanner() as scanner:
        assert text_file(content, scanner=scanner.address).verdict == Verdict(ScanState.CLEAN)
        assert scanner.seen == [content]


def test_an_infected_file_is_refused_as_it_comes() -> None:
    with open_scanner() as scanner, pytest.raises(InfectedFile, match=f"found {FOUND} in it. Do not open it"):
        text_file(b"before " + SIGN, scanner=scanner.address)


def test_what_unpacks_to_more_than_a_scanner_reads_is_not_taken_for_clean() -> None:
    large = sent_files.open_document("text", {"large.xml": bytes(101 * 1024 * 1024)})
    with open_scanner() as scanner:
        assert receive("a.odt", large, scanner=scanner.address).verdict.state is ScanState.OVER_LIMITS


@pytest.mark.parametrize(
    ("manner", "words"),
    [
        (Manner.RUDE, "the scanner broke off"),
        (Manner.CONFUSED, "the scanner said 'not today'"),
        (Manner.SILENT, "no answer within 0.2 seconds"),
    ],
)
def test_a_scanner_that_does_not_answer_leaves_the_file_in_quarantine(manner: Manner, words: str) -> None:
    with open_scanner(manner) as scanner:
        answer = scan(scanner.address, [b"words"], patience=0.2)
    assert words in answer.trouble


def test_a_file_longer_than_a_scanner_takes_is_not_taken_for_clean() -> None:
    with open_scanner() as scanner:
        answer = scan(scanner.address, [b"x" * (LONGEST + 1)])
    assert "size limit exceeded" in answer.trouble


def test_a_scanner_that_is_away_leaves_the_file_in_quarantine() -> None:
    with open_scanner() as scanner:
        address = scanner.address
    assert "cannot be reached" in scan(address, [b"words"]).trouble
    assert "cannot be reached" in scan("/nowhere/clamd.ctl", [b"words"]).trouble
    assert text_file(scanner=address).verdict.state is ScanState.WAITING


def test_a_file_that_waits_is_offered_again_and_judged_once_the_scanner_answers(
    session: Session, stamp: Stamp
) -> None:
    with open_scanner(Manner.RUDE) as scanner:
        infected = kept(session, stamp, text_file(SIGN, scanner=scanner.address))
        clean = kept(session, stamp, text_file(b"clean", scanner=scanner.address))
        before = kept(session, stamp, text_file(b"before there was one"))
        scanner.manner = Manner.TRUE
        assert [each.id for each in to_scan(session, again=False)] == [infected.id, clean.id, before.id]
        session.rollback()
        assert not infected.is_given_out
        for each in (infected, clean, before):
            verdict = verdict_on(session, each, scanner.address)
            with writing(session):
                note_verdict(session, each.id, verdict, now=NOW)
    states = {each.id: each.scan for each in session.scalars(select(Attachment))}
    assert states == {
        infected.id: ScanState.INFECTED,
        clean.id: ScanState.CLEAN,
        before.id: ScanState.CLEAN,
    }
    assert to_scan(session, again=False) == []
    assert len(to_scan(session, again=True)) == 3


def test_a_scanner_that_is_away_takes_nothing_back(session: Session, stamp: Stamp) -> None:
    with open_scanner() as scanner:
        clean = kept(session, stamp, text_file(scanner=scanner.address))
    with writing(session):
        note_verdict(session, clean.id, Verdict(ScanState.WAITING, "away"), now=NOW)
    assert session.get_one(Attachment, clean.id).scan is ScanState.CLEAN

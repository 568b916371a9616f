"""What a file is by its content, what it is called, and what follows from a scanner's answer."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.attachments.rules import (
    LARGEST,
    Answer,
    FileKind,
    FileRefused,
    ScanState,
    check_size,
    disposition,
    is_over_limits,
    kept_name,
    kind_of,
    verdict_of,
)
from npt.attachments.rules.names import LONGEST_NAME, ending_of
from tests import sent_files

DOCX = sent_files.office("wordprocessingml.document")

# Kinds ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "ending", "kind"),
    [
        (sent_files.PDF, "pdf", FileKind.PDF),
        (b"\xff\xd8\xff\xe0rest", "jpg", FileKind.JPEG),
        (b"\x89PNG\r\n\x1a\nrest", "", FileKind.PNG),
        (b"GIF89arest", "gif", FileKind.GIF),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "webp", FileKind.WEBP),
        ("Café at 10".encode(), "txt", FileKind.TEXT),
        ("Café at 10".encode("cp1252"), "txt", FileKind.TEXT),
        ("\ufeffCafé".encode("utf-16"), "txt", FileKind.TEXT),
        (b"code;name\nC1;Luton\n", "csv", FileKind.CSV),
        (sent_files.MAIL, "eml", FileKind.MAIL),
        (DOCX, "docx", FileKind.DOCX),
        (sent_files.office("spreadsheetml.sheet"), "xlsx", FileKind.XLSX),
        (sent_files.open_document("text"), "odt", FileKind.ODT),
        (sent_files.open_document("spreadsheet"), "ods", FileKind.ODS),
        # The name does not tell.
        (sent_files.PDF, "jpg", FileKind.PDF),
        (DOCX, "pdf", FileKind.DOCX),
        (b"Nothing but words", "eml", FileKind.TEXT),
        (b"BM and MZ begin words, too", "txt", FileKind.TEXT),
        (sent_files.MAIL, "txt", FileKind.TEXT),
    ],
)
def test_a_file_is_what_it_holds(content: bytes, ending: str, kind: FileKind) -> None:
    assert kind_of(content, ending) is kind


@pytest.mark.parametrize(
    ("content", "ending", "words"),
    [
        (b"", "pdf", "it is empty"),
        (b"MZ\x90\x00\x03\x00", "pdf", "a program"),
        (b"\x7fELF\x02\x01", "", "a program"),
        (b"#!/bin/sh\nls\n", "txt", "a script"),
        (b"Start-Process calc", "ps1", "a script"),
        (b"<svg xmlns='x'><script/></svg>", "png", "SVG drawings can hold scripts"),
        (b"\xef\xbb\xbf  <!DOCTYPE html><p>", "txt", "web pages"),
        ("\ufeff<html>".encode("utf-16"), "txt", "web pages"),
        (b"harmless words", "html", "web pages"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "doc", "older Office file"),
        (b"{\\rtf1 words}", "rtf", "rich text"),
        (b"\x00\x00\x00\x18ftypheic", "heic", "HEIC"),
        (b"\x00\x00\x00\x18ftypisom", "mp4", "films"),
        (b"BM\x00\x01\x00\x00\x00\x00", "bmp", "as JPEG or PNG"),
        (b"\x1f\x8b\x08\x00\x00\x00", "gz", "an archive"),
        (b"words\x00with\x01signs", "txt", "this kind of file is not kept"),
        (sent_files.parcel_of({"a.txt": b"words"}), "zip", "an archive"),
        (sent_files.parcel_of({"mimetype": b"application/epub+zip"}), "epub", "an archive"),
        (DOCX[:-30], "docx", "it is damaged"),
        (DOCX.replace(b"[Content_Types].xml", b"[Content_Typos].xml"), "docx", "an archive"),
        (
            sent_files.office("wordprocessingml.document", {"word/vbaProject.bin": b"x"}),
            "docx",
            "it holds macros",
        ),
        (sent_files.office("spreadsheetml.sheet", {"a/macroEnabled.bin": b"x"}), "xlsx", "it holds macros"),
        (sent_files.open_document("text", {"Basic/Standard/Module1.xml": b"x"}), "odt", "it holds macros"),
    ],
)
def test_what_is_not_kept_is_refused_with_the_reason(content: bytes, ending: str, words: str) -> None:
    with pytest.raises(FileRefused, match=words):
        kind_of(content, ending)


def test_a_workbook_that_says_it_may_hold_macros_is_refused() -> None:
    types = b'<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
    with pytest.raises(FileRefused, match="it holds macros"):
        kind_of(sent_files.parcel_of({"[Content_Types].xml": types}), "xlsx")


def test_the_settings_of_a_printer_are_no_macros() -> None:
    settings = {"xl/printerSettings/printerSettings1.bin": b"x"}
    assert kind_of(sent_files.office("spreadsheetml.sheet", settings), "xlsx") is FileKind.XLSX


def test_a_parcel_of_very_many_parts_is_refused_before_they_are_listed() -> None:
    many = sent_files.parcel_of({f"{number:0200}": b"" for number in range(4_100)})
    with pytest.raises(FileRefused, match="an archive"):
        kind_of(many, "docx")


@given(st.binary(max_size=400), st.sampled_from(["", "docx", "txt", "eml", "pdf"]))
def test_whatever_is_sent_is_a_kind_or_refused(content: bytes, ending: str) -> None:
    for beginning in (b"", b"PK\x03\x04", b"PK\x05\x06"):
        with suppress(FileRefused):
            assert isinstance(kind_of(beginning + content, ending), FileKind)


def test_a_file_of_ten_megabytes_is_the_largest() -> None:
    check_size(LARGEST)
    with pytest.raises(FileRefused, match="more than 10 MB"):
        check_size(LARGEST + 1)


# Names ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "kind", "kept"),
    [
        ("plan.pdf", FileKind.PDF, "plan.pdf"),
        ("PLAN.PDF", FileKind.PDF, "PLAN.pdf"),
        ("photo.jpeg", FileKind.JPEG, "photo.jpeg"),
        ("photo.png", FileKind.JPEG, "photo.jpg"),
        ("minutes.2026", FileKind.TEXT, "minutes.2026.txt"),
        ("minutes", FileKind.DOCX, "minutes.docx"),
        ("../../etc/passwd", FileKind.TEXT, "passwd.txt"),
        ("C:\\Users\\Pat\\plan.odt", FileKind.ODT, "plan.odt"),
        ("a\r\nSet-Cookie: b=c.txt", FileKind.TEXT, "a Set-Cookie- b=c.txt"),
        ("plan\u202efdp.txt", FileKind.TEXT, "planfdp.txt"),
        ("  .htaccess", FileKind.TEXT, "htaccess.txt"),
        ("con.txt", FileKind.TEXT, "file-con.txt"),
        ('<b>"plan"|.txt', FileKind.TEXT, "-b--plan--.txt"),
        ("", FileKind.PDF, "file.pdf"),
        (f"{'long ' * 60}.pdf", FileKind.PDF, f"{('long ' * 60)[: LONGEST_NAME - 4].strip()}.pdf"),
        ("Straße\u2011Ω.txt", FileKind.TEXT, "Straße\u2011Ω.txt"),
    ],
)
def test_a_name_is_cleaned_and_ends_as_its_content_does(sent: str, kind: FileKind, kept: str) -> None:
    assert kept_name(sent, kind) == kept


@given(st.text(max_size=400), st.sampled_from(FileKind))
def test_any_name_becomes_one_that_every_system_takes(sent: str, kind: FileKind) -> None:
    kept = kept_name(sent, kind)
    assert 0 < len(kept) <= LONGEST_NAME
    assert kept.isprintable()
    assert not set(kept) & set('/\\<>:"|?*')
    assert ending_of(kept) in kind.endings
    assert kept_name(kept, kind) == kept


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("plan.pdf", 'attachment; filename="plan.pdf"'),
        ("Café £5.pdf", "attachment; filename=\"Cafe 5.pdf\"; filename*=UTF-8''Caf%C3%A9%20%C2%A35.pdf"),
        ("计划.pdf", "attachment; filename=\"file.pdf\"; filename*=UTF-8''%E8%AE%A1%E5%88%92.pdf"),
        ("100%'.pdf", "attachment; filename=\"100.pdf\"; filename*=UTF-8''100%25%27.pdf"),
    ],
)
def test_a_header_has_the_name_in_both_spellings(name: str, header: str) -> None:
    assert disposition(name) == header


# Scanning ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "over", "state"),
    [
        (Answer(), False, ScanState.CLEAN),
        (Answer(), True, ScanState.OVER_LIMITS),
        (Answer(found="Eicar"), True, ScanState.INFECTED),
        (Answer(found="Heuristics.Limits.Exceeded.MaxFileSize"), False, ScanState.OVER_LIMITS),
        (Answer(trouble="no answer"), False, ScanState.WAITING),
    ],
)
def test_only_a_plain_answer_about_a_whole_file_says_that_it_is_clean(
    answer: Answer, over: bool, state: ScanState
) -> None:
    assert verdict_of(answer, is_over_limits=over).state is state


@pytest.mark.parametrize(
    ("state", "may"),
    [
        (ScanState.NOT_SCANNED, True),
        (ScanState.OVER_LIMITS, True),
        (ScanState.CLEAN, True),
        (ScanState.WAITING, False),
        (ScanState.INFECTED, False),
    ],
)
def test_a_file_that_waits_or_is_infected_is_not_given_out(state: ScanState, may: bool) -> None:
    assert state.is_given_out is may


def test_a_parcel_that_unpacks_to_more_than_a_scanner_reads_is_over_its_limits() -> None:
    large = sent_files.open_document("text", {"large.xml": bytes(101 * 1024 * 1024)})
    assert is_over_limits(FileKind.ODT, large)
    assert not is_over_limits(FileKind.ODT, sent_files.open_document("text"))
    assert not is_over_limits(FileKind.PDF, sent_files.PDF)

"""Files for the tests of tables: a CSV of any bytes, a workbook as Excel makes it, or a crafted one."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlsxwriter

from npt.sheets import columns
from npt.sheets.columns import Column, Shape
from npt.sheets.reading import Table, read

MEMBERS = Shape(
    "members",
    (
        Column("number", columns.code, hint="the member's number"),
        Column("name", columns.text(200)),
        Column("email", columns.email, is_required=False),
    ),
)
DUTY = Shape(
    "duty",
    (
        Column("number", columns.code),
        Column("starts", columns.instant),
        Column("ends", columns.instant),
        Column("team", columns.code, is_required=False),
    ),
)


class Folder:
    """A folder in which a test writes a file and reads it back by a shape."""

    def __init__(self, path: Path) -> None:
        self.file = path / "members.csv"

    def read(self, content: str | bytes, shape: Shape = MEMBERS) -> Table:
        self.file.write_bytes(content.encode() if isinstance(content, str) else content)
        return read(self.file, shape)

    def problems(self, content: str | bytes, shape: Shape = MEMBERS) -> list[str]:
        """What is wrong, each as it is printed but with the file's bare name."""
        return [str(each).removeprefix(f"{self.file.parent}/") for each in self.read(content, shape).problems]


THINGS = Shape(
    "things",
    (
        Column("code", columns.code),
        Column("day", columns.day, is_required=False),
        Column("at", columns.instant, is_required=False),
        Column("share", columns.decimal(2, 0, 1000), is_required=False),
        Column("note", columns.text(100), is_required=False),
    ),
)
HEADER = ["code", "day", "at", "share", "note"]
FORMATS = "http://schemas.openxmlformats.org"
MAIN = f"{FORMATS}/spreadsheetml/2006/main"
CONTENT_TYPES = (
    f'<Types xmlns="{FORMATS}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)


def relation(kind: str, target: str) -> str:
    """The part of a packed file that says where its one other part of this kind is."""
    return (
        f'<Relationships xmlns="{FORMATS}/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{FORMATS}/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
        "</Relationships>"
    )


class Desk:
    """A file made by Excel, as far as a test needs one."""

    def __init__(self, path: Path) -> None:
        self.file = path / "things.xlsx"

    def read(self) -> Table:
        return read(self.file, THINGS)

    def problems(self) -> list[str]:
        return [str(each).removeprefix(f"{self.file.parent}/") for each in self.read().problems]

    def excel(self, fill: Callable[[Any, Any], object], header: list[str] = HEADER) -> "Desk":
        """A workbook with one sheet and this header; `fill` is given the book and the sheet."""
        with xlsxwriter.Workbook(self.file) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, header)
            fill(book, sheet)
        return self

    def raw(self, rows: str, target: str = "worksheets/sheet1.xml") -> "Desk":
        """A workbook whose sheet holds this XML, which no good program would write."""
        with zipfile.ZipFile(self.file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", CONTENT_TYPES)
            archive.writestr("_rels/.rels", relation("officeDocument", "xl/workbook.xml"))
            archive.writestr(
                "xl/workbook.xml",
                f'<workbook xmlns="{MAIN}" xmlns:r="{FORMATS}/officeDocument/2006/relationships">'
                '<sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
            )
            archive.writestr("xl/_rels/workbook.xml.rels", relation("worksheet", target))
            archive.writestr(
                "xl/worksheets/sheet1.xml",
                f'<worksheet xmlns="{MAIN}"><sheetData>'
                '<row r="1"><c r="A1" t="inlineStr"><is><t>code</t></is></c></row>'
                f"{rows}</sheetData></worksheet>",
            )
        return self


def values(table: Table) -> list[dict[str, object]]:
    """The values of the rows, without the empty ones, of a file with nothing wrong."""
    assert table.problems == []
    return [{name: value for name, value in row.values.items() if value is not None} for row in table.rows]

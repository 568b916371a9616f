"""Files as people send them, made on the spot: documents, and pictures with what a camera noted."""

import zipfile
from io import BytesIO
from typing import Any

OFFICE = "application/vnd.openxmlformats-officedocument"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
MAIL = (
    b"From: Pat <pat@example.org>\r\nDate: Mon, 16 Nov 2026 10:00:00 +0000\r\nSubject: Parking\r\n\r\n"
    b"Hello\r\n"
)


def parcel_of(parts: dict[str, bytes]) -> bytes:
    """A ZIP of these parts by their names."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return target.getvalue()


def office(main: str, more: dict[str, bytes] | None = None) -> bytes:
    """A document of Office whose main part is of this type."""
    types = f'<Types><Override PartName="/main.xml" ContentType="{OFFICE}.{main}.main+xml"/></Types>'
    return parcel_of({"[Content_Types].xml": types.encode(), "main.xml": b"<x/>", **(more or {})})


def open_document(kind: str, more: dict[str, bytes] | None = None) -> bytes:
    """A document of OpenDocument of this kind."""
    media_type = f"application/vnd.oasis.opendocument.{kind}".encode()
    return parcel_of({"mimetype": media_type, "content.xml": b"<x/>", **(more or {})})


def picture(
    kind: str = "JPEG",
    *,
    size: tuple[int, int] = (40, 20),
    mode: str = "RGB",
    orientation: int = 1,
    **save: Any,
) -> bytes:
    """A picture, its left half red, with a place, a comment and a description as cameras note them."""
    from PIL import Image

    drawn = Image.new(mode, size)
    if mode == "RGB":
        drawn.paste((255, 0, 0), (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[0x0112], exif[0x010E], exif[0x8769] = orientation, "at Pat's house", {0x9286: b"ASCII\0\0\0noted"}
    exif[0x8825] = {1: "N", 2: (51.0, 52.0, 53.0)}
    target = BytesIO()
    drawn.save(target, format=kind, **({"exif": exif} if kind != "GIF" else {}), comment=b"by Pat", **save)
    return target.getvalue()

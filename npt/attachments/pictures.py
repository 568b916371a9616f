"""Pictures, drawn anew before they are kept: upright, and without anything that a camera or a program noted.

What a telephone writes into a picture (where it was taken, when, by whose device) is not what it was added
for. Nothing of the file as it came is kept, so that nothing can be hidden in it either.
"""

import threading
from io import BytesIO
from typing import TYPE_CHECKING, Any

from npt.attachments.rules import LARGEST, SIZE_IN_WORDS, FileKind, FileRefused

if TYPE_CHECKING:
    from PIL.Image import Image

#: The largest picture that is opened, in pixels: 200 MB while it is drawn. Cameras of telephones have 12 to
#: 50 million. Ours.
MOST_PIXELS = 50_000_000
_BROKEN = "the picture is damaged or cut short: open it on your device and save it again"
#: What of a picture's notes belongs to how it looks.
_LOOKS = ("transparency",)
#: One picture at a time in each process, whatever many people send at once.
_at_work = threading.Lock()


def drawn_anew(content: bytes, kind: FileKind) -> bytes:
    """The picture with nothing but its pixels, upright, in its own format and no worse to look at.

    FileRefused when it is too large, moves or is damaged.
    """
    from PIL import Image  # 8 MB and a tenth of a second, in a worker that is given a picture

    # Ours refuses earlier; Pillow's own warns at a size that we take.
    Image.MAX_IMAGE_PIXELS = None
    with _at_work:
        try:
            with Image.open(BytesIO(content), formats=(kind.name,)) as picture:
                _check(picture, kind)
                drawn = _written(picture, kind, content)
        except FileRefused:
            raise
        except Exception as error:  # what is damaged raises whatever its decoder meets
            raise FileRefused(_BROKEN) from error
    if len(drawn) > 2 * LARGEST:
        raise FileRefused(f"drawn without its notes it has more than {SIZE_IN_WORDS}: make it smaller")
    return drawn


def portrait(content: bytes, kind: FileKind, side: int) -> bytes:
    """The middle of a picture that `drawn_anew` gave, as a square JPEG of `side` pixels."""
    from PIL import Image, ImageOps

    with _at_work, Image.open(BytesIO(content), formats=(kind.name,)) as picture:
        small = ImageOps.fit(picture.convert("RGB"), (side, side), centering=(0.5, 0.4))
        target = BytesIO()
        small.save(target, format="JPEG", quality=82, optimize=True)
    return target.getvalue()


def _check(picture: "Image", kind: FileKind) -> None:
    """Look at what the first bytes say of the picture, before any of it is unpacked."""
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise FileRefused(
            f"the picture has {width * height / 1_000_000:,.0f} million pixels, and"
            f" {MOST_PIXELS / 1_000_000:.0f} million is the most: make it smaller"
        )
    # A telephone puts a second picture, for depth or brightness, into a JPEG: the first is what it took.
    if kind is not FileKind.JPEG and getattr(picture, "is_animated", False):
        raise FileRefused("the picture moves: save the one you need as PNG or JPEG")


def _written(picture: "Image", kind: FileKind, content: bytes) -> bytes:
    from PIL import ImageOps

    how = _how(picture, kind, content)
    picture.load()
    profile = picture.info.get("icc_profile")
    drawn = ImageOps.exif_transpose(picture)
    drawn.info = {name: drawn.info[name] for name in _LOOKS if name in drawn.info}
    if profile:
        drawn = _in_usual_colours(drawn, profile)
    if drawn.mode == "CMYK":
        drawn, how = drawn.convert("RGB"), {"quality": 92}
    target = BytesIO()
    drawn.save(target, format=kind.name, **how)
    return target.getvalue()


def _how(picture: "Image", kind: FileKind, content: bytes) -> dict[str, Any]:
    """How the picture is packed, so that it is packed alike again: read before it is unpacked."""
    if kind is FileKind.JPEG:
        from PIL.JpegImagePlugin import get_sampling

        # The same tables again: what the first packing left out is all that is left out.
        alike: dict[str, Any] = {"qtables": picture.quantization}  # type: ignore[attr-defined]  # of a JPEG
        sampling = get_sampling(picture)
        if sampling >= 0:
            alike["subsampling"] = sampling
        return {**alike, "optimize": True, "progressive": bool(picture.info.get("progressive"))}
    if kind is FileKind.WEBP:
        return {"lossless": True} if _is_lossless(content) else {"quality": 90}
    return {}


def _is_lossless(content: bytes) -> bool:
    """Whether a WebP is packed without loss: its first part with pixels is called VP8L."""
    place = 12
    while place + 8 <= len(content):
        name, size = content[place : place + 4], int.from_bytes(content[place + 4 : place + 8], "little")
        if name in (b"VP8 ", b"VP8L"):
            return name == b"VP8L"
        place += 8 + size + size % 2
    return False


def _in_usual_colours(picture: "Image", profile: bytes) -> "Image":
    """The picture in sRGB, which every screen takes a picture without a profile for.

    A profile names the device; without its colours turned, a telephone's picture would look dull.
    """
    from PIL import ImageCms

    if picture.mode not in ("RGB", "CMYK"):
        return picture
    try:
        usual = ImageCms.createProfile("sRGB")
        turned = ImageCms.profileToProfile(picture, BytesIO(profile), usual, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture  # a profile that cannot be read: shown as any other
    if turned is None:
        return picture
    turned.info = {}
    return turned

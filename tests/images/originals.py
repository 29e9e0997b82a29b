"""Originals as they come: full of what betrays a place or a device, with rights and AI labels."""

import io
import struct

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
AI_LABEL = (
    '{"Label":"1","ContentProducer":"001191440300708461136T1XGW3","ProduceID":"a<b>&c",'
    '"ReservedCode1":"","ContentPropagator":"肇庆","PropagateID":"p-1","ReservedCode2":""}'
)
SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"

# Each stands in every original, and in no public file.
SECRETS = (
    "SecretMake",
    "SecretModel",
    "SecretSoftware",
    "SecretDescription",
    "SecretOwner",
    "SecretSerial",
    "SecretLens",
    "SecretMaker",
    "SecretXmpSerial",
    "SecretTool",
    "SecretCity",
    "SecretHistory",
    "SecretTitle",
    "SecretInner",
    "2023:10:18",
    "2023-10-18",
    "23,1.5N",
)

XMP = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
  xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:exif="http://ns.adobe.com/exif/1.0/"
  xmlns:aux="http://ns.adobe.com/exif/1.0/aux/"
  xmlns:xmp="http://ns.adobe.com/xap/1.0/"
  xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
  xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
  xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
  xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/">
<rdf:Description rdf:about="" exif:GPSLatitude="23,1.5N" aux:SerialNumber="SecretXmpSerial"
  xmp:CreatorTool="SecretTool" photoshop:City="SecretCity" photoshop:DateCreated="2023-10-18"
  photoshop:Credit="高要发布" Iptc4xmpExt:DigitalSourceType="{SOURCE_TYPE}">
 <dc:creator><rdf:Seq><rdf:li>刘春林</rdf:li><rdf:li>Liu &amp; Co</rdf:li></rdf:Seq></dc:creator>
 <dc:rights><rdf:Alt><rdf:li xml:lang="x-default">版权所有 2023</rdf:li>
  <rdf:li xml:lang="en">All rights reserved</rdf:li></rdf:Alt></dc:rights>
 <dc:title><rdf:Alt><rdf:li xml:lang="x-default">SecretTitle</rdf:li></rdf:Alt></dc:title>
 <xmpMM:History><rdf:Seq><rdf:li>SecretHistory</rdf:li></rdf:Seq></xmpMM:History>
 <xmpMM:Ingredients><rdf:Bag><rdf:li><rdf:Description>
  <dc:creator><rdf:Seq><rdf:li>SecretInner</rdf:li></rdf:Seq></dc:creator>
 </rdf:Description></rdf:li></rdf:Bag></xmpMM:Ingredients>
 <TC260:AIGC>{AI_LABEL.replace("&", "&amp;").replace("<", "&lt;")}</TC260:AIGC>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>""".encode()


def full_exif() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = "SecretDescription"
    exif[0x010F] = "SecretMake"
    exif[0x0110] = "SecretModel"
    exif[0x0131] = "SecretSoftware"
    exif[0x0132] = "2023:10:18 09:30:00"
    exif[0x013B] = "刘春林".encode()
    exif[0x8298] = b"(c) Gaoyao"
    details = exif.get_ifd(0x8769)
    details[0x9003] = "2023:10:18 09:30:00"
    details[0x927C] = b"SecretMaker"
    details[0xA430] = "SecretOwner"
    details[0xA431] = "SecretSerial"
    details[0xA435] = "SecretLens"
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (23.0, 1.0, 30.0)
    place[3], place[4] = "E", (112.0, 27.0, 30.0)
    return exif.tobytes()


def original(
    kind: str = "JPEG",
    *,
    exif: bytes | None = None,
    xmp: bytes = XMP,
    iptc: bytes = b"",
    texts: dict[str, str] | None = None,
    size: tuple[int, int] = (600, 400),
) -> SimpleUploadedFile:
    options: dict = {"exif": full_exif() if exif is None else exif}
    if kind == "PNG":
        options["pnginfo"] = _chunks(xmp, texts or {})
    elif xmp:
        options["xmp"] = xmp
    if iptc:
        options["extra"] = _photoshop(iptc)
    file = io.BytesIO()
    Image.new("RGB", size, "teal").save(file, kind, **options)
    return SimpleUploadedFile(f"p.{kind.lower()}", file.getvalue())


def iptc_block(*datasets: tuple[int, bytes]) -> bytes:
    return b"".join(
        struct.pack(">BBBH", 0x1C, 2, number, len(value)) + value for number, value in datasets
    )


def segments(jpeg: bytes) -> list[tuple[int, bytes]]:
    """Everything that stands before the pixels of a JPEG: marker and content."""
    found, offset = [], 2
    while (marker := jpeg[offset + 1]) != 0xDA:
        (length,) = struct.unpack_from(">H", jpeg, offset + 2)
        found.append((marker, jpeg[offset + 4 : offset + 2 + length]))
        offset += 2 + length
    return found


def _chunks(xmp: bytes, texts: dict[str, str]) -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", xmp.decode())
    for keyword, text in {"Comment": "SecretTitle", **texts}.items():
        info.add_text(keyword, text)
    return info


def _photoshop(iptc: bytes) -> bytes:
    resource = b"8BIM" + struct.pack(">HHI", 0x0404, 0, len(iptc)) + iptc + b"\0" * (len(iptc) % 2)
    content = b"Photoshop 3.0\0" + resource
    return b"\xff\xed" + struct.pack(">H", 2 + len(content)) + content

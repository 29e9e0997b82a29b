"""Word files made for tests, with only the parts that Word itself needs."""

import io
import zipfile

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OTHERS = (
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
STYLES = (
    f'<w:styles {_W}><w:style w:styleId="a3"><w:name w:val="Title"/></w:style>'
    '<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:styleId="c"><w:name w:val="caption"/></w:style></w:styles>'
)


def paragraph(text: str, *, style: str = "", bold: bool = False) -> str:
    kind = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    weight = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:p>{kind}<w:r>{weight}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def picture(relation: str) -> str:
    """As Word writes it: the drawing, and the same again for older programs."""
    blip = f'<a:blip r:embed="{relation}"/>'
    choices = f"<mc:Choice>{blip}</mc:Choice><mc:Fallback>{blip}</mc:Fallback>"
    return f"<w:p><w:r><mc:AlternateContent>{choices}</mc:AlternateContent></w:r></w:p>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in cells)}</w:tr>"


def word_file(*body: str, pictures: dict[str, str] | None = None, **members: str | bytes) -> bytes:
    """`pictures` says which name under word/ each relation has."""
    relations = "".join(
        f'<Relationship Id="{key}" Target="{name}"/>' for key, name in (pictures or {}).items()
    )
    document = f"<w:document {_W} {_OTHERS}><w:body>{''.join(body)}</w:body></w:document>"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": document,
        "word/styles.xml": STYLES,
        "word/_rels/document.xml.rels": f"<Relationships>{relations}</Relationships>",
        **{f"word/{name}": b"\xff\xd8\xff" for name in (pictures or {}).values()},
    }
    return archive(parts | members)


def archive(parts: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return file.getvalue()

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_readme_names_every_folder():
    folders = [path for path in (ROOT / "towns").iterdir() if path.is_dir()]

    for folder in folders:
        if folder.name != "__pycache__":
            assert f"`towns/{folder.name}/`" in README


def test_readme_names_every_setting_read_from_the_environment():
    code = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("townsportal", "towns")
        for path in (ROOT / folder).rglob("*.py")
    )

    names = set(re.findall(r'environ(?:\.get\(|\[)"([A-Z_]+)"', code))

    assert names
    for name in names - {"DJANGO_SETTINGS_MODULE"}:
        assert f"`{name}`" in README

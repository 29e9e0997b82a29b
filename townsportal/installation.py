"""Where an installation keeps its things, and what it needs before Django can start."""

import os
import secrets
import sys
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

BASE_DIR = Path(__file__).resolve().parent.parent

HOW_TO_BEGIN = (
    "This installation has not begun yet: run `python manage.py begin` (or set SECRET_KEY). "
    "还没有初始化：请运行 `python manage.py begin`（或设置 SECRET_KEY）。"
)


def data_dir() -> Path:
    return Path(os.environ.get("DATA_DIR") or BASE_DIR / "var").resolve()


def media_dir() -> Path:
    """Pictures stand in `media/`, or in the data directory where one was named."""
    return data_dir() / "media" if os.environ.get("DATA_DIR") else BASE_DIR / "media"


def key_file() -> Path:
    return data_dir() / "secret_key"


def secret_key() -> str:
    """The key of this installation; "" before it has begun. There is no default."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    return key_file().read_text().strip() if key_file().exists() else ""


def prepare(command: str) -> None:
    """Give a beginning installation its key; stop any other command without one."""
    if command in ("help", "--help", "-h", "--version", "version"):
        return
    if not secret_key():
        if command not in ("begin", "demo"):
            sys.exit(HOW_TO_BEGIN)
        write_key()
    data_dir().mkdir(parents=True, exist_ok=True)


def write_key() -> None:
    key_file().parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(key_file(), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))


def database(url: str) -> dict:
    """Django's settings for `sqlite:///path` or `postgres://user:password@host:port/name`.

    Raises ValueError for any other kind of address.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(unquote(parts.path)[1:])
    if parts.scheme in ("postgres", "postgresql"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "OPTIONS": dict(parse_qsl(parts.query)),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ValueError("DATABASE_URL begins with sqlite:/// or postgres://")


def _sqlite(path: str) -> dict:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        # Writers queue at BEGIN instead of failing half-way; readers never wait.
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def email(url: str) -> dict:
    """Django's settings for `smtp://user:password@host:port`; `smtp+tls` and `smtps` encrypt.

    Without an address, what would be sent is printed. Raises ValueError for any other kind.
    """
    ports = {"": 25, "smtp": 25, "smtp+tls": 587, "smtps": 465}
    parts = urlsplit(url)
    if url and (not parts.scheme or parts.scheme not in ports or not parts.hostname):
        raise ValueError("EMAIL_URL begins with smtp://, smtp+tls:// or smtps://")
    return {
        "EMAIL_BACKEND": f"django.core.mail.backends.{'smtp' if url else 'console'}.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or ports[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }

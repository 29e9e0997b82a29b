"""Set before Django reads its settings: tests keep their things apart and need no installation."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "for the tests only")
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="townsportal-tests-")
for name in ("DEBUG", "SITE_URL", "ALLOWED_HOSTS", "CACHE_URL"):
    os.environ.pop(name, None)

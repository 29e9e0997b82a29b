from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """A member of staff. The family name comes first where it is written in Chinese."""

    def get_full_name(self) -> str:
        parts = self.last_name.strip(), self.first_name.strip()
        if any(not part.isascii() for part in parts):
            return "".join(parts)
        return " ".join(reversed(parts)).strip()

    def __str__(self) -> str:
        return self.get_full_name() or self.username

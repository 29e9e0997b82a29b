"""Who is credited with a picture: parties of ours, known or made because a person wants them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from towns.imports.article.result import Credit, Figure
from towns.imports.draft.hands import Hands
from towns.imports.draft.parties import NewParty, compared_name, made_party
from towns.language.credits import marker
from towns.models import Party

SIGN = "△"


@dataclass
class Credits:
    """`new` are the names that no record bears, by the form in which names are compared."""

    new: Mapping[str, NewParty]
    hands: Hands
    parties: dict[str, Party] = field(default_factory=dict)

    def party(self, name: str, uid: str, line: int) -> Party | None:
        new = self.new.get(compared_name(name)) if not uid else None
        if new is not None:
            return self._of_new(new, line)
        return self._known(uid)

    def of(self, figure: Figure) -> Iterator[tuple[str, Party]]:
        """In order, each once."""
        given: set[tuple[str, int]] = set()
        for credit in figure.credits:
            party = self.party(credit.party, credit.uid, figure.line)
            if party and (credit.kind, party.pk) not in given:
                given.add((credit.kind, party.pk))
                yield credit.kind, party

    def all(self) -> list[Party]:
        return list(self.parties.values())

    def _of_new(self, new: NewParty, line: int) -> Party | None:
        if new.is_left_out:
            return None
        if new.uid:
            return self._known(new.uid)
        if new.key not in self.parties:
            self.parties[new.key] = made_party(new)
            self.hands.made(self.parties[new.key], line)
        return self.parties[new.key]

    def _known(self, uid: str) -> Party | None:
        if uid and uid not in self.parties:
            party = Party.objects.filter(uid=uid).first()
            if party is None:
                return None
            self.parties[uid] = party
        return self.parties.get(uid)


def placeholder(figure: Figure, said: str) -> str:
    """The caption as the line says it, with the credits that stand in another line."""
    text = said.strip() or figure.caption
    missing = [one for one in figure.credits if one.party not in text]
    text = " ".join([text, *(_credit(one) for one in missing)]).strip()
    return text if not text or marker(text) else f"{SIGN}{text}"


def _credit(credit: Credit) -> str:
    words = {
        "photographed": _("Photo by %(party)s"),
        "courtesy": _("Courtesy of %(party)s"),
        "source": _("Source: %(party)s"),
    }
    return words[credit.kind] % {"party": credit.party}

"""The register: each check has a name, one function and a test of its own."""

from collections.abc import Callable, Iterable

from towns.models import Article
from towns.proofing import languages, pictures, privacy, ranks
from towns.proofing.remark import Draft, Remark, Severity

Check = Callable[[Draft], Iterable[Remark]]
CHECKS: dict[str, Check] = {
    privacy.IDENTITY: privacy.identity_numbers,
    privacy.MOBILE: privacy.mobile_numbers,
    ranks.OTHER_RANK: ranks.other_ranks,
    pictures.NO_ALT: pictures.without_alt,
    languages.ONE_SIDED: languages.one_sided,
}
_WEIGHT = list(Severity)


def proof(article: Article) -> list[Remark]:
    """What weighs most first."""
    draft = Draft(article)
    found = [remark for check in CHECKS.values() for remark in check(draft)]
    return sorted(found, key=lambda remark: _WEIGHT.index(remark.severity))


def proof_stops(article: Article) -> list[Remark]:
    return [remark for remark in proof(article) if remark.severity is Severity.STOPS]

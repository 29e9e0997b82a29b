"""The roles of a department, as Django groups with their rights.

`docs/permissions.md` shows the same as a table; a test walks it.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.utils.translation import pgettext_lazy

WRITER = "writer"
PROOFREADER = "proof-reader"
FIRST_REVIEWER = "first reviewer"
SECOND_REVIEWER = "second reviewer"
FINAL_REVIEWER = "final reviewer"
PUBLISHER = "publisher"
ADMINISTRATOR = "administrator"

# With a context: a source has a publisher too, which is another word in Chinese.
_NAMES = {
    WRITER: pgettext_lazy("role", "writer"),
    PROOFREADER: pgettext_lazy("role", "proof-reader"),
    FIRST_REVIEWER: pgettext_lazy("role", "first reviewer"),
    SECOND_REVIEWER: pgettext_lazy("role", "second reviewer"),
    FINAL_REVIEWER: pgettext_lazy("role", "final reviewer"),
    PUBLISHER: pgettext_lazy("role", "publisher"),
    ADMINISTRATOR: pgettext_lazy("role", "administrator"),
}

_RECORDS = [
    "town",
    "honour",
    "party",
    "source",
    "ranking",
    "rankingedition",
    "rankingentry",
    "claim",
    "project",
    "milestone",
    "statistic",
    "photo",
    "photocredit",
    "column",
    "article",
    "headingblock",
    "textblock",
    "photoblock",
    "statisticsblock",
    "rankingblock",
    "projectsblock",
    "quotationblock",
    "upload",
    "term",
]
_LOGS = (
    "change",
    "publication",
    "document",
    "region",
    "stage",
    "trailentry",
    "review",
    "version",
    "proposal",
    "binitem",
    "uploadrow",
)
_KEPT = ("town", "party", "source", "column")
_FROM_READERS = ("readerletter", "readercomment")
_SEES = [f"view_{model}" for model in (*_RECORDS, *_LOGS, *_FROM_READERS)]

# Writers delete details and drafts; what other records rest on stays. Who signs what is not a
# right but a matter of the stages (`towns.accounts.stages`): so a superuser skips none of them.
ROLES: dict[str, list[str]] = {
    WRITER: [
        *_SEES,
        *(f"{act}_{model}" for model in _RECORDS for act in ("add", "change")),
        *(f"delete_{model}" for model in _RECORDS if model not in _KEPT),
        "change_readerletter",
    ],
    PROOFREADER: _SEES,
    FIRST_REVIEWER: [*_SEES, "decide_proposal"],
    SECOND_REVIEWER: [*_SEES, "decide_proposal"],
    FINAL_REVIEWER: [*_SEES, "decide_proposal", "confirm_urgent"],
    PUBLISHER: [
        *_SEES,
        "publish_article",
        "publish_record",
        "withdraw_article",
        "ask_urgent",
        "decide_proposal",
        "approve_comment",
    ],
    ADMINISTRATOR: [
        *_SEES,
        *(
            f"{act}_{model}"
            for model in (*_RECORDS, "user", "group", "sitesettings", "region", "stage")
            for act in ("view", "add", "change", "delete")
        ),
        "delete_binitem",
        "change_readerletter",
        # Readers may ask that what they wrote be removed.
        *(f"delete_{model}" for model in _FROM_READERS),
        "approve_comment",
        "publish_article",
        "publish_record",
        "withdraw_article",
        "ask_urgent",
        "decide_proposal",
    ],
}


def role_name(group: Group) -> str:
    """In the language of the reader; a group that the department added keeps its own name."""
    return str(_NAMES.get(group.name, group.name))


def ensure_roles() -> None:
    """Create the groups, and give each the rights it lacks; rights added by hand stay."""
    for role, codenames in ROLES.items():
        group, _created = Group.objects.get_or_create(name=role)
        group.permissions.add(*_permissions(codenames))


def _permissions(codenames: Iterable[str]) -> Iterable[Permission]:
    return Permission.objects.filter(
        codename__in=set(codenames), content_type__app_label__in=("towns", "auth")
    )

"""The staff's screens, one file per content. Doors: what publishes is called, never written here.

`record` and `publishable` hold what all screens share, `choices` and `finding` how records are
named and found; importing the others registers their screens.
"""

from towns.admin import (
    account,
    article,
    bin,
    comment,
    letter,
    log,
    page,
    party,
    photo,
    place,
    project,
    proposal,
    ranking,
    site_settings,
    stage,
    statistic,
    term,
    upload_article,
    upload_sheet,
)

__all__ = [
    "account",
    "article",
    "bin",
    "comment",
    "letter",
    "log",
    "page",
    "party",
    "photo",
    "place",
    "project",
    "proposal",
    "ranking",
    "site_settings",
    "stage",
    "statistic",
    "term",
    "upload_article",
    "upload_sheet",
]

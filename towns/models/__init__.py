"""The records. A file may import those above it in this list; everything else imports from here."""

from towns.models.user import User  # isort: skip
from towns.models.party import Party  # isort: skip
from towns.models.source import Source  # isort: skip
from towns.models.place import Honour, Region, Town, matching_names  # isort: skip
from towns.models.ranking import Claim, Ranking, RankingEdition, RankingEntry  # isort: skip
from towns.models.rank_history import RankHistory, Standing, YearPlace, rank_histories  # isort: skip
from towns.models.project import DatePrecision, Milestone, Project  # isort: skip
from towns.models.statistic import Statistic  # isort: skip
from towns.models.photo import Photo, PhotoCredit  # isort: skip
from towns.models.document import Document  # isort: skip
from towns.models.stage import Stage  # isort: skip
from towns.models.trail import Review, TrailEntry, TrailHead  # isort: skip
from towns.models.article import Article, Column  # isort: skip
from towns.models.blocks import (  # isort: skip
    BLOCKS,
    HeadingBlock,
    PhotoBlock,
    ProjectsBlock,
    QuotationBlock,
    RankingBlock,
    StatisticsBlock,
    TextBlock,
)
from towns.models.publication import MovedOn, Publication  # isort: skip
from towns.models.change import Change, PublicState, SiteVersion  # isort: skip
from towns.models.version import BinDocument, BinItem, Version  # isort: skip
from towns.models.proposal import Proposal  # isort: skip
from towns.models.backup import Backup, Presence  # isort: skip
from towns.models.comment import Comment  # isort: skip
from towns.models.term import Term  # isort: skip
from towns.models.upload import ArticleUpload, SheetUpload, Upload, UploadRow  # isort: skip
from towns.models.site import SiteSettings  # isort: skip
from towns.models.home import Badge, HomePhoto, HomeProject, HomeStatistic, HomeTown  # isort: skip
from towns.models.page import Page  # isort: skip
from towns.models.reader import ReaderComment, ReaderLetter  # isort: skip
from towns.models.old_address import OldAddress  # isort: skip
from towns.models.search_entry import SearchEntry  # isort: skip

__all__ = [
    "Article",
    "ArticleUpload",
    "Backup",
    "BinDocument",
    "BinItem",
    "BLOCKS",
    "Badge",
    "Change",
    "Claim",
    "Column",
    "Comment",
    "DatePrecision",
    "Document",
    "HeadingBlock",
    "HomePhoto",
    "HomeProject",
    "HomeStatistic",
    "HomeTown",
    "Honour",
    "matching_names",
    "Milestone",
    "MovedOn",
    "OldAddress",
    "Page",
    "Party",
    "Photo",
    "PhotoBlock",
    "PhotoCredit",
    "Presence",
    "Project",
    "ProjectsBlock",
    "Proposal",
    "Publication",
    "PublicState",
    "rank_histories",
    "RankHistory",
    "QuotationBlock",
    "Ranking",
    "RankingBlock",
    "RankingEdition",
    "RankingEntry",
    "ReaderComment",
    "ReaderLetter",
    "Region",
    "Review",
    "SearchEntry",
    "SheetUpload",
    "SiteSettings",
    "SiteVersion",
    "Source",
    "Stage",
    "Standing",
    "Statistic",
    "StatisticsBlock",
    "Term",
    "TextBlock",
    "Town",
    "TrailEntry",
    "TrailHead",
    "Upload",
    "UploadRow",
    "User",
    "Version",
    "YearPlace",
]

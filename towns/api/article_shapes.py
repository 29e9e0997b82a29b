"""An article's Document as partners read it."""

from typing import Literal, TypedDict

from towns.documents.photo import PhotoContent
from towns.documents.project import ProjectContent
from towns.documents.ranking import ClaimContent, EditionContent, EntryContent
from towns.documents.shapes import Bilingual, PartyReference, SourceReference, TownReference
from towns.documents.statistic import StatisticContent


class ColumnContent(TypedDict):
    slug: str
    name: Bilingual


class HeadingContent(TypedDict):
    type: Literal["heading"]
    level: int
    text: Bilingual
    town: TownReference | None


class TextContent(TypedDict):
    type: Literal["text"]
    html: Bilingual


class PhotoBlockContent(TypedDict):
    type: Literal["photo"]
    photo: PhotoContent


class QuotedStatistic(StatisticContent):
    subject: TownReference | None
    source: SourceReference


class StatisticsContent(TypedDict):
    type: Literal["statistics"]
    statistics: list[QuotedStatistic]


class QuotedEdition(EditionContent):
    name: Bilingual
    source: SourceReference


class QuotedClaim(ClaimContent):
    source: SourceReference


class QuotedEntry(EntryContent):
    town: TownReference
    source: SourceReference
    claims: list[QuotedClaim]
    change: int | None
    streak: int | None
    is_first_time: bool | None


class RankingBlockContent(TypedDict):
    type: Literal["ranking"]
    edition: QuotedEdition
    entries: list[QuotedEntry]


class QuotedProject(ProjectContent):
    towns: list[TownReference]
    source: SourceReference


class ProjectsContent(TypedDict):
    type: Literal["projects"]
    projects: list[QuotedProject]


class QuotationContent(TypedDict):
    """`party` where it is on record who said it; `speaker` names somebody else, or the office."""

    type: Literal["quotation"]
    text: Bilingual
    party: PartyReference | None
    speaker: Bilingual


BlockContent = (
    HeadingContent
    | TextContent
    | PhotoBlockContent
    | StatisticsContent
    | RankingBlockContent
    | ProjectsContent
    | QuotationContent
)


class ArticleRelated(TypedDict):
    pages: Bilingual


class ArticleRelatedWithHtml(ArticleRelated):
    html: Bilingual


class ArticleRepresentation(TypedDict):
    """The digest leaves out `number`, `published_at`, `digest` and `related`."""

    slug: str
    languages: list[str]
    column: ColumnContent
    title: Bilingual
    summary: Bilingual
    publisher: PartyReference | None
    issued_at: str | None
    issued_place: Bilingual
    origin_url: str
    note: Bilingual
    parties: list[PartyReference]
    lead_photo: PhotoContent | None
    blocks: list[BlockContent]
    number: int
    published_at: str
    digest: str
    related: ArticleRelated


class ArticleDetail(ArticleRepresentation):
    related: ArticleRelatedWithHtml


class PublicationRepresentation(TypedDict):
    """The words of earlier publications are for staff; that there were any is public."""

    number: int
    published_at: str
    is_current: bool
    is_correction: bool
    note: Bilingual
    digest: str

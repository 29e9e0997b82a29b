from typing import TypedDict

from django.db.models import QuerySet

from towns.documents.shapes import Bilingual
from towns.language.bilingual import both
from towns.models import Milestone, Project


class MilestoneContent(TypedDict):
    on: str | None
    precision: str
    is_expected: bool
    text: Bilingual
    source: str


class ProjectContent(TypedDict):
    slug: str
    name: Bilingual
    other_names: list[str]
    is_name_zh_unverified: bool
    towns: list[str]
    kind: str
    status: str
    status_on: str | None
    status_words: Bilingual
    amount: str | None
    currency: str
    expected_on: str | None
    expected_precision: str | None
    milestones: list[MilestoneContent]
    photos: list[str]
    source: str


def prepare_projects(projects: QuerySet[Project]) -> QuerySet[Project]:
    return projects.select_related("source__publisher").prefetch_related(
        "towns__county", "milestones__source", "photos"
    )


def describe_project(project: Project) -> ProjectContent:
    return {
        "slug": project.slug,
        "name": project.names,
        "other_names": project.other_name_list,
        "is_name_zh_unverified": project.is_name_zh_unverified,
        "towns": sorted(town.code for town in project.towns.all()),
        "kind": project.kind,
        "status": project.status,
        "status_on": project.status_on,
        "status_words": both(project.status_words_zh, project.status_words_en),
        "amount": project.amount,
        "currency": "CNY",
        "expected_on": project.expected_on,
        "expected_precision": project.expected_precision if project.expected_on else None,
        "milestones": [describe_milestone(milestone) for milestone in project.milestones.all()],
        "photos": sorted(str(photo.uid) for photo in project.photos.all()),
        "source": str(project.source.uid),
    }


def describe_milestone(milestone: Milestone) -> MilestoneContent:
    return {
        "on": milestone.on,
        "precision": milestone.precision,
        "is_expected": milestone.is_expected,
        "text": both(milestone.text_zh, milestone.text_en),
        "source": str(milestone.source.uid),
    }

"""What pages tell search engines about their records, as schema.org JSON-LD.

Only what the page itself shows; an unknown value is left out.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from towns.images.sizes import width_for
from towns.language.bilingual import current_language, speak
from towns.models import Project, RankingEdition, Town
from towns.rendering.article import RenderedArticle
from towns.rendering.picture import Facts, picture_of_content

Thing = dict[str, Any]
# As Django's json_script does it: nothing in the data can end the script element.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def absolute(path: str) -> str:
    return settings.SITE_URL + path


def linked_data(*things: Thing) -> SafeString:
    """A script element that no browser runs."""
    graph = {"@context": "https://schema.org", "@graph": [_known(thing) for thing in things]}
    text = json.dumps(graph, ensure_ascii=False, default=str).translate(_ESCAPES)
    # `_ESCAPES` leaves nothing that could end the element.
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308


def breadcrumbs(steps: Iterable[tuple[str, str]]) -> Thing:
    """The steps are names with their paths, from the home page to this one."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": absolute(path)}
            for place, (name, path) in enumerate(steps, start=1)
        ],
    }


def image(content: Mapping[str, Any], facts: Facts | None = None) -> Thing:
    width = width_for(content["width"], 1600)
    is_ai_generated = picture_of_content(content, facts).is_ai_generated
    return {
        "@type": "ImageObject",
        "contentUrl": absolute(reverse("media-size", args=[content["id"], width])),
        "caption": speak(content["caption"]).text,
        "creditText": ", ".join(speak(item["party"]["name"]).text for item in content["credits"]),
        "license": content["licence_url"],
        "digitalSourceType": _AI if is_ai_generated else None,
        "width": content["width"],
        "height": content["height"],
    }


def news_article(
    article: RenderedArticle, *, path: str, published_at: Any, site: Thing, facts: Facts
) -> Thing:
    content = article.content
    photos = [block["photo"] for block in content["blocks"] if "photo" in block]
    lead = [content["lead_photo"]] if content["lead_photo"] else []
    publisher = content["publisher"]
    return {
        "@type": "NewsArticle",
        "mainEntityOfPage": absolute(path),
        "headline": str(article.title),
        "description": str(article.summary),
        "inLanguage": article.title.language,
        "datePublished": content["issued_at"],
        "dateModified": published_at.isoformat(),
        "articleSection": speak(content["column"]["name"]).text,
        "author": _organisation(speak(publisher["name"]).text) if publisher else None,
        "publisher": site,
        "image": [image(photo, facts) for photo in (lead or photos[:1])],
    }


def place(town: Town) -> Thing:
    thing = {
        "@type": "Place",
        "@id": absolute(town.get_absolute_url()),
        "name": town.name,
        "alternateName": [*town.other_name_list, *_other_names(town.names)],
        "identifier": town.code,
        "containedInPlace": _within(town),
    }
    if town.latitude is not None:
        thing["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": town.latitude,
            "longitude": town.longitude,
        }
    return thing


def dataset(edition: RankingEdition, *, description: str) -> Thing:
    path = edition.get_absolute_url()
    publisher = edition.ranking.publisher
    return {
        "@type": "Dataset",
        "@id": absolute(path),
        "name": f"{edition.ranking.name} {edition.year}",
        "description": description,
        "temporalCoverage": str(edition.year),
        "inLanguage": current_language(),
        "creator": _organisation(publisher.name) if publisher else None,
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": kind,
                "contentUrl": absolute(f"{path}?format={name}"),
            }
            for name, kind in (("csv", "text/csv"), ("xlsx", _XLSX))
        ],
    }


def project(record: Project) -> Thing:
    return {
        "@type": "Project",
        "@id": absolute(record.get_absolute_url()),
        "name": record.name,
        "alternateName": record.other_name_list,
    }


_AI = "https://schema.org/TrainedAlgorithmicMediaDigitalSource"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _organisation(name: str) -> Thing:
    return {"@type": "Organization", "name": name}


def _within(town: Town) -> Thing | None:
    above = None
    for region in town.county.path:
        above = {
            "@type": "AdministrativeArea",
            "name": region.name,
            "identifier": region.code,
            "containedInPlace": above,
        }
    return above


def _other_names(names: Mapping[str, str]) -> list[str]:
    return [name for code, name in names.items() if code != current_language()]


def _known(value: Any) -> Any:
    """Without what is empty or not known."""
    if isinstance(value, dict):
        return {key: _known(item) for key, item in value.items() if item not in (None, "", [], {})}
    if isinstance(value, list):
        return [_known(item) for item in value]
    return value

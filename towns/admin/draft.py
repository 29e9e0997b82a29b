"""An article as its form says it now: read, and stored nowhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from content_editor.admin import ContentEditor, ContentEditorInline
from django import forms
from django.http import HttpRequest

from towns.documents.article import compose_article, describe_block, fetched
from towns.documents.canonical import plain
from towns.models import Article, Party


@dataclass(frozen=True)
class Draft:
    """`left_out` counts the blocks that do not say yet what they show."""

    article: Article
    content: dict[str, Any]
    left_out: int


def read_draft(admin: ContentEditor, request: HttpRequest, article: Article | None) -> Draft:
    form_class = admin.get_form(request, article, change=article is not None)
    form = form_class(request.POST, instance=article)
    form.is_valid()
    written = form.instance
    formsets, inlines = admin._create_formsets(request, written, change=article is not None)
    kept = [
        one
        for formset, inline in zip(formsets, inlines, strict=True)
        if isinstance(inline, ContentEditorInline)
        for one in _kept(formset)
    ]
    shown = sorted((one for one in kept if _is_whole(one)), key=lambda one: one.instance.ordering)
    content = compose_article(
        written,
        parties=form.cleaned_data.get("parties", Party.objects.none()),
        blocks=_described(shown),
    )
    return Draft(written, plain(content), len(kept) - len(shown))


def _described(shown: list[forms.ModelForm]) -> list[dict[str, Any]]:
    fetched([one.instance for one in shown])
    return [describe_block(one.instance, one.cleaned_data) for one in shown]


def _kept(formset: Any) -> Iterable[forms.ModelForm]:
    for form in formset.forms:
        if f"{form.prefix}-DELETE" not in form.data:
            form.is_valid()
            yield form


def _is_whole(form: forms.ModelForm) -> bool:
    """Whether every record that the block needs is chosen."""
    needed = (
        name for name, field in form.fields.items() if field.required and name in _asked(form)
    )
    return all(form.cleaned_data.get(name) for name in needed)


def _asked(form: forms.ModelForm) -> Iterable[str]:
    choices = (forms.ModelChoiceField, forms.ModelMultipleChoiceField)
    links = ("id", "parent")
    return [
        name
        for name, field in form.fields.items()
        if isinstance(field, choices) and name not in links
    ]

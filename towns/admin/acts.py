"""The forms of the acts on an article's road, and what each page says before it asks."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext, override
from django.utils.translation import gettext_lazy as _

from towns.language.bilingual import EN, ZH, current_language
from towns.models import Article
from towns.publishing.correction import old_figures, public_languages
from towns.publishing.readiness import bundle
from towns.publishing.road import corrects, current_of, text_of, written_languages
from towns.rendering.article import read_article
from towns.rendering.moved_on import MovedOnLine

LANGUAGE_NAMES = {ZH: "中文", EN: "English"}


def _text(label: Any, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, help_text=help_text, required=required, widget=widget)


def _moment(label: Any, *, required: bool = False) -> forms.SplitDateTimeField:
    """Each of the two boxes has a name of its own."""
    widget = AdminSplitDateTime()
    for part, name in zip(widget.widgets, (_("Date:"), _("Time:")), strict=True):
        part.attrs["aria-label"] = name
    return forms.SplitDateTimeField(label=label, required=required, widget=widget)


class ReasonForm(forms.Form):
    reason = _text(_("Reason"), required=False)


class LanguagesForm(forms.Form):
    """For acts that depend on the languages of the article."""

    languages = forms.MultipleChoiceField(
        label=_("Languages that go out"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.article = article
        written = written_languages(article)
        field = self.fields.get("languages")
        if field:
            field.choices = [(code, LANGUAGE_NAMES[code]) for code in written]
            field.initial = written


class SubmitForm(LanguagesForm):
    due_at = _moment(_("Review due at"))


class UrgentForm(LanguagesForm):
    reason = _text(_("Why it cannot wait"))


class PublishForm(LanguagesForm):
    languages = None
    with_records = forms.BooleanField(
        label=_("Publish these records along with it"),
        required=False,
        # Without them the article could not go out at all.
        initial=True,
        help_text=_("All of it goes out together, or nothing does."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        records = bundle(self.article)
        if not records:
            del self.fields["with_records"]
            return
        field = self.fields["with_records"]
        names = "; ".join(str(record) for record in records)
        field.help_text = format_html("<b>{}</b><br>{}", names, field.help_text)


class TimeForm(forms.Form):
    at = _moment(_("Goes out at"), required=True)


class NoticeForm(forms.Form):
    notice_zh = _text(_("Notice in Chinese"), _("What was withdrawn and why. Everybody reads it."))
    notice_en = _text(_("Notice in English"))


class CorrectForm(LanguagesForm):
    note_zh = _text(_("What changes, in Chinese"), required=False)
    note_en = _text(_("What changes, in English"), required=False)
    due_at = _moment(_("Review due at"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        public = public_languages(self.article)
        if set(written_languages(self.article)) <= set(public):
            del self.fields["languages"]
        for code, name in ((ZH, "note_zh"), (EN, "note_en")):
            if code in public:
                self.fields[name].required = True
                self.fields[name].initial = getattr(self.article, name) or proposed_note(
                    self.article, code
                )
            else:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        return {"note_zh": "", "note_en": "", **super().clean()}


# What the pages say -------------------------------------------------------------------------


def submit_says(article: Article) -> list[str]:
    says = [
        gettext("Nobody writes in it while it is reviewed. You can take it back at any time."),
    ]
    if is_correction(article):
        said = gettext("It corrects publication %d: the correction notes go out with it.")
        says.append(said % current_of(article).number)
    if records := bundle(article):
        said = ngettext(
            "%d record that it quotes is not public yet; it can go out with the article.",
            "%d records that it quotes are not public yet; they can go out with the article.",
            len(records),
        )
        says.append(said % len(records))
    return says


def is_correction(article: Article) -> bool:
    """Whether what the public reads would change, so that a note is asked for."""
    current = current_of(article)
    return current is not None and corrects(text_of(article, written_languages(article)), current)


def publish_says(article: Article) -> list[str]:
    languages = ", ".join(LANGUAGE_NAMES[code] for code in article.submission.said["languages"])
    number = article.publications.count() + 1
    return [
        gettext("Publication %(number)d: %(languages)s.")
        % {"number": number, "languages": languages},
        gettext("Everybody can read exactly the text that was signed, and partners are told."),
        gettext("Later edits change nothing in public until they are reviewed and published."),
    ]


def correction_says(article: Article) -> list[str]:
    says = moved_on_sentences(article, current_language())
    current = current_of(article)
    for finding in old_figures(article, current.moved_on.all() if current else ()):
        said = gettext("Block %(number)d still says %(value)s in its own words: mend it first.")
        says.append(said % {"number": finding.block, "value": finding.message})
    return says or [gettext("The working copy goes to review as it is saved now.")]


def moved_on_sentences(article: Article, language: str) -> list[str]:
    """What moved on since the current publication, a sentence for each record."""
    current = current_of(article)
    if current is None:
        return []
    with override(language):
        content = read_article(current.document, language, current.moved_on.all()).content
        lines = [line for block in content["blocks"] for line in block.get("moved_on", ())]
        return [_sentence(line) for line in lines]


def _sentence(line: MovedOnLine) -> str:
    changes = ", ".join(f"{label} {old} → {new}" for label, old, new in line.changes)
    return gettext("%(name)s: %(changes)s.") % {"name": line.name, "changes": changes}


def proposed_note(article: Article, language: str) -> str:
    return " ".join(moved_on_sentences(article, language))

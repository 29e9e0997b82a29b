"""A draft article made of an upload, with all that hangs on it, in one transaction."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from towns.imports.article.result import Article as Understood
from towns.imports.article.result import Heading
from towns.imports.draft.blocks import Blocks, column
from towns.imports.draft.credits import Credits
from towns.imports.draft.hands import Hands, NoteVersion, Propose
from towns.imports.draft.keeping_facts import keep_facts, quote_in
from towns.imports.draft.pictures import Pictures
from towns.imports.draft.reading import Reading
from towns.models import Article, ArticleUpload, Column, Source, Town, Upload, User

COLUMN, ORIGIN = "column", "origin_url"
_LONGEST_TITLE, _LONGEST_PLACE = 200, 100


class NotKeptError(Exception):
    """Says in a sentence why nothing was kept."""


def keep_article(
    reading: Reading, *, by: User, note_version: NoteVersion, propose: Propose
) -> Article:
    """Make what the person left ticked; all of it or nothing. Raises `NotKeptError`."""
    if not reading.article.title:
        raise NotKeptError(_("Give the article a title first."))
    pictures = Pictures.of(reading)
    try:
        with transaction.atomic():
            upload = _locked(reading.upload)
            hands = Hands(upload, by, note_version, propose)
            return _Keeping(reading, pictures, hands).keep()
    except ValidationError as error:
        pictures.discard()
        raise NotKeptError(" ".join(error.messages)) from error
    except BaseException:
        pictures.discard()
        raise


def kept_article(upload: ArticleUpload) -> Article | None:
    """The draft that was made of it; None where it is not there any more."""
    made = upload.rows.filter(content_type__app_label="towns", content_type__model="article")
    row = made.first()
    return row.record if row else None


def upload_of(article: Article) -> ArticleUpload | None:
    """What the draft was made of."""
    return ArticleUpload.objects.filter(
        rows__content_type__app_label="towns",
        rows__content_type__model="article",
        rows__object_id=article.pk,
    ).first()


def chosen_column(answers: Mapping[str, str]) -> Column | None:
    said = answers.get(COLUMN, "")
    chosen = Column.objects.filter(pk=said).first() if said.isdecimal() else None
    return chosen or Column.objects.first()


def _locked(upload: ArticleUpload) -> ArticleUpload:
    """Two who keep the same upload at once make one draft."""
    locked = ArticleUpload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    if locked.state == Upload.State.KEPT:
        raise NotKeptError(_("This was kept already."))
    if locked.state == Upload.State.DROPPED:
        raise NotKeptError(_("This was put aside."))
    return locked


class _Keeping:
    def __init__(self, reading: Reading, pictures: Pictures, hands: Hands) -> None:
        self.reading, self.pictures, self.hands = reading, pictures, hands
        self.said: Understood = reading.article
        self.credits = Credits(reading.parties, hands)
        self._source: Source | None = None

    def keep(self) -> Article:
        article = self._article()
        self._blocks(article)
        article.parties.set(self.credits.all())
        keep_facts(
            self.reading.facts,
            self.reading.of_list.chosen,
            source=self.source,
            language=self.said.language,
            hands=self.hands,
        )
        self._open_points()
        self.hands.made(article, self.said.title_lines[0] if self.said.title_lines else 1)
        self._close()
        return article

    def source(self) -> Source:
        """The article as the source of its facts; one of the same title, publisher and day."""
        if self._source is None:
            said = {
                column("title", self.said.language): self.said.title[:_LONGEST_TITLE],
                "publisher": self._publisher(),
                "issued_on": _day(self.said.published_at),
            }
            self._source = Source.objects.filter(**said).first() or self._new_source(said)
        return self._source

    def _new_source(self, said: dict[str, Any]) -> Source:
        source = Source(**said, url=self.reading.answers.get(ORIGIN, ""))
        quote_in(source, self.reading.facts, self.said.language)
        source.full_clean()
        source.save()
        self.hands.made(source, 1)
        return source

    def _article(self) -> Article:
        column_of_site = chosen_column(self.reading.answers)
        if column_of_site is None:
            raise NotKeptError(_("There is no column yet. An administrator adds one first."))
        language = self.said.language
        article = Article(
            slug=Article.objects.free_slug(self.said.title),
            column=column_of_site,
            publisher=self._publisher(),
            issued_at=_moment(self.said.published_at),
            origin_url=self.reading.answers.get(ORIGIN, ""),
            created_by=self.hands.by,
            **{
                column("title", language): self.said.title[:_LONGEST_TITLE],
                column("summary", language): self.said.subtitle,
                column("issued_place", language): self.said.place[:_LONGEST_PLACE],
            },
        )
        article.full_clean()
        article.save()
        return article

    def _publisher(self) -> Any:
        said = self.said
        if not said.publisher:
            return None
        return self.credits.party(said.publisher, said.publisher_uid, said.dateline)

    def _blocks(self, article: Article) -> None:
        codes = [one.town_code for one in self.said.blocks if isinstance(one, Heading)]
        towns = Town.objects.filter(code__in=filter(None, codes))
        Blocks(
            article,
            self.said.language,
            {town.code: town for town in towns},
            self.pictures,
            self.credits,
            self.hands,
            {line.number: line.text for line in self.said.lines},
        ).make(self.said.blocks)

    def _open_points(self) -> None:
        for question in self.said.open_questions:
            line = question.lines[0] if question.lines else 1
            self.hands.leave_open(line, question.text)
        for new in self.reading.parties.values():
            if new.is_left_out:
                said = _("“%(name)s” is not recorded as a party, so it is credited nowhere.")
                self.hands.leave_open(new.lines[0], said % {"name": new.name})
        for picture in self.said.unplaced:
            self._beside(picture.name)

    def _beside(self, name: str) -> None:
        """A picture that nobody placed goes to the library."""
        photo = self.pictures.get(name)
        if photo is None:
            said = _("The picture %(name)s could not be taken. %(reason)s")
            reason = self.pictures.refused.get(name, "")
            self.hands.leave_open(1, said % {"name": name, "reason": reason})
            return
        if photo.pk is None:
            photo.save()
            self.hands.made(photo, 1)
        said = _("The picture %(name)s is in the library, but stands nowhere in the text.")
        self.hands.leave_open(1, said % {"name": name})

    def _close(self) -> None:
        upload = self.hands.upload
        upload.state, upload.kept_at = Upload.State.KEPT, timezone.now()
        upload.left_open = sorted(self.hands.open_points, key=lambda point: point["line"])
        upload.answers = dict(self.reading.answers)
        upload.save()


def _day(at: dt.date | None) -> dt.date | None:
    return timezone.localtime(at).date() if isinstance(at, dt.datetime) else at


def _moment(at: dt.date | None) -> dt.datetime | None:
    """A day without a time begins at midnight here."""
    if at is None or isinstance(at, dt.datetime):
        return at
    return timezone.make_aware(dt.datetime.combine(at, dt.time()))

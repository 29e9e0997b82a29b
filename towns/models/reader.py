"""What readers write to the desk: letters that stay private, and comments under an article.

The public doors write these tables and no others. Nothing in them says who wrote, beyond what the
reader chose to say.
"""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from towns.models.article import Article
from towns.models.publishable import both_or_neither
from towns.models.site import SiteSettings

LONGEST_ADDRESS, LONGEST_WORDS, LONGEST_LETTER, LONGEST_ANSWER_TO = 300, 500, 2000, 100
LONGEST_NAME, LONGEST_COMMENT = 40, 1000


class Handled(models.Model):
    """Written by a reader; a member of staff says what becomes of it."""

    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES)
    sent_at = models.DateTimeField(_("sent at"), auto_now_add=True)
    handled_at = models.DateTimeField(_("handled at"), null=True, editable=False)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("handled by"),
    )

    class Meta:
        abstract = True


class ReaderLetterQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        """Those that nobody has settled yet, the oldest first."""
        return self.exclude(state=ReaderLetter.State.SETTLED).order_by("sent_at", "pk")


class ReaderLetter(Handled):
    """An error that a reader reports. It is for the desk alone and is shown nowhere in public.

    `kind` and `permanent_id` are those of the public record that stood at the address then; both
    are empty where none did.
    """

    class State(models.TextChoices):
        NEW = "new", pgettext_lazy("state of a letter", "new")
        LOOKED_AT = "looked_at", _("being looked at")
        SETTLED = "settled", _("settled")

    address = models.CharField(_("page"), max_length=LONGEST_ADDRESS, blank=True)
    kind = models.CharField(_("kind"), max_length=20, blank=True)
    permanent_id = models.CharField(_("permanent id"), max_length=100, blank=True)
    words = models.TextField(_("words on the page"), max_length=LONGEST_WORDS, blank=True)
    message = models.TextField(_("message"), max_length=LONGEST_LETTER)
    answer_to = models.CharField(_("answer to"), max_length=LONGEST_ANSWER_TO, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.NEW)
    note = models.TextField(
        _("note"), blank=True, help_text=_("What was found and done. For the desk alone.")
    )

    objects = ReaderLetterQuerySet.as_manager()

    class Meta:
        ordering = ("-sent_at", "-pk")
        verbose_name = _("reader letter")
        verbose_name_plural = _("reader letters")
        constraints: ClassVar = [
            both_or_neither(at="handled_at", by="handled_by", name="letter_handled_pair"),
            models.CheckConstraint(
                condition=Q(state="new") | Q(handled_at__isnull=False),
                name="letter_handled_by_somebody",
                violation_error_message=_("Whoever handles a letter stands in it."),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=("state", "sent_at"))]

    def __str__(self) -> str:
        return " ".join(self.message.split())[:80]


class ReaderCommentQuerySet(models.QuerySet):
    def public(self) -> Self:
        """Approved, under a public article, while the site shows comments at all."""
        switched_on = SiteSettings.objects.filter(pk=SiteSettings.ONLY, takes_comments=True)
        current = Article.objects.public().filter(pk=OuterRef("article"))
        return self.filter(Exists(switched_on), Exists(current), state=ReaderComment.State.SHOWN)

    def waiting(self) -> Self:
        """Those that nobody has decided on yet, the oldest first."""
        return self.filter(state=ReaderComment.State.WAITING).order_by("sent_at", "pk")


class ReaderComment(Handled):
    """A reader's words under an article. Only `publishing.comment` makes them public."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("state of a comment", "waiting")
        SHOWN = "shown", _("shown")
        DECLINED = "declined", pgettext_lazy("state of a comment", "declined")
        HIDDEN = "hidden", _("hidden again")

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="comments", verbose_name=_("article")
    )
    name = models.CharField(pgettext_lazy("of a reader", "name"), max_length=LONGEST_NAME)
    text = models.TextField(_("comment"), max_length=LONGEST_COMMENT)
    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, default=State.WAITING, editable=False
    )

    objects = ReaderCommentQuerySet.as_manager()

    class Meta:
        ordering = ("-sent_at", "-pk")
        verbose_name = _("reader comment")
        verbose_name_plural = _("reader comments")
        permissions: ClassVar = [
            ("approve_comment", _("Can approve, decline and hide reader comments"))
        ]
        constraints: ClassVar = [
            both_or_neither(at="handled_at", by="handled_by", name="comment_handled_pair"),
            models.CheckConstraint(
                condition=Q(state="waiting", handled_at__isnull=True)
                | (~Q(state="waiting") & Q(handled_at__isnull=False)),
                name="comment_handled_by_somebody",
                violation_error_message=_("Whoever decided on a comment stands in it."),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=("article", "state", "sent_at"))]

    def __str__(self) -> str:
        return f"{self.name}: {' '.join(self.text.split())[:60]}"

    def get_absolute_url(self) -> str:
        return f"{reverse('article-detail', args=[self.article.slug])}#comments"

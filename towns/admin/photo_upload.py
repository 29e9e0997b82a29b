"""Pictures that come in, many at once: one answer for each file, and the others go on."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import path, reverse
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from towns.images.inspection import UnusablePictureError
from towns.models import Photo, User
from towns.publishing.history import note_version

KEPT, SAME, REFUSED = "kept", "same", "refused"


@dataclass(frozen=True)
class Received:
    """What became of one file: kept as `photo`, the `same` as that one, or refused."""

    name: str
    state: str
    message: str
    photo: Photo | None = None

    def as_json(self) -> dict[str, Any]:
        said = {"name": self.name, "state": self.state, "message": self.message}
        if self.photo is None:
            return said
        return {
            **said,
            "id": self.photo.pk,
            "url": reverse("admin:towns_photo_change", args=[self.photo.pk]),
            "thumbnail": reverse("admin:towns_photo_thumbnail", args=[self.photo.pk]),
        }


def receive(file: UploadedFile, *, by: User) -> Received:
    """Judged by its content. What it says of its day and of a machine is taken over."""
    name, photo = file.name or "", Photo(image=file)
    try:
        photo.clean()
        _keep(photo, by=by)
    except (ValidationError, UnusablePictureError, IntegrityError) as error:
        # An integrity error where it came twice in the same moment.
        if first := Photo.objects.filter(digest=photo.digest).first():
            return _same(name, first)
        if isinstance(error, IntegrityError):
            raise
        return Received(name, REFUSED, " ".join(getattr(error, "messages", [str(error)])))
    return Received(name, KEPT, " · ".join(notes_of(photo)), photo)


def take_over(photo: Photo) -> None:
    """The day and the AI label of the file, where nobody said otherwise."""
    photo.taken_on = photo.taken_on or parse_date(photo.file_says.get("taken_on", ""))
    photo.is_ai_generated = photo.is_ai_generated or photo.file_says.get("is_ai", False)


def notes_of(photo: Photo) -> list[str]:
    """What was taken from the file, in words for whoever brought it."""
    says, notes = photo.file_says, []
    if day := parse_date(says.get("taken_on", "")):
        notes.append(gettext("Taken on %s, says the file") % date_format(day))
    names = [*says.get("creators", ()), *filter(None, [says.get("credit")])]
    if names:
        notes.append(gettext("The file names: %s") % ", ".join(names))
    if says.get("is_ai"):
        notes.append(gettext("The file says that a machine made it: marked so"))
    return notes


@transaction.atomic
def _keep(photo: Photo, *, by: User) -> None:
    take_over(photo)
    try:
        photo.save()
    except Exception:
        photo.image.storage.delete(photo.image.name)
        raise
    note_version(photo, by=by)


def _same(name: str, first: Photo) -> Received:
    return Received(name, SAME, gettext("This very picture is in the library already."), first)


class ReceivesPictures:
    """For the ModelAdmin of pictures."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(require_POST(self.upload_view))
        return [path("upload/", view, name="towns_photo_upload"), *super().get_urls()]

    def upload_view(self, request: HttpRequest) -> HttpResponse:
        """One file for the script, which asks for JSON; or all of a form at once."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        received = [receive(file, by=request.user) for file in request.FILES.getlist("pictures")]
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse({"files": [one.as_json() for one in received]})
        return self._after_form(request, received)

    def _after_form(self, request: HttpRequest, received: list[Received]) -> HttpResponse:
        if not received:
            self.message_user(request, gettext("Choose one or more pictures first."), messages.INFO)
        for one in received:
            if one.state != KEPT:
                self.message_user(request, _sentence(one), messages.WARNING)
        kept = [one.photo for one in received if one.state == KEPT]
        if kept:
            return HttpResponseRedirect(batch_url(kept))
        return HttpResponseRedirect(reverse("admin:towns_photo_changelist"))


def batch_url(photos: list[Photo]) -> str:
    return f"{reverse('admin:towns_photo_batch')}?ids={keys_of(photos)}"


def keys_of(photos: Iterable[Photo]) -> str:
    return ",".join(str(photo.pk) for photo in photos)


def _sentence(one: Received) -> str:
    if one.photo is None:
        return f"“{one.name}”: {one.message}"
    url = reverse("admin:towns_photo_change", args=[one.photo.pk])
    return format_html('“{}”: {} <a href="{}">{}</a>', one.name, one.message, url, one.photo)

"""Pictures go out through one door, which asks whether the picture is public."""

import uuid
from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from towns.images.sizes import AVIF, JPEG, Format, available_widths, nearest_path, size_path
from towns.models import Badge, Photo

# Not longer: a withdrawn picture must be gone soon.
PUBLIC_SECONDS = 24 * 60 * 60
# A size that is not there, as after an update or a loss, is stood in for by the JPEG closest to it.
STAND_IN_SECONDS = 60
_TYPES = {
    **dict.fromkeys((".jpg", ".jpeg", ".mpo"), "image/jpeg"),
    ".png": "image/png",
    ".webp": "image/webp",
    ".avif": "image/avif",
}


@require_safe
def media_size(request: HttpRequest, uid: uuid.UUID, width: int) -> FileResponse:
    return _size(request, uid, width, JPEG)


@require_safe
def media_avif(request: HttpRequest, uid: uuid.UUID, width: int) -> FileResponse:
    return _size(request, uid, width, AVIF)


def _size(request: HttpRequest, uid: uuid.UUID, width: int, kind: Format) -> FileResponse:
    photo = Photo.objects.filter(uid=uid).first()
    if photo is None or width not in available_widths(photo.width):
        raise Http404
    is_public = Photo.objects.public().filter(pk=photo.pk).exists()
    if not is_public and not _is_staff(request):
        raise Http404
    path = size_path(str(uid), width, kind)
    seconds = PUBLIC_SECONDS if default_storage.exists(path) else STAND_IN_SECONDS
    if seconds == STAND_IN_SECONDS:
        path = nearest_path(str(uid), photo.width, wanted=width) or path
    response = _file(path)
    if is_public:
        patch_cache_control(response, public=True, max_age=seconds)
    else:
        patch_cache_control(response, private=True, no_store=True)
    return response


@require_safe
def media_original(request: HttpRequest, uid: uuid.UUID) -> FileResponse:
    """The file as it was uploaded, with all that it says about place and device: for staff."""
    photo = Photo.objects.filter(uid=uid).first()
    if photo is None or not _is_staff(request):
        raise Http404
    response = _file(photo.image.name)
    patch_cache_control(response, private=True, no_store=True)
    return response


def media_badge(request: HttpRequest, pk: int) -> FileResponse:
    """A badge at the foot of each page: chosen in the settings, so public."""
    badge = Badge.objects.filter(pk=pk).first()
    if badge is None:
        raise Http404
    response = _file(badge.image.name)
    patch_cache_control(response, public=True, max_age=PUBLIC_SECONDS)
    return response


def _is_staff(request: HttpRequest) -> bool:
    user = request.user
    return user.is_active and user.is_staff and user.has_perm("towns.view_photo")


def _file(path: str) -> FileResponse:
    content_type = _TYPES.get(PurePosixPath(path).suffix.lower(), "application/octet-stream")
    try:
        return FileResponse(default_storage.open(path), content_type=content_type)
    except FileNotFoundError as error:
        raise Http404 from error

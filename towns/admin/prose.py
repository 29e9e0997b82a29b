"""Fields of rich text in a form: their import map and styles get the nonce of the page's policy."""

from django import forms
from django.http import HttpRequest
from js_asset import Media

PROSE_MEDIA = Media(js=["towns/style-nonce.js"])


def with_nonce(request: HttpRequest, media: forms.Media) -> Media:
    return Media.from_media(PROSE_MEDIA + media, nonce=str(request.csp_nonce))

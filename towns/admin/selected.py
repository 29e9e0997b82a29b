"""What an action in a list will do to what was ticked, shown before it is done."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

TEMPLATE = "admin/towns/selected.html"


class AsksAboutSelected:
    """For a ModelAdmin whose actions change many records at once."""

    def is_confirmed(self, request: HttpRequest) -> bool:
        return "confirmed" in request.POST

    def ask_about(
        self,
        request: HttpRequest,
        *,
        action: str,
        button: Any,
        changing: Iterable[tuple[Any, str]],
        staying: int,
        says: Iterable[Any] = (),
    ) -> HttpResponse:
        """`changing`: each record with what stands beside its name; `staying`: how many do not."""
        context = {
            **self.admin_site.each_context(request),
            "title": self.get_action(action)[2],
            "opts": self.opts,
            "action": action,
            "button": button,
            "changing": list(changing),
            "staying": staying,
            "says": says,
            "selected": request.POST.getlist(ACTION_CHECKBOX_NAME),
            "is_across": request.POST.get("select_across", "0"),
            "back": request.get_full_path(),
        }
        return TemplateResponse(request, TEMPLATE, context)

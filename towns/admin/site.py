from collections.abc import Sequence
from functools import cache
from typing import Any

from django.contrib.admin import AdminSite
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.translation import gettext_lazy as _

from towns.admin.autocomplete import RecordAutocomplete
from towns.admin.desk import desk_of
from towns.admin.find import find
from towns.publishing.refusal import RefusedError

GROUPS = (
    ("writing", _("Writing"), ("Article", "ArticleUpload", "Photo", "SheetUpload", "Column")),
    ("deciding", _("Deciding"), ("Proposal", "Review", "TrailEntry", "BinItem")),
    ("readers", _("Readers"), ("ReaderLetter", "ReaderComment")),
    (
        "records",
        _("Records"),
        ("Town", "Ranking", "RankingEdition", "RankingEntry", "Project", "Statistic"),
    ),
    ("sources", _("Sources"), ("Party", "Source", "Term")),
    (
        "site",
        _("Site"),
        (
            "SiteSettings",
            "Page",
            "Stage",
            "User",
            "Group",
            "Region",
            "Publication",
            "Change",
            "Document",
        ),
    ),
)


class StaffSite(AdminSite):
    site_header = _("Town portal · editing")
    site_title = _("Town portal")
    index_title = _("What would you like to do?")

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return RecordAutocomplete.as_view(admin_site=self)(request)

    def ask(
        self,
        request: HttpRequest,
        *,
        title: str,
        button: str,
        back: str,
        says: Sequence[str] = (),
        form: Form | None = None,
        refusal: RefusedError | None = None,
        **context: Any,
    ) -> HttpResponse:
        """A page that says what will happen, asks once, and shows the way back."""
        context = {
            **self.each_context(request),
            "title": title,
            "button": button,
            "back": back,
            "says": says,
            "form": form,
            "refusal": refusal,
            **context,
        }
        status = 409 if refusal else 200
        return TemplateResponse(request, "admin/towns/ask.html", context, status=status)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        view = self.admin_view(self.find_view)
        return [path("find/", view, name="find"), *super().get_urls()]

    def find_view(self, request: HttpRequest) -> HttpResponse:
        typed = request.GET.get("q", "").strip()
        context = {
            **self.each_context(request),
            "title": _("Find"),
            "typed": typed,
            "kinds": find(self, request, typed),
        }
        return TemplateResponse(request, "admin/towns/find.html", context)

    def index(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        return super().index(request, {**desk_of(request.user), **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict]:
        """Groups by what staff do, instead of one for each Django app."""
        apps = super().get_app_list(request, app_label)
        models = {model["object_name"]: model for app in apps for model in app["models"]}
        return [group for group in _groups(models) if group["models"]]


@cache
def staff_site() -> StaffSite:
    """The one site. Importing `towns.admin` registers screens while Django still asks for it."""
    return StaffSite()


def _groups(models: dict[str, Any]) -> list[dict]:
    return [
        {
            "name": name,
            "app_label": key,
            "app_url": f"{reverse('admin:index')}#{key}-{wanted[0].lower()}",
            "has_module_perms": True,
            "models": [models[model] for model in wanted if model in models],
        }
        for key, name, wanted in GROUPS
    ]

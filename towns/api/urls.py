from django.urls import path, re_path
from drf_spectacular.views import SpectacularSwaggerSplitView

from towns.api.articles import ArticleView, PublicationView
from towns.api.changes import ChangesView, DigestView
from towns.api.resources import RESOURCES
from towns.api.schema import Schema
from towns.api.search import SearchView
from towns.api.views import Nothing, Root, record_view

urlpatterns = [path("", Root.as_view(), name="api-root")]

for resource in RESOURCES:
    view = record_view(resource)
    urlpatterns += [
        path(f"{resource.path}/", view.as_view({"get": "list"}), name=f"api-{resource.path}"),
        re_path(
            rf"^{resource.path}/(?P<record_id>{resource.pattern})/$",
            view.as_view({"get": "retrieve"}),
            name=f"api-{resource.path}-detail",
        ),
    ]

urlpatterns += [
    path("articles/", ArticleView.as_view({"get": "list"}), name="api-articles"),
    path(
        "articles/<slug:slug>/",
        ArticleView.as_view({"get": "retrieve"}),
        name="api-articles-detail",
    ),
    path(
        "articles/<slug:slug>/publications/",
        PublicationView.as_view({"get": "publications"}),
        name="api-publications",
    ),
    path("changes/", ChangesView.as_view(), name="api-changes"),
    path("digest/", DigestView.as_view(), name="api-digest"),
    path("search/", SearchView.as_view(), name="api-search"),
    path("schema/", Schema.as_view(), name="api-schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="api-schema"), name="api-docs"),
    # Without its slash, an address is first sent to the one with it.
    re_path(r"^(?:.*/)?$", Nothing.as_view()),
]

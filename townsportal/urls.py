from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path

from towns.urls import machine_urlpatterns, media_urlpatterns
from towns.views import health, home, language

urlpatterns = [
    path("", home.root, name="root"),
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("admin/", admin.site.urls),
    path("api/v1/", include("towns.api.urls")),
    path("media/", include(media_urlpatterns)),
    *machine_urlpatterns,
    path("i18n/", include("django.conf.urls.i18n")),
    *i18n_patterns(path("", include("towns.urls"))),
    # Other names of our languages; those that we do not speak are missing like any other page.
    re_path(
        r"^(?!zh-hans/|en/)(?P<code>[zZ][hH]|[eE][nN])(?:[-_][A-Za-z0-9_-]+)?(?:/(?P<rest>.*))?$",
        language.ours,
    ),
]

handler400 = "towns.views.errors.bad_request"
handler403 = "towns.views.errors.forbidden"
handler404 = "towns.views.errors.not_found"
handler500 = "towns.views.errors.server_error"

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from towns.urls import machine_urlpatterns, media_urlpatterns
from towns.views import health, home

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
]

handler400 = "towns.views.errors.bad_request"
handler403 = "towns.views.errors.forbidden"
handler404 = "towns.views.errors.not_found"
handler500 = "towns.views.errors.server_error"

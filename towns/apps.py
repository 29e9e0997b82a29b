from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TownsConfig(AppConfig):
    name = "towns"
    verbose_name = _("Town portal")
    default_auto_field = "django.db.models.BigAutoField"

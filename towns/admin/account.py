from typing import Any

from django.contrib import admin
from django.contrib.admin.filters import RelatedFieldListFilter
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group
from django.db.models import Field
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from towns.accounts.roles import role_name
from towns.admin.choices import ChoosesRecords
from towns.admin.stale import RefusesOlderForms
from towns.models import User


class RoleFilter(RelatedFieldListFilter):
    def field_choices(
        self, field: Field, request: HttpRequest, model_admin: admin.ModelAdmin
    ) -> list[tuple[int, str]]:
        return [(group.pk, role_name(group)) for group in Group.objects.order_by("pk")]


@admin.register(User)
class StaffAdmin(RefusesOlderForms, ChoosesRecords, UserAdmin):
    """Rights come from roles. Only a superuser touches superusers, or gives single rights."""

    list_display = ("username", "name", "email", "roles", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff", ("groups", RoleFilter))
    date_hierarchy = "date_joined"
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": (
                    ("last_name", "first_name"),
                    "username",
                    "usable_password",
                    "password1",
                    "password2",
                    "is_staff",
                    "groups",
                ),
            },
        ),
    )
    fieldsets = (
        (None, {"fields": (("last_name", "first_name"), "username", "password", "email")}),
        (_("What this person may do"), {"fields": (("is_active", "is_staff"), "groups")}),
        (_("Dates"), {"fields": (("last_login", "date_joined"),)}),
    )
    superuser_fieldsets = (
        (
            _("For superusers"),
            {"classes": ("collapse",), "fields": ("is_superuser", "user_permissions")},
        ),
    )
    readonly_fields = ("last_login", "date_joined")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        return (*fieldsets, *self.superuser_fieldsets) if obj and _is_super(request) else fieldsets

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and _may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_touch(request, obj)

    @admin.display(description=_("name"), ordering="last_name")
    def name(self, obj: User) -> str:
        return obj.get_full_name()

    @admin.display(description=_("roles"))
    def roles(self, obj: User) -> str:
        return ", ".join(role_name(group) for group in obj.groups.all())


admin.site.unregister(Group)


@admin.register(Group)
class RoleAdmin(RefusesOlderForms, GroupAdmin):
    change_form_template = "admin/towns/change_form.html"


def _is_super(request: HttpRequest) -> bool:
    return request.user.is_superuser


def _may_touch(request: HttpRequest, obj: User | None) -> bool:
    return obj is None or not obj.is_superuser or _is_super(request)

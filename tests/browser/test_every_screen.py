"""Every list and form of the desk, as an administrator sees them."""

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

from tests.browser.conftest import is_furnished, until
from tests.browser.test_accessibility import WIDEST
from tests.browser.test_publishing import serious
from tests.signing import person
from towns.models import Photo, ReaderComment, ReaderLetter, Term, Town, User


def pages(user: User) -> list[str]:
    request = RequestFactory().get("/")
    request.user = user
    photos = ",".join(str(photo.pk) for photo in Photo.objects.all()[:2])
    found = [
        reverse("admin:index"),
        f"{reverse('admin:find')}?q=jinli",
        f"{reverse('admin:towns_photo_article')}?ids={photos}",
        reverse("admin:towns_stage_preset"),
    ]
    found.append(reverse("admin:towns_town_history", args=[Town.objects.public().first().pk]))
    for model, screen in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        found.append(reverse(f"{name}_changelist"))
        if screen.has_add_permission(request):
            found.append(reverse(f"{name}_add"))
        if record := model._base_manager.order_by("pk").first():
            found.append(reverse(f"{name}_change", args=[record.pk]))
    return found


@pytest.mark.parametrize(("language", "scheme"), [("zh-hans", "light"), ("en", "dark")])
def test_axe_finds_nothing_serious_on_any_screen(staff_page, demo, site, turn, language, scheme):
    with turn:
        ReaderLetter.objects.create(message="It is 458.", language="en")
        words = {"name": "Ann", "text": "Well said.", "language": "en"}
        ReaderComment.objects.create(article=demo.article, **words)
        Term.objects.create(name_zh="金利镇")
        addresses = pages(person("administrator"))
    # So high that the bar which stays at the lower edge covers nothing.
    high = 3000
    page = staff_page("administrator", language=language, color_scheme=scheme, size=(1280, high))
    found, wide = {}, {}

    for address in addresses:
        page.goto(site + address)
        is_furnished(page)
        if faults := serious(page):
            found[address] = faults
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": high})
            until(lambda width=width: page.evaluate("innerWidth") == width)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide[address, width] = page.evaluate(WIDEST)

    assert found == {}
    assert wide == {}


def test_nothing_moves_for_who_asks_for_less_motion(staff_page):
    page = staff_page("administrator", "towns/article/add/", reduced_motion="reduce")

    moving = page.eval_on_selector_all(
        "*",
        """all => all.filter(one => getComputedStyle(one).transitionDuration != "0s")
            .map(one => one.outerHTML.slice(0, 80))""",
    )

    assert moving == []

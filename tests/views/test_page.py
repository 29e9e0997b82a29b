import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.records import publish
from towns.models import (
    Badge,
    HomeProject,
    HomeStatistic,
    Page,
    Project,
    Region,
    SiteSettings,
    Statistic,
    Town,
)


@pytest.mark.parametrize("slug", ["about", "accessibility", "privacy"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_of_the_site_stand_at_their_address_and_in_the_foot(client, demo, slug, language):
    page = client.get(f"/{language}/{slug}/")

    assert page.status_code == 200
    assert f"<h1>{Page.objects.get(slug=slug).titles[language]}</h1>" in page.content.decode()
    assert f'href="/{language}/{slug}/"' in client.get(f"/{language}/towns/").content.decode()


def test_a_page_that_is_not_published_is_not_found(client, db):
    page = Page.objects.create(slug="plans", title_en="Plans")

    assert client.get("/en/plans/").status_code == 404
    publish(page)
    assert client.get("/en/plans/").status_code == 200


def test_site_map_leads_everywhere(client, demo):
    text = client.get("/en/site-map/").content.decode()

    for address in ("articles/?column=town-economy", "towns/?county=441204", "about/"):
        assert f"/en/{address}" in text


def test_what_lies_in_the_region_of_the_site_stands_first(client, demo):
    home = client.get("/en/")
    towns = client.get("/en/towns/").content.decode()
    counties = client.get("/en/site-map/").context["counties"]
    distribution = client.get("/en/rankings/top-1000-towns/2023/").context["holding"]

    listed = [row.entry.town.code for row in home.context["rows"]]
    assert len(listed) == 12
    assert all(code.startswith("4412") for code in listed)
    assert "Towns of" in home.content.decode()
    assert towns.index("/en/towns/441284105/") < towns.index("/en/towns/440")
    assert [county.code[:4] for county in counties][:2] == ["4412", "4412"]
    assert distribution.city.code == "4412"


def test_without_a_region_all_stand_alike(client, demo):
    SiteSettings.objects.update(region=None)

    home = client.get("/en/")

    listed = [row.entry.town.code for row in home.context["rows"]]
    assert any(not code.startswith("4412") for code in listed)
    assert "The first of the towns held here" in home.content.decode()
    towns = client.get("/en/towns/").content.decode()
    assert towns.index("/en/towns/440") < towns.index("/en/towns/4412")


def test_a_region_without_a_place_in_the_newest_ranking_shows_the_first_of_all(client, demo):
    SiteSettings.objects.update(region=Region.objects.get(code="445102"))

    home = client.get("/en/")

    assert len(home.context["rows"]) == 12
    assert "The first of the towns held here" in home.content.decode()


def test_home_shows_what_was_chosen_in_its_order(client, demo):
    site = SiteSettings.objects.get()
    HomeProject.objects.all().delete()
    HomeStatistic.objects.all().delete()
    for order, slug in enumerate(("hongxing-pier", "chengbei-road")):
        project = Project.objects.get(slug=slug)
        HomeProject.objects.create(site=site, order=order, project=project)
    figure = Statistic.objects.get(indicator_en="Speciality restaurants")
    HomeStatistic.objects.create(site=site, statistic=figure)

    text = client.get("/en/").content.decode()

    assert 0 < text.index("Hongxing Pier") < text.index("Chengbei Road")
    assert "Speciality restaurants" in text
    assert "Jinli Avenue" not in text


def test_filing_numbers_are_shown_only_if_they_are_set(client, demo):
    assert 'class="filing"' not in client.get("/en/").content.decode()

    SiteSettings.objects.update(police_number="X 1", police_url="https://example.org/1")

    assert '<a href="https://example.org/1" rel="noopener">X 1</a>' in (
        client.get("/en/").content.decode()
    )


def test_badge_stands_at_the_foot_with_its_link(client, demo, picture):
    badge = Badge(site=demo.site, name_zh="标识", url="https://example.org/b", image=picture())
    badge.full_clean()
    badge.save()

    text = client.get("/zh-hans/towns/").content.decode()

    image = f'<img src="/media/badges/{badge.pk}" alt="标识" width="90" height="60"'
    assert f'<a href="https://example.org/b" rel="noopener">{image}' in text
    assert b"".join(client.get(f"/media/badges/{badge.pk}"))
    assert client.get("/media/badges/99").status_code == 404


def test_badge_is_a_small_picture(demo):
    file = SimpleUploadedFile("b.png", b"<svg/>", content_type="image/png")

    with pytest.raises(ValidationError, match="Save it as PNG or JPEG"):
        Badge(site=demo.site, name_zh="标识", image=file).full_clean()


def test_map_is_the_one_that_the_site_chose(client, demo):
    Town.objects.filter(code="441284105").update(latitude="23.2481", longitude="112.7434")
    SiteSettings.objects.update(
        map_address="https://map.example/?at={latitude},{longitude}&n={name}"
    )

    text = client.get("/en/towns/441284105/").content.decode()

    assert "https://map.example/?at=23.24810,112.74340&amp;n=Dasha" in text


def test_styleguide_is_shown_only_where_it_is_switched_on(client, demo, settings):
    assert client.get("/en/styleguide/").status_code == 404

    settings.STYLEGUIDE = True

    assert client.get("/en/styleguide/").status_code == 200
    assert client.get("/styleguide/").status_code == 302

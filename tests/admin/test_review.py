"""The acts on an article's road: who is refused, what only looks, and both languages."""

import pytest
from django.urls import reverse

from tests.signing import person, publish_signed, road, sign_all, submit_by_writer
from towns.models import Article, Publication, TextBlock, TrailEntry, User
from towns.publishing.history import note_version

# Each act with somebody who is on the staff but may not do it.
OUTSIDERS = (
    ("submit", "proof-reader"),
    ("correct", "proof-reader"),
    ("take-back", "proof-reader"),
    ("publish", "writer"),
    ("schedule", "writer"),
    ("unschedule", "writer"),
    ("withdraw", "writer"),
    ("urgent", "writer"),
    ("drop-urgent", "writer"),
)
LANGUAGES = (("en", "No, take me back"), ("zh-hans", "不，返回"))


@pytest.fixture
def article(demo) -> Article:
    made = Article.objects.create(
        slug="second", column=demo.article.column, title_zh="第二篇", title_en="The second"
    )
    words = {"html_zh": "<p>大沙镇列第816位。</p>", "html_en": "<p>Dasha is 816th.</p>"}
    TextBlock.objects.create(parent=made, region="main", ordering=10, **words)
    note_version(made, by=person("writer"))
    return made


def address(name: str, article: Article) -> str:
    return reverse(f"admin:towns_article_{name}", args=[article.pk])


def trail() -> list[str]:
    return list(TrailEntry.objects.values_list("digest", flat=True))


@pytest.mark.parametrize(("act", "role"), OUTSIDERS)
@pytest.mark.parametrize("state", ["draft", "in review", "public"])
def test_an_act_is_refused_to_whoever_lacks_the_right(act, role, state, article, signed_in):
    if state == "in review":
        submit_by_writer(article)
    if state == "public":
        publish_signed(article)
    before = trail()

    response = signed_in(person(role)).post(address(act, article), {"reason": "-"})

    assert response.status_code == 403
    assert trail() == before


@pytest.mark.parametrize("act", [act for act, _role in OUTSIDERS])
def test_nothing_happens_by_looking(act, article, signed_in, administrator):
    publish_signed(article)
    TextBlock.objects.filter(parent=article).update(html_en="<p>Dasha is 818th.</p>")
    submit_by_writer(article)
    before = trail()

    signed_in(administrator).get(address(act, article))

    assert trail() == before
    assert Publication.objects.filter(article=article).count() == 1


@pytest.mark.parametrize(("language", "words"), LANGUAGES)
@pytest.mark.parametrize(
    ("act", "role"),
    [
        ("submit", "writer"),
        ("correct", "writer"),
        ("withdraw", "publisher"),
        ("urgent", "publisher"),
    ],
)
def test_an_act_on_a_public_text_asks_in_both_languages(
    act, role, language, words, article, signed_in
):
    publish_signed(article)

    response = signed_in(person(role), language).get(address(act, article))

    assert response.status_code == 200
    assert words in response.text


@pytest.mark.parametrize(("language", "words"), LANGUAGES)
@pytest.mark.parametrize(
    ("act", "role"), [("take-back", "writer"), ("publish", "publisher"), ("schedule", "publisher")]
)
def test_an_act_on_a_text_in_review_asks_in_both_languages(
    act, role, language, words, article, signed_in
):
    submit_by_writer(article)
    sign_all(article)

    response = signed_in(person(role), language).get(address(act, article))

    assert response.status_code == 200
    assert words in response.text


def test_the_form_of_a_text_in_review_opens_its_review(article, signed_in):
    submit_by_writer(article)

    response = signed_in(person("writer")).get(address("change", article))

    assert response.url == address("review", article)


def test_a_superuser_without_a_stage_role_cannot_sign(article, signed_in):
    submit_by_writer(article)
    now = road(article)
    root = User.objects.create_superuser("root")
    client = signed_in(root)

    shown = client.get(address("review", article))
    data = {"act": "sign", "digest": now.text.digest, "step": now.next.key}
    refused = client.post(address("review", article), data)

    assert "act-sign" not in shown.text
    assert refused.status_code == 409
    assert "Your role does not sign this step." in refused.text
    assert not TrailEntry.objects.about(article).signatures().exists()


def test_a_correction_is_offered_where_the_public_reads_otherwise(article, signed_in):
    publish_signed(article)
    TextBlock.objects.filter(parent=article).update(html_en="<p>Dasha is 818th.</p>")

    response = signed_in(person("writer")).get(address("change", article))

    names = [str(label) for _url, label, _is_grave in response.context["acts"]]
    assert names == ["Correct…"]


def test_adding_a_language_is_a_submission_and_no_correction(article, signed_in):
    Article.objects.filter(pk=article.pk).update(title_en="")
    publish_signed(article, languages=["zh-hans"])
    Article.objects.filter(pk=article.pk).update(title_en="The second")

    response = signed_in(person("writer")).get(address("change", article))

    names = [str(label) for _url, label, _is_grave in response.context["acts"]]
    assert names == ["Submit…"]


@pytest.mark.parametrize("mode", ["marked", "changes", "clean", "nonsense"])
@pytest.mark.parametrize("language", ["zh-hans", "en", "both", "nonsense"])
def test_the_review_answers_in_every_mode_and_language(mode, language, article, signed_in):
    submit_by_writer(article)
    query = {"mode": mode, "language": language, "against": "nonsense"}

    response = signed_in(person("proof-reader")).get(address("review", article), query)

    assert response.status_code == 200


def test_the_list_says_where_an_article_stands_with_few_queries(
    article, demo, signed_in, django_assert_max_num_queries
):
    submit_by_writer(article)
    client = signed_in(person("writer"))
    url = reverse("admin:towns_article_changelist")
    client.get(url)

    with django_assert_max_num_queries(20):
        response = client.get(url)

    assert '<span class="mark is-moving">submitted</span>' in response.text


def test_whoever_only_published_an_article_does_not_have_it_on_the_desk(article, signed_in):
    publish_signed(article)

    written = signed_in(person("writer")).get(reverse("admin:index")).context["in_work"]
    published = signed_in(person("publisher")).get(reverse("admin:index")).context["in_work"]

    assert written == []
    assert published == []

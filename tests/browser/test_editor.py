"""The article editor in a real browser, by a writer who is no superuser, mostly without a mouse."""

import pytest

from tests.browser.conftest import until
from tests.browser.test_publishing import serious
from towns.models import Article, HeadingBlock, Photo, Publication, TextBlock, Town

EDITED = "html.is-edited"
BLOCKS = ".order-machine > .inline-related:not(.empty-form, .is-removed)"
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator
content="Microsoft Word 15"><style><!--
p.MsoNormal {mso-style-name:正文; font-size:10.5pt} --></style>
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]--></head><body lang=ZH-CN>
<!--StartFragment--><p class=MsoNormal style='text-indent:21.0pt'><span lang=EN-US
style='font-family:"Times New Roman"'>2023</span><span style='color:red'>年，大沙镇列</span><b><span
style='mso-bidi-font-weight:normal'>第816位</span></b><span>，连续三年
入选。<o:p></o:p></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<h2 style='mso-outline-level:2'><span>产业兴镇</span></h2>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;</span></span>
<![endif]>五金</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span>&nbsp;</span></span><![endif]>汽车<a
href="https://example.org/a?b=1&amp;c=2" style='color:blue'>零部件</a></p>
<p class=MsoNormal><img src="file:///C:/photo.png" width=300>
<a href="javascript:alert(1)">图</a></p>
<!--EndFragment--></body></html>"""


@pytest.fixture
def edit(staff_page, demo):
    """Opens the form of an article, or the empty one, and waits until the editor is there."""

    def opened(path: str = "add/", **options):
        page = staff_page("writer", f"towns/article/{path}", **options)
        page.wait_for_selector(EDITED)
        return page

    return opened


@pytest.fixture
def long_article(demo) -> Article:
    """Five blocks of text in two sections."""
    made = Article.objects.create(slug="long", column=demo.article.column, title_zh="长文")
    place = {"parent": made, "region": "main"}
    HeadingBlock.objects.create(**place, ordering=10, level=2, text_zh="第一节", text_en="One")
    for number in range(2, 5):
        words = {"html_zh": f"<p>第{number}块</p>", "html_en": f"<p>Block no {number}.</p>"}
        TextBlock.objects.create(**place, ordering=number * 10, **words)
    HeadingBlock.objects.create(**place, ordering=50, level=2, text_zh="第二节", text_en="Two")
    return made


def focused(page) -> str:
    return page.evaluate("document.activeElement.getAttribute('aria-label') ?? ''")


def said(page, words: str) -> None:
    page.locator("[data-says]", has_text=words).wait_for(state="attached")


def choose(page, *terms: str) -> None:
    """In the field with the focus, by typing and Enter."""
    for term in terms:
        if page.evaluate("document.activeElement.getAttribute('role')") == "combobox":
            page.keyboard.press("Enter")
            page.locator(".select2-search__field:focus").wait_for()
        page.keyboard.type(term)
        option = page.locator(".select2-results__option--highlighted", has_text=term)
        option.first.wait_for()
        page.keyboard.press("Enter")
        page.locator(".select2-container--open").wait_for(state="detached")


def add(page, kind: str) -> None:
    """The palette, by its key and the arrows."""
    page.keyboard.press("Alt+n")
    page.locator(".palette").wait_for()
    for _step in range(8):
        name = page.evaluate("document.activeElement.querySelector('b')?.textContent")
        if name == kind:
            break
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.locator(".palette").wait_for(state="detached")


def tab_to(page, label: str, *, limit: int = 30) -> None:
    for _step in range(limit):
        page.keyboard.press("Tab")
        if label in focused(page):
            return
    pytest.fail(f"no field named {label!r} was reached; at {focused(page)!r}")


def kinds(article: Article) -> list[str]:
    from towns.documents.article import blocks_of

    return [type(block).__name__.removesuffix("Block") for block in blocks_of(article)]


def test_an_article_is_written_from_the_empty_form_by_keyboard_alone(edit, demo):
    town = Town.objects.get(code="441284105")
    photo = Photo.objects.filter(caption_en__gt="").first()
    page = edit()
    assert page.locator(BLOCKS).count() == 1
    assert page.locator(".palette").is_visible()

    page.keyboard.type("肇庆四镇入选")
    page.keyboard.press("Tab")
    page.keyboard.type("Four towns again")
    column = page.locator("#id_column ~ .select2 .select2-selection")
    for _step in range(12):
        page.keyboard.press("Tab")
        if column.evaluate("node => node === document.activeElement"):
            break
    choose(page, demo.article.column.name_en)
    tab_to(page, "Block 1, Text, 中文")
    page.keyboard.type("近日，榜单发布。")
    tab_to(page, "Block 1, Text, English")
    page.keyboard.type("The list is out.")
    add(page, "Section")
    page.keyboard.type("Dasha Town")
    tab_to(page, "Town")
    choose(page, "dasha")
    add(page, "Text")
    tab_to(page, "English")
    page.keyboard.type("It ranks 816th.")
    add(page, "Picture")
    choose(page, photo.caption_en[:12])
    add(page, "Subheading")
    page.keyboard.type("Industry first")
    add(page, "Statistics")
    choose(page, "Jinli")
    page.keyboard.press("Escape")
    add(page, "Ranking")
    choose(page, "2023")
    page.keyboard.press("Tab")
    tab_to(page, "Towns")
    choose(page, "dasha")
    page.keyboard.press("Escape")
    add(page, "Section")
    page.keyboard.type("Longfu Town")
    add(page, "Quotation")
    page.keyboard.type("路通了。")
    page.keyboard.press("Control+s")
    page.wait_for_url("**/change/**")

    article = Article.objects.get(title_en="Four towns again")
    assert article.title_zh == "肇庆四镇入选"
    assert kinds(article) == [
        "Text",
        "Heading",
        "Text",
        "Photo",
        "Heading",
        "Statistics",
        "Ranking",
        "Heading",
        "Quotation",
    ]
    headings = article.towns_headingblock_set.order_by("ordering")
    assert [(one.level, one.text_en, one.town) for one in headings] == [
        (2, "Dasha Town", town),
        (3, "Industry first", None),
        (2, "Longfu Town", None),
    ]
    assert article.towns_textblock_set.first().htmls == {
        "zh-hans": "<p>近日，榜单发布。</p>",
        "en": "<p>The list is out.</p>",
    }
    assert list(article.towns_rankingblock_set.get().towns.all()) == [town]
    assert article.towns_statisticsblock_set.get().statistics.count() == 1
    assert article.towns_photoblock_set.get().photo == photo


def test_blocks_are_moved_by_keys_from_their_header_and_from_the_outline(edit, long_article):
    page = edit(f"{long_article.pk}/change/")
    page.locator(".block-name").nth(1).focus()

    page.keyboard.press("Alt+ArrowDown")
    said(page, "Moved to block 3 of 5")
    assert focused(page) == "Block 3, Text: Block no 2."
    page.locator("[data-outline] li").last.focus()
    page.keyboard.press("Alt+ArrowUp")
    said(page, "Moved to block 4 of 5")
    assert focused(page) == "Block 4, Section: Two"
    page.keyboard.press("Control+s")
    page.wait_for_url("**/change/*#*")

    order = [
        getattr(block, "text_en", None) or block.html_en
        for block in sorted(
            [*long_article.towns_headingblock_set.all(), *long_article.towns_textblock_set.all()],
            key=lambda block: block.ordering,
        )
    ]
    assert order == [
        "One",
        "<p>Block no 3.</p>",
        "<p>Block no 2.</p>",
        "Two",
        "<p>Block no 4.</p>",
    ]


def test_text_keeps_its_own_keys_and_an_input_method_is_left_alone(edit, long_article):
    page = edit(f"{long_article.pk}/change/")
    page.locator(f"{BLOCKS} .ProseMirror").first.focus()

    page.keyboard.press("Alt+ArrowDown")
    page.evaluate(
        """document.activeElement.dispatchEvent(new KeyboardEvent("keydown",
           {code: "KeyN", key: "n", altKey: true, isComposing: true, bubbles: true}))"""
    )

    assert focused(page) == "Block 2, Text, 中文"
    assert not page.locator(".palette").is_visible()


def test_a_deleted_block_comes_back_and_the_next_one_has_the_focus(edit, long_article):
    page = edit(f"{long_article.pk}/change/")

    page.get_by_role("button", name="Delete block 2, Text").click()
    assert focused(page) == "Block 2, Text: Block no 3."
    page.get_by_role("button", name="Undo", exact=True).last.click()
    assert focused(page) == "Block 2, Text: Block no 2."
    page.get_by_role("button", name="Delete block 3, Text").click()
    page.keyboard.press("Control+s")
    page.wait_for_url("**/change/*#*")

    left = long_article.towns_textblock_set.order_by("ordering")
    assert [block.html_en for block in left] == ["<p>Block no 2.</p>", "<p>Block no 4.</p>"]


def test_sections_fold_in_the_outline_which_jumps_to_blocks(edit, long_article):
    page = edit(f"{long_article.pk}/change/")
    page.locator("[data-outline] li").first.focus()

    page.keyboard.press("ArrowLeft")
    page.locator(f"{BLOCKS}.in-folded").nth(2).wait_for(state="attached")
    page.get_by_role("button", name="3 blocks, 0 pictures").wait_for()
    assert page.locator("[data-outline] li:visible").count() == 2
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    assert focused(page) == "Block 2, Text: Block no 2."


def test_the_summary_and_the_outline_follow_typing(edit, long_article):
    page = edit(f"{long_article.pk}/change/")

    page.locator(f"{BLOCKS} .ProseMirror:lang(en)").first.click()
    page.keyboard.press("Control+A")
    page.keyboard.type("Other words")

    for label in (f"{BLOCKS} .inline_label", ".outline-label"):
        page.locator(label).nth(1).get_by_text("Other words", exact=True).wait_for()


def test_what_is_pasted_from_word_keeps_its_structure_and_nothing_else(edit):
    page = edit()
    prose = page.locator(f"{BLOCKS} .ProseMirror").first

    prose.evaluate(
        """(node, html) => {
          node.focus()
          const clipboardData = new DataTransfer()
          clipboardData.setData("text/html", html)
          const said = {clipboardData, bubbles: true, cancelable: true}
          node.dispatchEvent(new ClipboardEvent("paste", said))
        }""",
        WORD,
    )

    page.locator(BLOCKS).nth(2).wait_for()
    assert page.locator(BLOCKS).count() == 3
    texts = page.locator(f"{BLOCKS} textarea[name$=html_zh]")
    first, second = texts.nth(0).input_value(), texts.nth(1).input_value()
    assert first == "<p>2023年，大沙镇列<strong>第816位</strong>，连续三年入选。</p>"
    heading = page.locator(f"{BLOCKS} input[name$=text_zh]")
    assert heading.input_value() == "产业兴镇"
    assert "<ul><li><p>五金</p></li><li><p>汽车<a" in second
    assert 'href="https://example.org/a?b=1&amp;c=2"' in second
    assert second.endswith("<p>图</p>")
    assert not any(word in first + second for word in ("style", "Mso", "img", "javascript", "<o:"))


def test_record_blocks_show_the_present_values_and_follow_the_choice(edit, demo):
    page = edit(f"{demo.article.pk}/change/")
    block = page.locator(f"{BLOCKS}[id^=towns_rankingblock_set]").first
    block.scroll_into_view_if_needed()
    values = block.locator(".block-values")

    values.get_by_text("from the record", exact=True).wait_for()
    before = values.inner_text()
    block.locator(".select2-selection__choice__remove").first.click()
    until(
        lambda: values.get_attribute("aria-busy") is None and len(values.inner_text()) < len(before)
    )

    assert "816" in before


def test_the_preview_shows_what_is_in_the_form_now(edit, demo):
    page = edit(f"{demo.article.pk}/change/")
    publications = Publication.objects.count()

    page.keyboard.press("Alt+p")
    frame = page.frame_locator(".preview iframe")
    page.get_by_text("As it is in the form now").wait_for()
    page.fill("#id_title_en", "A title nobody has saved")
    frame.get_by_role("heading", name="A title nobody has saved").wait_for()
    until(lambda: frame.locator("html").evaluate("() => innerWidth") <= 400)
    page.get_by_role("button", name="Computer").click()
    until(lambda: frame.locator("html").evaluate("() => innerWidth") == 1280)
    page.locator(".preview [data-language=zh-hans]").click()
    frame.locator("main h1", has_text=demo.article.title_zh[:4]).wait_for()
    page.keyboard.press("Alt+p")

    page.locator(".preview").wait_for(state="hidden")
    assert Article.objects.get(pk=demo.article.pk).title_en != "A title nobody has saved"
    assert Publication.objects.count() == publications


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_the_editor(edit, demo, language, scheme):
    page = edit(f"{demo.article.pk}/change/", language=language, color_scheme=scheme)
    page.locator(".block-name").nth(4).focus()
    page.keyboard.press("Alt+n")
    page.locator(".block-values .as-read").first.wait_for()
    page.locator(".margin-count").wait_for(state="attached")
    until(lambda: page.locator(".block-values[aria-busy]").count() == 0)

    assert serious(page) == []


@pytest.mark.parametrize("width", [390, 320])
def test_the_editor_does_not_scroll_sideways_on_a_narrow_screen(edit, long_article, width):
    page = edit(f"{long_article.pk}/change/", size=(width, 800))

    assert page.evaluate("document.documentElement.scrollWidth") == width

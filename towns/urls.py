"""The addresses of the public pages; `townsportal.urls` puts the language before them.

Pictures have none (`media_urlpatterns`), nor has what machines ask for (`machine_urlpatterns`).
"""

from django.urls import path

from towns.views import (
    article,
    comment,
    comparison,
    corrections,
    display,
    feed,
    home,
    letter,
    media,
    page,
    project,
    ranking,
    search,
    sitemap,
    styleguide,
    town,
    well_known,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("type/<slug:size>/", display.type_size, name="type-size"),
    path("articles/", article.article_list, name="article-list"),
    path("articles/<slug:slug>/", article.article_detail, name="article-detail"),
    path("articles/<slug:slug>/comments/", comment.comments, name="comments"),
    path("articles/<slug:slug>/comments/sent/", comment.comment_sent, name="comment-sent"),
    path("towns/", town.town_list, name="town-list"),
    path("towns/<str:code>/", town.town_detail, name="town-detail"),
    path("rankings/", ranking.ranking_list, name="ranking-list"),
    path("rankings/<slug:slug>/", ranking.ranking_detail, name="ranking-detail"),
    path("rankings/<slug:slug>/years/", comparison.comparison, name="ranking-comparison"),
    path("rankings/<slug:slug>/<int:year>/", ranking.ranking_edition, name="ranking-edition"),
    path("projects/", project.project_list, name="project-list"),
    path("projects/<slug:slug>/", project.project_detail, name="project-detail"),
    path("feed/atom.xml", feed.atom, name="feed-atom"),
    path("feed/feed.json", feed.json_feed, name="feed-json"),
    path("feed/towns/<str:code>/atom.xml", feed.atom, name="town-feed-atom"),
    path("feed/towns/<str:code>/feed.json", feed.json_feed, name="town-feed-json"),
    path("feed/columns/<slug:slug>/atom.xml", feed.atom, name="column-feed-atom"),
    path("feed/columns/<slug:slug>/feed.json", feed.json_feed, name="column-feed-json"),
    path("search/", search.search_page, name="search"),
    path("search/suggestions/", search.suggestions, name="search-suggestions"),
    path("report/", letter.report, name="report"),
    path("report/sent/", letter.report_sent, name="report-sent"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("site-map/", page.site_map, name="site-map"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("<slug:slug>/", page.page_detail, name="page-detail"),
]

# At fixed addresses, in no language.
machine_urlpatterns = [
    path("robots.txt", well_known.robots, name="robots"),
    path("favicon.ico", well_known.icon, name="icon"),
    path(".well-known/security.txt", well_known.security, name="security"),
    path("sitemap.xml", sitemap.sitemap_index, name="sitemap-index"),
    path("sitemap-<slug:kind>-<int:page>.xml", sitemap.sitemap, name="sitemap"),
]

media_urlpatterns = [
    path("sizes/<uuid:uid>-<int:width>.jpg", media.media_size, name="media-size"),
    path("sizes/<uuid:uid>-<int:width>.avif", media.media_avif, name="media-avif"),
    path("originals/<uuid:uid>", media.media_original, name="media-original"),
    path("badges/<int:pk>", media.media_badge, name="media-badge"),
]

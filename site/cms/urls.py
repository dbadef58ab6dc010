"""Search, site map, feed and the accessibility statement, in each language."""

from django.urls import path

from cms import feeds, views

app_name = "cms"

urlpatterns = [
    path("recherche/", views.search, name="search"),
    path("plan-du-site/", views.site_map, name="site_map"),
    path("fil-actualites.xml", feeds.NewsFeed(), name="news_feed"),
    path("accessibilite", views.accessibility, name="accessibility"),
    path("theme-<slug:digest>.css", views.theme, name="theme"),
]

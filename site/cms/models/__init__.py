"""Pages, menus and settings of the site."""

from cms.models.contact import ContactPage
from cms.models.content import ArticlePage, ConsultationPage, FaqPage, LegalPage, SectionPage
from cms.models.home import HomePage
from cms.models.navigation import Menu, MenuItem
from cms.models.news import NewsIndexPage, NewsPage
from cms.models.settings import AccessibilityState, SiteIdentity
from cms.models.stamp import ContentStamp
from cms.models.wording import SiteWording

__all__ = [
    "AccessibilityState",
    "ArticlePage",
    "ConsultationPage",
    "ContactPage",
    "ContentStamp",
    "FaqPage",
    "HomePage",
    "LegalPage",
    "Menu",
    "MenuItem",
    "NewsIndexPage",
    "NewsPage",
    "SectionPage",
    "SiteIdentity",
    "SiteWording",
]

"""Every address of the house; RESERVED words can never be the short name of a cooperative."""

from functools import cached_property

from django.core.exceptions import ImproperlyConfigured
from django.urls import Resolver404, ResolverMatch, URLResolver, include, path
from django.urls.resolvers import RoutePattern

from canting.config.views import health

RESERVED = frozenset(
    {
        *("dinas", "t", "kain", "masuk", "keluar", "luring", "tentang", "static", "akun"),
        *("bahasa", "sehat", "mulai", "berkas", "admin", "api"),
    }
)

# Each domain's addresses live under the cooperative's short name.
DOMAINS = (
    "portal",
    "oversight",
    "reports",
    "treasury",
    "assets",
    "surplus",
    "settlement",
    "rounds",
    "lending",
    "quality",
    "production",
    "sales",
    "purchasing",
    "stock",
    "catalogue",
    "savings",
    "taxes",
    "members",
    "cash",
    "ledger",
    "cooperatives",
)


class Domain(URLResolver):
    """The addresses of a domain, looked through only when they can begin as the one asked does.

    A request would else be held against every address of every domain before its own.
    """

    @cached_property
    def first_words(self) -> frozenset[str]:
        """The words that follow the cooperative's name; none of them may be a placeholder."""
        words = {str(found.pattern).partition("/")[0] for found in self.url_patterns}
        if any("<" in word for word in words):
            raise ImproperlyConfigured(f"An address of {self.app_name} begins with a placeholder.")
        return frozenset(words)

    def resolve(self, path: str) -> ResolverMatch:
        """Find the view, or say at once that it is not one of these."""
        _cooperative, _slash, rest = str(path).partition("/")
        if rest.partition("/")[0] not in self.first_words:
            raise Resolver404({"tried": [], "path": path})
        return super().resolve(path)


def domain(name: str) -> Domain:
    """The addresses of one domain under the cooperative's short name."""
    module, app_name, namespace = include(f"canting.{name}.urls")
    pattern = RoutePattern("<slug:cooperative>/", is_endpoint=False)
    return Domain(pattern, module, None, app_name=app_name, namespace=namespace)


urlpatterns = [
    path("sehat/", health, name="health"),
    path("bahasa/", include("django.conf.urls.i18n")),
    path("akun/", include("allauth.urls")),
    path("dinas/", include("canting.oversight.public_urls")),
    path("", include("canting.portal.public_urls")),
    *map(domain, DOMAINS),
]

"""Every address of the house; RESERVED words can never be the short name of a cooperative."""

from django.urls import include, path

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
    "settlement",
    "rounds",
    "quality",
    "production",
    "sales",
    "purchasing",
    "stock",
    "catalogue",
    "savings",
    "members",
    "cash",
    "ledger",
    "cooperatives",
)

urlpatterns = [
    path("sehat/", health, name="health"),
    path("bahasa/", include("django.conf.urls.i18n")),
    path("akun/", include("allauth.urls")),
    path("dinas/", include("canting.oversight.urls")),
    path("", include("canting.portal.public_urls")),
    *(path("<slug:cooperative>/", include(f"canting.{domain}.urls")) for domain in DOMAINS),
]

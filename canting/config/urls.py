"""Every address of the house; RESERVED words can never be the short name of a cooperative."""

from django.urls import include, path

from canting.config.views import health

RESERVED = frozenset(
    {
        "dinas",
        "t",
        "kain",
        "masuk",
        "luring",
        "tentang",
        "static",
        "akun",
        "bahasa",
        "sehat",
        "mulai",
    }
)

urlpatterns = [
    path("sehat/", health, name="health"),
    path("bahasa/", include("django.conf.urls.i18n")),
    path("akun/", include("allauth.urls")),
]

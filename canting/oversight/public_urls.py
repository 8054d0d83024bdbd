"""Addresses of the regency office, outside every cooperative's own space."""

from django.urls import path

from canting.oversight.views import office as views

app_name = "office"
urlpatterns = [
    path("", views.cooperative_list, name="cooperative_list"),
    path("unduh/", views.cooperative_sheet, name="cooperative_sheet"),
    path("<slug:cooperative>/", views.cooperative_detail, name="cooperative_detail"),
]

"""Addresses of the supervisors under the cooperative's short name."""

from django.urls import path

from canting.oversight.views import exceptions, findings, samples

app_name = "oversight"
urlpatterns = [
    path("pengawas/", exceptions.exception_list, name="exception_list"),
    path("pengawas/dilihat/", exceptions.exceptions_seen, name="exceptions_seen"),
    path("pengawas/temuan/", findings.finding_list, name="finding_list"),
    path("pengawas/temuan/tulis/", findings.finding_new, name="finding_new"),
    path("pengawas/temuan/cetak/", findings.finding_print, name="finding_print"),
    path("pengawas/temuan/jawab/<path:number>", findings.finding_answer, name="finding_answer"),
    path("pengawas/temuan/tutup/<path:number>", findings.finding_close, name="finding_close"),
    path("pengawas/temuan/buka/<path:number>", findings.finding_reopen, name="finding_reopen"),
    path("pengawas/temuan/berkas/<path:number>", findings.finding_detail, name="finding_detail"),
    path("pengawas/sampel/", samples.sample_list, name="sample_list"),
    path("pengawas/sampel/ambil/", samples.sample_new, name="sample_new"),
    path("pengawas/sampel/cetak/<path:number>", samples.sample_print, name="sample_print"),
    path(
        "pengawas/sampel/cocok/<int:place>/<path:number>", samples.sample_tick, name="sample_tick"
    ),
    path("pengawas/sampel/berkas/<path:number>", samples.sample_detail, name="sample_detail"),
]

"""Addresses of selling under a cooperative's short name; a paper's number always comes last."""

from django.urls import path

from canting.sales import views

app_name = "sales"
urlpatterns = [
    path("pembeli/", views.buyer_list, name="buyer_list"),
    path("pembeli/baru/", views.buyer_new, name="buyer_new"),
    path("pembeli/banyak/", views.buyer_import, name="buyer_import"),
    path("pembeli/ubah/<str:number>/", views.buyer_change, name="buyer_change"),
    path("pembeli/<str:number>/", views.buyer_detail, name="buyer_detail"),
    path("pesanan/", views.order_list, name="order_list"),
    path("pesanan/baru/", views.order_new, name="order_new"),
    path("pesanan/ubah/<path:number>", views.order_change, name="order_change"),
    path("pesanan/tutup/<path:number>", views.order_close, name="order_close"),
    path("pesanan/buka/<path:number>", views.order_reopen, name="order_reopen"),
    path("pesanan/tautan/<path:number>", views.order_link, name="order_link"),
    path("pesanan/kabari/<path:number>", views.order_message, name="order_message"),
    path("pesanan/wa/<path:number>", views.order_message_open, name="order_message_open"),
    path(
        "pesanan/uang-muka/<path:number>", views.down_payment_receive, name="down_payment_receive"
    ),
    path("pesanan/kembalikan/<path:number>", views.down_payment_refund, name="down_payment_refund"),
    path("pesanan/kirim/<path:number>", views.delivery_new, name="delivery_new"),
    path("pesanan/faktur/<path:number>", views.invoice_new, name="invoice_new"),
    path("pesanan/lihat/<path:number>", views.order_detail, name="order_detail"),
    path("kirim/", views.ship_page, name="ship_page"),
    path("kirim/surat/terima/<path:number>", views.delivery_confirm, name="delivery_confirm"),
    path("kirim/surat/betulkan/<path:number>", views.delivery_correct, name="delivery_correct"),
    path("kirim/surat/cetak/<path:number>", views.delivery_paper, name="delivery_paper"),
    path("kirim/surat/lihat/<path:number>", views.delivery_detail, name="delivery_detail"),
    path("faktur/", views.invoice_list, name="invoice_list"),
    path("faktur/bayar/<path:number>", views.payment_new, name="payment_new"),
    path("faktur/retensi/<path:number>", views.retention_new, name="retention_new"),
    path("faktur/retur/<path:number>", views.credit_note_new, name="credit_note_new"),
    path("faktur/betulkan/<path:number>", views.invoice_correct, name="invoice_correct"),
    path("faktur/cetak/<path:number>", views.invoice_paper, name="invoice_paper"),
    path("faktur/lihat/<path:number>", views.invoice_detail, name="invoice_detail"),
    path("retur/betulkan/<path:number>", views.credit_note_correct, name="credit_note_correct"),
    path("retur/<path:number>", views.credit_note_detail, name="credit_note_detail"),
    path("kuitansi/betulkan/<path:number>", views.payment_correct, name="payment_correct"),
    path("kuitansi/cetak/<path:number>", views.payment_paper, name="payment_paper"),
    path("kuitansi/lihat/<path:number>", views.payment_detail, name="payment_detail"),
    path("galeri/", views.till, name="till"),
    path("galeri/nota/", views.sale_list, name="sale_list"),
    path("galeri/qris/", views.qris_page, name="qris_page"),
    path("galeri/qris/betulkan/<path:number>", views.qris_correct, name="qris_correct"),
    path("galeri/qris/lihat/<path:number>", views.qris_detail, name="qris_detail"),
    path("galeri/nota/betulkan/<path:number>", views.sale_correct, name="sale_correct"),
    path("galeri/nota/cetak/<path:number>", views.sale_paper, name="sale_paper"),
    path("galeri/nota/lihat/<path:number>", views.sale_detail, name="sale_detail"),
    path("pajak/final/", views.tax_page, name="tax_page"),
    path("pajak/final/catat/", views.tax_book, name="tax_book"),
    path("pajak/final/bayar/", views.tax_pay, name="tax_pay"),
    path("pajak/bukti/betulkan/<path:number>", views.tax_correct, name="tax_correct"),
    path("pajak/bukti/lihat/<path:number>", views.tax_detail, name="tax_detail"),
]

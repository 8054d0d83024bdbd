"""Addresses of the domain."""

from django.urls import path

from canting.purchasing.views import cloth, corrections, handouts, prints, purchases, suppliers

app_name = "purchasing"
urlpatterns = [
    path("bahan/", handouts.hand_out_list, name="hand_out_list"),
    path("bahan/saya/", handouts.my_materials, name="my_materials"),
    path("bahan/anggota/<path:number>/", handouts.member_materials, name="member_materials"),
    path("bahan/keluar/", handouts.hand_out_new, name="hand_out_new"),
    path(
        "bahan/keluar/betulkan/<path:number>",
        corrections.hand_out_correct,
        name="hand_out_correct",
    ),
    path("bahan/keluar/cetak/<path:number>", prints.hand_out_print, name="hand_out_print"),
    path("bahan/keluar/nota/<path:number>", handouts.hand_out_detail, name="hand_out_detail"),
    path("bahan/kembali/", handouts.return_new, name="return_new"),
    path("bahan/kembali/betulkan/<path:number>", corrections.return_correct, name="return_correct"),
    path("bahan/kembali/cetak/<path:number>", prints.return_print, name="return_print"),
    path("bahan/batch/<int:number>/", handouts.batch_trace, name="batch_trace"),
    path("bahan/kembali/nota/<path:number>", handouts.return_detail, name="return_detail"),
    path("beli/", purchases.purchase_list, name="purchase_list"),
    path("beli/baru/", purchases.purchase_new, name="purchase_new"),
    path("beli/kain/", cloth.cloth_new, name="cloth_new"),
    path("beli/datang/<path:number>", purchases.arrival_new, name="arrival_new"),
    path("beli/ubah/<path:number>", purchases.change_new, name="change_new"),
    path("beli/betulkan/<path:number>", corrections.purchase_correct, name="purchase_correct"),
    path("beli/nota/<path:number>", purchases.purchase_detail, name="purchase_detail"),
    path(
        "beli/terima/betulkan/<path:number>",
        corrections.receipt_correct,
        name="receipt_correct",
    ),
    path("beli/terima/cetak/<path:number>", prints.receipt_print, name="receipt_print"),
    path("beli/terima/nota/<path:number>", purchases.receipt_detail, name="receipt_detail"),
    path("beli/retur/batal/<path:number>", purchases.change_cancel, name="change_cancel"),
    path("beli/retur/nota/<path:number>", purchases.change_detail, name="change_detail"),
    path("pemasok/", suppliers.supplier_list, name="supplier_list"),
    path("pemasok/baru/", suppliers.supplier_new, name="supplier_new"),
    path("pemasok/banyak/", suppliers.supplier_many, name="supplier_many"),
    path(
        "pemasok/pembayaran/betulkan/<path:number>",
        corrections.payment_correct,
        name="payment_correct",
    ),
    path("pemasok/pembayaran/nota/<path:number>", suppliers.payment_detail, name="payment_detail"),
    path("pemasok/ubah/<str:number>/", suppliers.supplier_edit, name="supplier_edit"),
    path("pemasok/bayar/<str:number>/", suppliers.payment_new, name="payment_new"),
    path("pemasok/<str:number>/", suppliers.supplier_detail, name="supplier_detail"),
]

"""Addresses of the domain. Numbers of papers hold slashes, so they stand last in their paths."""

from django.urls import URLPattern, path

from canting.rounds.views import (
    asking,
    money,
    needs,
    own,
    plans,
    proof,
    rounds,
    settling,
    sharing,
)

app_name = "rounds"
urlpatterns: list[URLPattern] = [
    path("belanja/", rounds.round_list, name="round_list"),
    path("belanja/baru/", rounds.round_new, name="round_new"),
    path("belanja/hemat/", proof.saving_page, name="saving_page"),
    path("belanja/lihat/<path:number>", rounds.round_detail, name="round_detail"),
    path("belanja/ubah/<path:number>", rounds.round_change, name="round_change"),
    path("belanja/batal/<path:number>", rounds.round_cancel, name="round_cancel"),
    path("belanja/kumpulkan/<path:number>", rounds.round_collect, name="round_collect"),
    path("belanja/pergi/<path:number>", rounds.round_travellers, name="round_travellers"),
    path("belanja/pesan/<path:number>", rounds.round_order, name="round_order"),
    path("belanja/tutup/<path:number>", settling.round_settle, name="round_settle"),
    path("belanja/buka/<path:number>", rounds.round_reopen, name="round_reopen"),
    path("belanja/uang/lihat/<path:number>", money.round_money, name="round_money"),
    path("belanja/uang/catat/<path:number>", money.fund_new, name="fund_new"),
    path("belanja/uang/bukti/<path:number>", money.return_undo, name="return_undo"),
    path("belanja/uang/betulkan/<int:pk>/<path:number>", money.fund_withdraw, name="fund_withdraw"),
    path(
        "belanja/uang/kembali/<slug:member>/<path:number>",
        money.deposit_return,
        name="deposit_return",
    ),
    path(
        "belanja/uang/pakai/<slug:member>/<path:number>", money.deposit_carry, name="deposit_carry"
    ),
    path("belanja/bagi/<path:number>", sharing.share_new, name="share_new"),
    path(
        "belanja/bagian/lihat/<int:position>/<path:number>",
        sharing.share_detail,
        name="share_detail",
    ),
    path(
        "belanja/bagian/batal/<int:position>/<path:number>", sharing.share_undo, name="share_undo"
    ),
    path(
        "belanja/bagian/serahkan/<slug:member>/<path:number>",
        sharing.share_hand,
        name="share_hand",
    ),
    path(
        "belanja/bagian/lepas/<slug:member>/<path:number>",
        sharing.share_release,
        name="share_release",
    ),
    path("belanja/bagian/slip/<slug:member>/<path:number>", own.member_slip, name="member_slip"),
    path("belanja/saya/", own.my_rounds, name="my_rounds"),
    path("belanja/saya/lihat/<path:number>", own.my_round, name="my_round"),
    path("belanja/saya/slip/<path:number>", own.my_slip, name="my_slip"),
    path("belanja/rencana/hitung/<path:number>", plans.plan_begin, name="plan_begin"),
    path("belanja/rencana/hentikan/<path:number>", plans.plan_stop, name="plan_stop"),
    path("belanja/rencana/setujui/<path:number>", plans.plan_agree, name="plan_agree"),
    path("belanja/rencana/ubah/<path:number>", plans.plan_edit, name="plan_edit"),
    path("belanja/rencana/<path:number>", plans.plan_page, name="plan_page"),
    path("belanja/butuh/lihat/<path:number>", needs.need_list, name="need_list"),
    path("belanja/butuh/catat/<path:number>", needs.need_new, name="need_new"),
    path("belanja/butuh/hitung/<path:number>", needs.need_reckon, name="need_reckon"),
    path("belanja/butuh/batal/<int:pk>/<path:number>", needs.need_withdraw, name="need_withdraw"),
    path("belanja/jatah/lihat/<path:number>", needs.quota_page, name="quota_page"),
    path("belanja/jatah/lepas/<str:code>/<path:number>", needs.quota_lift, name="quota_lift"),
    path("belanja/saya/butuh/<path:number>", asking.my_needs, name="my_needs"),
    path(
        "belanja/saya/batal/<int:pk>/<path:number>",
        asking.my_need_withdraw,
        name="my_need_withdraw",
    ),
]

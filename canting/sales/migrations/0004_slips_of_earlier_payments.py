"""Tax that buyers withheld from payments made before it was kept row by row, with the slip."""

from django.db import migrations

AT_ONCE = 500


def write_rows(apps, schema_editor):
    """One row for each tax of each payment, standing as long as the payment does."""
    payments = apps.get_model("sales", "Payment").objects.filter(kind="invoice")
    held = apps.get_model("taxes", "HeldByBuyer")
    rows = [
        held(
            cooperative_id=payment.cooperative_id,
            kind=kind,
            party_id=payment.buyer.party_id,
            on=payment.paid_on,
            tax=tax,
            source=f"sales.payment:{payment.number}",
            paper=payment.number,
            active=payment.state == "posted",
            slip_number=payment.slip,
            slip_on=payment.paid_on if payment.slip else None,
        )
        for payment in payments.select_related("buyer").order_by("id")
        for kind, tax in (("final", payment.final_tax), ("pph22", payment.pph22))
        if tax
    ]
    held.objects.bulk_create(rows, batch_size=AT_ONCE)


class Migration(migrations.Migration):
    dependencies = [
        ("sales", "0003_vat_and_slips_of_buyers"),
        ("taxes", "0002_pkp_and_slips_of_buyers"),
    ]

    operations = [migrations.RunPython(write_rows, migrations.RunPython.noop)]

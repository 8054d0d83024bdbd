"""Tells the taxes from whom PPh 21 was kept by the slips written so far."""

from django.db import migrations


def tell_taxes(apps, schema_editor):
    """One row of withheld tax for each slip that kept some; rows that are there stay."""
    deductions = apps.get_model("settlement", "Deduction").objects
    withheld = apps.get_model("taxes", "Withheld").objects
    for kept in deductions.filter(kind="tax", amount__gt=0).select_related("slip").order_by("pk"):
        slip = kept.slip
        withheld.get_or_create(
            cooperative_id=slip.cooperative_id,
            source=f"settlement.slip:{slip.number}",
            defaults={
                "kind": "pph21",
                "party_id": slip.party_id,
                "on": slip.paid_date,
                "base": slip.earned,
                "tax": kept.amount,
                "paper": slip.number,
                "active": slip.reversed_at is None,
            },
        )


class Migration(migrations.Migration):
    dependencies = [
        ("settlement", "0001_initial"),
        ("taxes", "0001_facts_slips_and_payments"),
    ]
    operations = [migrations.RunPython(tell_taxes, migrations.RunPython.noop, elidable=True)]

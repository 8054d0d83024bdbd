"""Adds the account of members' money for buying together to every chart that exists."""

import secrets

from django.db import migrations

ROLE, CODE = "round_deposit", "2121"


def _free_code(taken):
    """The code of the chart, or the next one that the cooperative has not given to another."""
    return next(code for code in map(str, range(int(CODE), 2130)) if code not in taken)


def add_account(apps, schema_editor):
    """Open the account in each book that lacks it, and tell the kept charts that it is there."""
    accounts = apps.get_model("ledger", "Account").objects
    for book in apps.get_model("ledger", "Book").objects.all():
        own = accounts.filter(cooperative_id=book.cooperative_id)
        if own.filter(role=ROLE).exists():
            continue
        accounts.create(
            cooperative_id=book.cooperative_id,
            code=_free_code(set(own.values_list("code", flat=True))),
            role=ROLE,
            normal="K",
            party_kind="member",
            statement="payable_other",
            split="",
            flow="O",
        )
        book.chart_version = secrets.randbits(30)
        book.save(update_fields=["chart_version"])


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [migrations.RunPython(add_account, migrations.RunPython.noop)]

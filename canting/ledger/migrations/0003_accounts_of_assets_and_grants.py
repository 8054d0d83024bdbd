"""Adds the accounts of fixed assets by class, and of grants still under conditions, to every chart."""

import secrets

from django.db import migrations

# role, code, normal side, statement line, flow
ACCOUNTS = [
    ("land", 1601, "D", "fixed_assets", "I"),
    ("building", 1602, "D", "fixed_assets", "I"),
    ("vehicle", 1604, "D", "fixed_assets", "I"),
    ("office", 1605, "D", "fixed_assets", "I"),
    ("building_acc", 1692, "K", "fixed_assets", "I"),
    ("vehicle_acc", 1694, "K", "fixed_assets", "I"),
    ("office_acc", 1695, "K", "fixed_assets", "I"),
    ("grant_held", 2122, "K", "payable_other", "F"),
]


def _free_code(wanted, taken):
    """The code of the chart, or the next one that the cooperative has not given to another."""
    return next(code for code in map(str, range(wanted, 9999)) if code not in taken)


def add_accounts(apps, schema_editor):
    """Open the accounts in each book that lacks them, and tell the kept charts that they are there."""
    accounts = apps.get_model("ledger", "Account").objects
    for book in apps.get_model("ledger", "Book").objects.all():
        own = accounts.filter(cooperative_id=book.cooperative_id)
        roles = set(own.values_list("role", flat=True))
        taken = set(own.values_list("code", flat=True))
        for role, wanted, normal, statement, flow in ACCOUNTS:
            if role in roles:
                continue
            code = _free_code(wanted, taken)
            taken.add(code)
            accounts.create(
                cooperative_id=book.cooperative_id,
                code=code,
                role=role,
                normal=normal,
                party_kind="",
                statement=statement,
                split="",
                flow=flow,
            )
        book.chart_version = secrets.randbits(30)
        book.save(update_fields=["chart_version"])


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_account_of_round_deposits")]

    operations = [migrations.RunPython(add_accounts, migrations.RunPython.noop)]

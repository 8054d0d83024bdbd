"""A share names the material it is of: what was asked for, or what stands in for it."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery
from django.db.models.deletion import PROTECT


def name_items(apps, schema_editor):
    """Every share before was of the material that was asked for."""
    share, need = apps.get_model("rounds", "Share"), apps.get_model("rounds", "Need")
    asked = need.objects.filter(pk=OuterRef("need_id")).values("item_id")[:1]
    share.objects.filter(item__isnull=True).update(item_id=Subquery(asked))


class Migration(migrations.Migration):
    dependencies = [
        ("rounds", "0004_plan_runs"),
        ("catalogue", "0004_recipes_substitutes_bans"),
    ]

    operations = [
        migrations.AddField(
            "share",
            "item",
            models.ForeignKey(null=True, on_delete=PROTECT, related_name="+", to="catalogue.item"),
        ),
        migrations.RunPython(name_items, migrations.RunPython.noop),
    ]

"""A share always names its material; one need may get it and a substitute in one sharing."""

from django.db import migrations, models
from django.db.models.deletion import PROTECT


class Migration(migrations.Migration):
    dependencies = [("rounds", "0005_share_names_its_item")]

    operations = [
        migrations.AlterField(
            "share",
            "item",
            models.ForeignKey(
                help_text="What she gets: what she asked for, or what stands in for it.",
                on_delete=PROTECT,
                related_name="+",
                to="catalogue.item",
            ),
        ),
        migrations.RemoveConstraint("share", "share_of_need_once"),
        migrations.AddConstraint(
            "share",
            models.UniqueConstraint(
                fields=["share_out", "need", "item"], name="share_of_need_once"
            ),
        ),
    ]

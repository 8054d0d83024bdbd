"""A price list more: what others pay for making a piece."""

from django.db import migrations, models

from canting.catalogue.rules import PriceList


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0004_recipes_substitutes_bans")]

    operations = [
        migrations.AlterField(
            model_name="price",
            name="price_list",
            field=models.CharField(max_length=12, choices=[(p, p) for p in PriceList]),
        )
    ]

"""What an archive of a year holds of the assets: the register on its last day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from canting.assets import selectors
from canting.assets.rules import CLASSES, ORIGINS
from canting.kernel.closing import Frozen
from canting.kernel.tables_out import cells_of, column, write_csv

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

PIECE = 256 * 1024
COLUMNS = (
    column("number", "nomor", "identity"),
    column("name", "aset"),
    column(lambda one: _(CLASSES[one.asset_class].label), "golongan"),
    column(lambda one: _(ORIGINS[one.origin]), "asal"),
    column("on", "tanggal", "date"),
    column("cost", "harga perolehan", "number"),
    column("lost", "akumulasi penyusutan", "number"),
    column("left", "nilai buku", "number"),
    column("life_months", "umur (bulan)", "number"),
    column("location", "letak"),
)


def register_csv(cooperative: Cooperative, _since: date, until: date) -> Iterator[bytes]:
    """The register of assets on the year's last day."""
    found = selectors.register_at(cooperative=cooperative, on=until)
    with write_csv(COLUMNS, cells_of(COLUMNS, found)) as file:
        while piece := file.read(PIECE):
            yield piece


ARCHIVED: tuple[Frozen, ...] = (
    Frozen("aset.csv", gettext_lazy("Register of assets"), register_csv),
)

"""Who plays in the demonstration: all people and firms are invented, the places are real."""

from typing import NamedTuple

from canting.cooperatives.rules import Role


class Player(NamedTuple):
    """An officer of the demonstration and the sign-in that plays them."""

    username: str
    full_name: str
    called_name: str
    role: Role


OFFICERS = (
    Player("pengelola", "Wahyuni Lestari", "Bu Wahyuni", Role.MANAGER),
    Player("kasir", "Rini Handayani", "Bu Rini", Role.CASHIER),
    Player("gudang", "Abdul Hadi", "Pak Hadi", Role.STOREKEEPER),
    Player("pendamping", "Nur Aini", "Bu Nur", Role.MENTOR),
    Player("pengurus", "Maimunah", "Bu Maimunah", Role.BOARD),
    Player("pengawas", "Slamet Riyadi", "Pak Slamet", Role.SUPERVISOR),
)


class Maker(NamedTuple):
    """An invented member in one of the regency's real places (groups: batik.md 6.7)."""

    full_name: str
    called_name: str
    group: str
    hamlet: str
    village: str
    district: str
    skill: str  # tulis or cap
    basis: str  # the contract she usually works under; "" for members who do not make


# name | called | group | hamlet | village | district | skill | contract
_MAKERS = """
Siti Aminah | Bu Siti | Dewi Rengganis | Krajan | Jatiurip | Krejengan | tulis | commission
Hosniyah | Bu Hos | Dewi Rengganis | Krajan | Jatiurip | Krejengan | tulis | purchase
Juwariyah | Bu Ju | Dewi Rengganis | Gempol | Jatiurip | Krejengan | tulis | commission
Sulastri | Bu Lastri | Ronggomukti | Tegalan | Sidomukti | Kraksaan | tulis | commission
Tutik Handayani | Bu Tutik | Ronggomukti | Krajan | Sidomukti | Kraksaan | tulis | purchase
Khotimah | Bu Khot | Ronggomukti | Krajan | Sidomukti | Kraksaan | tulis | consignment
Sumarni | Bu Marni | Prabulinggih | Sumber | Bulujaran Lor | Tegalsiwalan | cap | commission
Misnadi | Pak Mis | Prabulinggih | Sumber | Bulujaran Lor | Tegalsiwalan | cap | commission
Holifah | Bu Ifah | Laweyan Asri | Krajan | Muneng Leres | Sumberasih | cap | purchase
Ahmad Fauzi | Pak Uzi | Laweyan Asri | Leres | Muneng Leres | Sumberasih | cap | commission
Endang Susilowati | Bu Endang | Selowati | Krajan | Selogudik Wetan | Pajarakan | tulis | purchase
Buhati | Bu Buh | Selowati | Kidul | Selogudik Wetan | Pajarakan | tulis | purchase
Arasyiyah | Bu Aras | Arasy | Krajan | Karanganyar | Paiton | tulis | purchase
Balqis Nurjanah | Bu Balqis | Balqist | Kedung | Kedungsari | Maron | tulis | consignment
Darmi | Bu Darmi | Senandung Bromo | Krajan | Dringu | Dringu | cap | commission
Fatonah | Bu Tonah | Senandung Bromo | Krajan | Dringu | Dringu | tulis | purchase
Gunadi | Pak Gun | Ronggojalu | Krajan | Leces | Leces | cap | commission
Halimatus Sadiyah | Bu Halimah | Pelangi | Timur | Bulu | Kraksaan | tulis | purchase
Ismawati | Bu Isma | Elbahirah | Krajan | Pegalangan Kidul | Maron | tulis |
Karsimin | Pak Karsimin | Pancor Mas | Krajan | Pakuniran | Pakuniran | cap |
Ratna | Bu Ratna | Legundi | Krajan | Bantaran | Bantaran | tulis |
Supriyatin | Bu Atin | Joko Seger | Krajan | Sukapura | Sukapura | tulis |
"""
MAKERS = tuple(
    Maker(*(part.strip() for part in row.split("|"))) for row in _MAKERS.strip().splitlines()
)

SECOND_MAKERS = (
    ("Ponirah", "Bu Ponirah"),
    ("Sugiati", "Bu Sugiati"),
    ("Marsini", "Bu Marsini"),
    ("Tumini", "Bu Tumini"),
    ("Sanip", "Pak Sanip"),
    ("Kasiani", "Bu Kasiani"),
    ("Ngatemi", "Bu Ngatemi"),
    ("Suyitno", "Pak Yitno"),
    ("Winarsih", "Bu Win"),
)

"""QR codes: inside the page, without style, readable aloud."""

from xml.etree import ElementTree

import segno

from canting.kernel.qr import qr_svg

ADDRESS = "https://example.org/kain/K7Q-4MD"


def test_a_code_is_one_svg_without_style():
    drawn = qr_svg(ADDRESS, "Asal kain")
    picture = ElementTree.fromstring(str(drawn))
    assert picture.get("role") == "img"
    assert picture.findtext("title") == "Asal kain"
    assert "style=" not in drawn


def test_the_picture_has_the_size_of_the_code_with_its_quiet_zone():
    modules = segno.make(ADDRESS, error="m", micro=False).symbol_size(border=4)[0]
    assert f'viewBox="0 0 {modules} {modules}"' in qr_svg(ADDRESS)


def test_a_label_cannot_break_out():
    assert "<b>" not in qr_svg(ADDRESS, "<b>x</b>")

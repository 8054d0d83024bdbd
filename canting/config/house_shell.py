"""The tag that hands pages written in Django's template language to the house's own shell."""

from typing import Any

from django import template
from django.template import loader
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString

register = template.Library()


class HouseShell(template.Node):
    """Draws what stands inside and lays it into the plain shell."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        """The whole page; the shell's values are those that this page knows."""
        inside = self.nodelist.render(context)
        values: dict[str, Any] = context.flatten()  # type: ignore[assignment]
        request = values.pop("request", None)
        shell = loader.get_template("account/house_shell.html")
        return SafeString(shell.render({**values, "inside": inside}, request))


@register.tag
def house_shell(parser: Parser, token: Token) -> HouseShell:
    """{% house_shell %} ... {% end_house_shell %}."""
    nodelist = parser.parse(("end_house_shell",))
    parser.delete_first_token()
    return HouseShell(nodelist)

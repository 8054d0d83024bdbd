"""The template environment: strict names, escaped output, translated texts, house words."""

import uuid
from datetime import date, datetime
from functools import lru_cache
from types import FunctionType
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import timezone, translation
from jinja2 import Environment, StrictUndefined
from jinja2.runtime import Context, Macro
from markupsafe import Markup

from canting.cooperatives.selectors import act_words
from canting.cooperatives.selectors.facts import fact_lines
from canting.kernel import dates, money, quantities
from canting.kernel.addresses import address, around
from canting.kernel.cells import CELLS
from canting.kernel.charts import border
from canting.kernel.faults import fault_code
from canting.kernel.fields import draw, error_parts, kind_of, options
from canting.kernel.icons import icon_svg
from canting.kernel.member_text import m_
from canting.kernel.qr import qr_svg
from canting.kernel.wa import wa_address

COMPONENTS = ("core", "forms", "tables", "papers")


class Components:
    """All macros of `components/` under one name, so that a block drawn alone can use them too.

    A block rendered by itself does not see the imports at the top of its file; `ui.button(...)`
    needs none.
    """

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._files: dict[str, str] = {}
        self.__dict__.update(CELLS)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name not in self._files:
            self._files[name] = self._file_with(name)
        macro = getattr(self._environment.get_template(self._files[name]).module, name)
        if not self._environment.auto_reload:
            self.__dict__[name] = macro  # the files do not change under a running process
        return macro

    def _file_with(self, name: str) -> str:
        for component in COMPONENTS:
            file = f"components/{component}.html"
            if hasattr(self._environment.get_template(file).module, name):
                return file
        raise AttributeError(f"no component macro is called {name}")


def query(request: HttpRequest, **changes: object) -> str:
    """Return the query of this page with some values changed; an empty value leaves it out."""
    values = request.GET.copy()
    for name, value in changes.items():
        values.pop(name, None)
        if value not in ("", None):
            values[name] = str(value)
    return f"?{values.urlencode()}"


def request_key() -> str:
    """Return a fresh key for the hidden field that makes a form safe to send twice."""
    return uuid.uuid4().hex


def day(value: date) -> str:
    """Return a day as the language writes it; of a moment, its day on the active clock."""
    return dates.format_date(_here(value))


def short_day(value: date) -> Markup:
    """Return a day for a column of a table: without its weekday, and never broken over two lines."""
    return Markup('<span class="day">{}</span>').format(dates.format_short_date(_here(value)))


def _here(value: date) -> date:
    if isinstance(value, datetime):
        return dates.local_day(value, timezone.get_current_timezone_name())
    return value


def clock(moment: datetime, zone_name: str = "") -> str:
    """Return the time of day of `moment`, on the active clock unless a zone is named."""
    return dates.format_time(moment, zone_name or timezone.get_current_timezone_name())


def member_text(msgid: str, **facts: object) -> Markup:
    """Return a member text for a page: our sentence is trusted, the facts in it are escaped."""
    text = Markup(m_(msgid))
    return text % facts if facts else text


class Drawing(Context):
    """The running template: what a list calls by the row takes a short way, all else Jinja2's own.

    Jinja2 asks of everything that is called whether it wants the context. Our own functions do
    not, and of a macro it is known what it wants.
    """

    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call a function or a macro from the template."""
        kind = type(called)
        if kind is Macro or (kind is FunctionType and called in SHORT):
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
            if kind is Macro:
                return called(self.eval_ctx, *args, **kwargs)
            return called(*args, **kwargs)
        return super().call(called, *args, **kwargs)


@lru_cache(maxsize=8192)
def _translated(_language: str | None, msgid: str) -> Markup:
    return Markup(translation.gettext(msgid))


@lru_cache(maxsize=8192)
def _sentence(_language: str | None, msgid: str) -> Markup:
    return _translated(_language, msgid) % {}


def gettext(msgid: str, /, **facts: object) -> Markup:
    """Return our own text, trusted, in the active language; the facts in it are escaped.

    Every text is looked up once a process and language: a list asks for the same few by the row.
    """
    language = translation.get_language()
    return _translated(language, msgid) % facts if facts else _sentence(language, msgid)


SHORT = frozenset({*CELLS.values(), address, gettext, icon_svg})


def environment(**options_: Any) -> Environment:
    """Return the Jinja2 environment that Django's template backend asks for."""
    options_["undefined"] = StrictUndefined
    options_["autoescape"] = True
    env = Environment(**options_)
    env.context_class = Drawing
    env.policies["ext.i18n.trimmed"] = True
    for extension in ("i18n", "do", "loopcontrols"):
        env.add_extension(f"jinja2.ext.{extension}")
    install: Any = env
    install.install_gettext_callables(
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    env.globals.update(_=gettext, gettext=gettext)
    words: dict[str, Any] = {
        "rupiah": money.format_rupiah,
        "qty": quantities.format_quantity,
        "tanggal": day,
        "tgl": short_day,
        "jam": clock,
        "bulan": dates.format_month,
        "perbuatan": act_words,
        "fakta": fact_lines,
    }
    env.filters.update(words)
    env.globals.update(
        words,
        static=lru_cache(maxsize=256)(static),
        url=address,
        around=around,
        m_=member_text,
        query=query,
        request_key=request_key,
        language=lambda: (translation.get_language() or "id").split("-")[0],
        fault_code=fault_code,
        icon_svg=icon_svg,
        qr_svg=qr_svg,
        edge=border,
        wa_address=wa_address,
        widget=draw,
        widget_kind=kind_of,
        widget_options=options,
        error_parts=error_parts,
        ui=Components(env),
    )
    return env

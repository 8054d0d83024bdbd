"""Migrations in a fraction of their time: the picture of the models is not drawn anew each step.

Django draws, after every step of a migration, the models that the changed one is related to. Here
nearly every model is related to the cooperative and to the user, so each step draws them all, and
a new installation spends nine tenths of its first start on that. A step that adds a model, an
index, a constraint or a plain field changes no other model: only the changed one is drawn. The
picture then counts as delayed, as Django's own shortcuts mark it, so that whatever runs Python
code is given a whole one, drawn afresh.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations.state import ModelState, ProjectState

Key = tuple[str, str]
_State: Any = ProjectState  # what is taken over here is Django's own inner work
_find_whole = _State._find_reload_model
_add_field_whole = _State.add_field


def _has_heirs(state: Any, key: Key) -> bool:
    name = ".".join(key)
    return any(name in map(str, model.bases) for model in state.models.values())


def _find_reload_model(
    state: Any, app_label: str, model_name: str, delay: bool = False
) -> set[Key]:
    """The models to draw anew: of a step that touches no other model, the changed one alone."""
    key = (app_label, model_name)
    is_alone = delay or getattr(state, "is_adding", False)
    if not is_alone or _has_heirs(state, key):
        found: set[Key] = _find_whole(state, app_label, model_name, delay)
        return found
    state.is_delayed = True
    return {key}


def _add_model(state: Any, model_state: ModelState) -> None:
    """A new model, to which nothing is related yet."""
    key = model_state.app_label, model_state.name_lower
    state.models[key] = model_state
    if state._relations is not None:
        state.resolve_model_relations(key)
    if "apps" in state.__dict__:
        state.reload_model(*key, delay=True)


def _add_field(state: Any, *args: Any, **kwargs: Any) -> None:
    """A new field, which nothing points to yet."""
    state.is_adding = True
    try:
        _add_field_whole(state, *args, **kwargs)
    finally:
        state.is_adding = False


@contextmanager
def quick_migrations() -> Iterator[None]:
    """Let migrations that run inside draw only the models that a step changes."""
    quick = {
        "_find_reload_model": _find_reload_model,
        "add_model": _add_model,
        "add_field": _add_field,
    }
    before = {name: getattr(_State, name) for name in quick}
    for name, own in quick.items():
        setattr(_State, name, own)
    try:
        yield
    finally:
        for name, own in before.items():
            setattr(_State, name, own)

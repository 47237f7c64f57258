"""Numbers for the prose: a cell names a value, the text shows it."""

from __future__ import annotations

# MyST-NB finds glued values by this prefix and metadata key; see its documentation,
# "Embed outputs as MyST content". Writing them here keeps MyST-NB out of Colab.
_PREFIX = "application/papermill.record/"


def glue(name: str, value: object, spec: str = "") -> None:
    """Name a value so that the page's text can show it as ``{glue:text}`name```.

    Outside a notebook this does nothing, so that chapters run as plain scripts too.

    Args:
        name: the key that the text uses; unique within its chapter.
        value: anything with a sensible ``format``.
        spec: a format specification, such as ``.3f`` or ``,``.
    """
    try:
        from IPython import get_ipython
        from IPython.display import display
    except ModuleNotFoundError:
        return
    if get_ipython() is None:
        return
    display(  # type: ignore[no-untyped-call]
        # Quotes, because MyST-NB strips them from what it takes for a string's repr.
        {f"{_PREFIX}text/plain": f"'{format(value, spec)}'"},
        raw=True,
        metadata={"scrapbook": {"name": name, "mime_prefix": _PREFIX}},
    )

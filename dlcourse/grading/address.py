"""The gradebook's address, whose password must not be seen anywhere."""

from __future__ import annotations

import logging
import re
from urllib.parse import quote, quote_plus, unquote

_PASSWORDS = (re.compile(r"//[^/:@\s]*:(.*)@"), re.compile(r"[?&]password=([^&\s]*)"))


class Secret:
    """The password in an address, to be taken out of whatever is said or logged."""

    def __init__(self, url: str) -> None:
        written = {found[1] for one in _PASSWORDS for found in one.finditer(url)}
        # The longer ones first: they may contain others.
        plain = {*written, *map(unquote, written)}
        # As SQLAlchemy, libpq and others may write it anew.
        anew = {quote(one, safe="") for one in plain} | set(map(quote_plus, plain))
        forms = (plain | anew) - {""}
        self._forms = sorted(forms, key=len, reverse=True)
        self.address = self.hide(url)

    def hide(self, text: str) -> str:
        """Replace the password in a text."""
        for form in self._forms:
            text = text.replace(form, "***")
        return text


class HidingFormatter(logging.Formatter):
    """Formats log records, with their tracebacks, without the password."""

    def __init__(self, form: str, secret: Secret) -> None:
        super().__init__(form)
        self._secret = secret

    def format(self, record: logging.LogRecord) -> str:
        """Format one record."""
        return self._secret.hide(super().format(record))

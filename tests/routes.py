"""Routes compiled once for all applications that the tests make.

Most of making an application is Werkzeug reading each route and writing the functions that build its addresses. That
depends on nothing but the route and the converters of its map, so that the next application can have the same.
"""

from collections.abc import Hashable
from typing import Any

from werkzeug.routing import Rule


def compile_once() -> None:
    """Let routes that are alike share what they were compiled to, from now on in this process."""
    compile_anew = Rule.compile
    made: dict[Hashable, Rule] = {}

    def shared(self: Rule) -> None:
        assert self.map is not None
        defaults = frozenset((self.defaults or {}).items())
        converters = frozenset(self.map.converters.items())
        how = (self.map.host_matching, self.merge_slashes)
        like = made.setdefault((self.rule, self.host, self.subdomain, defaults, converters, how), self)
        if like is self:
            compile_anew(self)
            return
        self.arguments |= like.arguments
        self._parts, self._trace, self._converters = like._parts, like._trace, like._converters
        self._build = like._build.__func__.__get__(self, None)  # type: ignore[attr-defined]
        self._build_unknown = like._build_unknown.__func__.__get__(self, None)  # type: ignore[attr-defined]

    changed: Any = Rule
    changed.compile = shared

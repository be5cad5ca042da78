"""Routes compiled once for all applications that the tests make.

Nine tenths of making an application is Werkzeug writing, for each route, the function that builds its addresses. It
depends on nothing but the route's parts, so that the next application can have the same one.
"""

from collections.abc import Callable, Hashable
from typing import Any

from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]


def compile_once() -> None:
    """Let routes with the same parts share their builders, from now on in this process."""
    compile_builder = Rule._compile_builder
    made: dict[Hashable, Builder] = {}

    def shared(self: Rule, append_unknown: bool = True) -> Builder:
        converters = tuple((name, type(each)) for name, each in self._converters.items())
        defaults = tuple(sorted((self.defaults or {}).items()))
        key = (self.rule, tuple(self._trace), converters, defaults, append_unknown)
        if key not in made:
            made[key] = compile_builder(self, append_unknown)
        return made[key]

    changed: Any = Rule
    changed._compile_builder = shared

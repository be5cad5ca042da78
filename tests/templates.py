"""Templates compiled once for all applications that the tests make."""

from types import CodeType
from typing import Any

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache


class _Compiled(BytecodeCache):
    """What templates were compiled to, by name and source."""

    def __init__(self) -> None:
        self.made: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.made.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self.made[bucket.key, bucket.checksum] = bucket.code


def compile_once() -> None:
    """Let applications share what their templates were compiled to, from now on in this process."""
    changed: Any = Flask
    changed.jinja_options = {**Flask.jinja_options, "bytecode_cache": _Compiled()}

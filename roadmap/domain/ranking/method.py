"""A ranking method: its name, its seed and every parameter that a draft prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

METHODS = ("equal-persons", "equal-groups", "support", "net-count", "common-ground", "wilson")
PROPORTIONAL = ("equal-persons", "equal-groups")
BANDED = (*PROPORTIONAL, "support")
PLAIN = ("net-count", "wilson")
"""Methods that follow from the counted votes of each item alone, none of them set aside."""


@dataclass(frozen=True)
class Method:
    """One of METHODS with its parameters. Raises ValueError outside their ranges."""

    name: str = "equal-persons"
    seed: int = 20260101
    target: str = "equal"
    n_c: float = 50
    kappa: float = 10
    kappa_g: float = 5
    k0_min: float = 2
    k0_max: float = 50
    div: float = 2
    min_votes_group: int = 7
    min_group: int = 10
    min_group_share: float = 0.05
    min_cell: int = 10
    min_eff: float = 30
    k: int = 10
    draws: int = 200
    conf: float = 0.9
    guard_z: float = 3
    guard_min_direct: int = 5
    guard_min_routed: int = 10
    n0: float = 10
    lambda_: float = 8
    gamma: float = 2
    eps: float = 0.1

    def __post_init__(self) -> None:
        if self.name not in METHODS:
            raise ValueError(f"there is no method {self.name!r}")
        if self.target != "equal":
            raise ValueError(f"there is no target {self.target!r}")
        if not 0 <= self.seed < 2**32:
            raise ValueError("seed must lie between 0 and 4294967295")
        if not 1 <= self.draws <= 10_000:
            raise ValueError("draws must lie between 1 and 10000")
        if not 0.5 < self.conf <= 1:
            raise ValueError("conf must lie above 0.5 and be at most 1")
        for name in ("n_c", "div", "min_eff", "k", "min_cell", "min_group", "min_votes_group"):
            if not getattr(self, name) >= 0:
                raise ValueError(f"{name} must not be negative")
        if not (self.kappa > 0 and self.kappa_g > 0 and 0 < self.k0_min <= self.k0_max):
            raise ValueError("kappa, kappa_g and k0_min must be above 0, k0_max at least k0_min")

    def parameters(self) -> dict[str, float | int | str]:
        """The parameters under the names that a draft prints."""
        return {
            field.name.rstrip("_"): getattr(self, field.name)
            for field in fields(self)
            if field.name not in ("name", "seed")
        }

    @classmethod
    def read(cls, name: str, seed: int, parameters: Mapping[str, object]) -> Method:
        """The method that a draft printed; parameters it does not name keep their defaults.

        Raises ValueError for a value of the wrong kind or outside its range.
        """
        values: dict[str, object] = {}
        for field in fields(cls):
            key = field.name.rstrip("_")
            if field.name in ("name", "seed") or key not in parameters:
                continue
            values[field.name] = _read(key, parameters[key], field.default)
        return cls(name=name, seed=seed, **values)  # type: ignore[arg-type]


def _read(name: str, value: object, default: object) -> object:
    if isinstance(default, str):
        if not isinstance(value, str):
            raise ValueError(f"{name} must be a text")
        return value
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e9:
        raise ValueError(f"{name} must be a number")
    whole = name in ("k", "draws", "min_votes_group", "min_group", "min_cell")
    if whole and value != int(value):
        raise ValueError(f"{name} must be a whole number")
    return int(value) if whole else value

"""Arrays kept as files beside the database, so that whoever needs them next maps them instead of reading anew.

A file is only ever a copy: whatever is wrong with it, the arrays are made again from the database.
"""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import structlog

Arrays = Mapping[str, npt.NDArray[Any]]

FOLDER = "arrays"
logger = structlog.get_logger(__name__)
_folder: list[Path] = []


def set_up(instance: Path) -> None:
    """Keep arrays in a folder of their own under `instance`."""
    _folder[:] = [instance / FOLDER]


def find(name: str, key: str, columns: tuple[str, ...]) -> Arrays | None:
    """The columns kept under this name and key, mapped, not to be written to; None where they are not there."""
    if not _folder:
        return None
    place = _folder[-1] / name / key
    try:
        return {column: np.asarray(np.load(place / f"{column}.npy", mmap_mode="r")) for column in columns}
    except (OSError, ValueError, EOFError):  # not there, removed meanwhile, or cut off
        return None


def keep(name: str, key: str, arrays: Arrays) -> None:
    """Keep the arrays under the key, in the place of all others of that name. Without room, nothing is kept."""
    if not _folder:
        return
    place = _folder[-1] / name
    try:
        place.mkdir(parents=True, exist_ok=True)
        older = list(place.iterdir())
        making = Path(tempfile.mkdtemp(prefix="making-", dir=place))
        for column, values in arrays.items():
            _write(making / f"{column}.npy", values)
        for path in older:
            shutil.rmtree(path, ignore_errors=True)
        making.rename(place / key)
    except OSError as error:
        logger.warning("arrays-not-kept", name=name, reason=str(error))


def _write(path: Path, values: npt.NDArray[Any]) -> None:
    with path.open("wb") as file:
        np.save(file, values, allow_pickle=False)
        file.flush()
        os.fsync(file.fileno())  # a name that outlives a power cut must not stand over nothing


def forget() -> None:
    """Remove everything that is kept, whatever its name."""
    if _folder:
        shutil.rmtree(_folder[-1], ignore_errors=True)

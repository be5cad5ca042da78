"""Names for the array types that the ranking passes around."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]

# The order of the choices on the axis of every array of counts.
AGREE, DISAGREE, PASS = 0, 1, 2


def printed(values: npt.ArrayLike) -> Floats:
    """Round to the four decimals that a draft prints (ranking rule 3.5), without a negative zero."""
    return np.asarray(np.round(np.asarray(values, dtype=np.float64), 4) + 0.0)

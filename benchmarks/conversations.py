"""Public deliberations to measure on, in the export form of Polis."""

import csv
import gzip
import io
from pathlib import Path

import numpy as np

from roadmap.domain.ranking import ORIGINS, STAKEHOLDERS, Snapshot

CONVERSATIONS = (
    "15-per-hour-seattle",
    "austria-climate.5twd2jsnkf.2022-08-08",
    "bg2050-volunteers",
    "brexit-consensus",
    "canadian-electoral-reform",
    "london.youth.policing",
    "scoop-hivemind.affordable-housing",
    "scoop-hivemind.biodiversity",
    "scoop-hivemind.freshwater",
    "scoop-hivemind.taxes",
    "scoop-hivemind.ubi",
)


def read_conversation(folder: Path, name: str) -> Snapshot:
    """All voters, items that were not rejected, the newest vote of each pair; `folder` holds one per name."""
    with (folder / name / "comments.csv").open(newline="", encoding="utf-8") as file:
        comments = csv.DictReader(file)
        numbers = sorted(int(row["comment-id"]) for row in comments if row["moderated"] != "-1")
    packed, plain = folder / name / "votes.csv.gz", folder / name / "votes.csv"
    raw = gzip.decompress(packed.read_bytes()) if packed.exists() else plain.read_bytes()
    newest: dict[tuple[int, int], tuple[int, int]] = {}
    for row in csv.DictReader(io.StringIO(raw.decode("utf-8"), newline="")):
        pair, time = (int(row["voter-id"]), int(row["comment-id"])), int(row["timestamp"])
        if pair not in newest or time >= newest[pair][0]:
            newest[pair] = (time, int(row["vote"]))
    place = {number: at for at, number in enumerate(numbers)}
    rows = [(voter, place[number], vote) for (voter, number), (_, vote) in newest.items() if number in place]
    voters, person = np.unique([row[0] for row in rows], return_inverse=True)
    return Snapshot(
        person=person.astype(np.int32),
        item=np.array([row[1] for row in rows], dtype=np.int32),
        choice=np.array([row[2] for row in rows], dtype=np.int8),
        origin=np.full(len(rows), ORIGINS.index("direct"), dtype=np.int8),
        number=np.array(numbers, dtype=np.int64),
        question=np.ones(len(numbers), dtype=np.int16),
        stakeholder=np.full(len(voters), STAKEHOLDERS.index("public"), dtype=np.int8),
    )

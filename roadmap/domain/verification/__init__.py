"""Does a printed draft hold? Rebuilt from its own table, without a database."""

from __future__ import annotations

from typing import Any

from roadmap.domain.canonical import fingerprint
from roadmap.domain.verification.ballots import check_ballots
from roadmap.domain.verification.figures import check_figures
from roadmap.domain.verification.finding import Finding
from roadmap.domain.verification.listing import check_order
from roadmap.domain.verification.reading import read
from roadmap.domain.verification.shape import ShapeError

__all__ = ["Finding", "verify"]


def verify(document: Any, *, expect: str | None = None, votes: bytes | None = None) -> list[Finding]:
    """Everything that does not hold in a draft, what names a spot first; an empty list if all holds.

    `document`: the parsed JSON file, whatever it holds. `expect`: the fingerprint that was made
    known elsewhere. `votes`: the bytes of the sealed ballot file. Raises nothing for a bad document.
    """
    findings: list[Finding] = []
    try:
        printed = read(document)
    except ShapeError as error:
        findings.append(Finding("shape", str(error)))
    else:
        findings += check_figures(printed)
        findings += check_order(printed)
    findings += _fingerprints(document, expect)
    if votes is not None and not any(finding.about == "shape" for finding in findings):
        findings += check_ballots(printed, votes)
    return findings


def _fingerprints(document: Any, expect: str | None) -> list[Finding]:
    if not isinstance(document, dict):
        return []
    try:
        right = fingerprint(document)
    except ValueError as error:
        return [Finding("fingerprint", str(error))]
    findings = []
    said = document.get("fingerprint")
    if said != right:
        findings.append(Finding("fingerprint", f"it is printed as {said}, the contents give {right}"))
    if expect is not None and expect.strip().lower().removeprefix("sha256:") != right.removeprefix("sha256:"):
        findings.append(Finding("expected", f"{expect} was expected, the contents give {right}"))
    return findings

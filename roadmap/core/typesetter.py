"""Sets one document, in a process of its own: reads a job from standard input, writes a PDF to standard output.

Run by its path, so that nothing of the platform is loaded. It sees the packaged fonts and the job, no other file
and no network; it is ended by whoever started it when it takes too long.
"""

import json
import sys
from datetime import datetime
from pathlib import Path

import fontpkg
import typst

FAMILIES = ("Noto Sans", "Noto Serif", "Amiri")
MOST_MEMORY = 2**31
"""In bytes of address space; what is mapped and never touched counts too."""


def main() -> int:
    """0: the PDF was written; 1: the document could not be set, the reason stands on standard error."""
    limit_memory()
    job = json.load(sys.stdin.buffer)
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(fontpkg.path(family).parent) for family in FAMILIES],
    )
    try:
        pdf = typst.compile(
            job["source"].encode(),
            font_paths=fonts,
            sys_inputs={"data": job["data"]},
            pdf_standards=job["standards"],
            timestamp=datetime.fromisoformat(job["timestamp"]).replace(microsecond=0),
            root=str(Path(__file__).parent),
        )
    except (typst.TypstError, RuntimeError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.buffer.write(pdf)
    return 0


def limit_memory() -> None:
    """Where the system can: no more than MOST_MEMORY."""
    try:
        import resource  # optional dependency: not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


if __name__ == "__main__":
    sys.exit(main())

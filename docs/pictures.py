"""Take the pictures of the README anew: a fresh demonstration, served, seen by Chromium.

Run by `make shots`. Needs Chromium (`apt install chromium`).
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).resolve().parent
TARGET = HERE / "pictures"
PORT = 8797
ADDRESS = f"http://127.0.0.1:{PORT}"
PICTURES = [
    ("home", "/en/", 1280, False),
    ("home-phone", "/fr/", 390, False),
    ("question-arabic", "/ar/2026/questions/4", 1280, False),
    ("draft", "/en/2026/roadmap/1", 1280, False),
    ("proposal-dark-phone", "/en/2026/proposals/1", 390, True),
]


def wait_until_served() -> None:
    """Return once the server answers; raises RuntimeError after half a minute."""
    for _ in range(150):
        try:
            with urllib.request.urlopen(f"{ADDRESS}/healthz", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("The server did not come up.")


def take(browser: Browser) -> None:
    """One PNG for each of PICTURES: the first screen, or two of them."""
    for name, path, width, dark in PICTURES:
        page = browser.new_page(
            viewport={"width": width, "height": 1000 if width > 600 else 844},
            color_scheme="dark" if dark else "light",
        )
        page.goto(ADDRESS + path)
        page.wait_for_load_state()
        page.screenshot(path=str(TARGET / f"{name}.png"))
        page.close()


def main() -> int:
    """Serve a demonstration from an empty folder and take the pictures."""
    chromium = shutil.which("chromium")
    roadmap = shutil.which("roadmap", path=str(Path(sys.executable).parent))
    if chromium is None or roadmap is None:
        print("Chromium and the installed roadmap command are needed.", file=sys.stderr)
        return 1
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "ROADMAP_INSTANCE": folder, "ROADMAP_BASE_URL": ADDRESS}
        subprocess.run([roadmap, "demo"], env=environment, check=True, stdout=subprocess.DEVNULL)
        server = subprocess.Popen([roadmap, "run", "--port", str(PORT)], env=environment)
        try:
            wait_until_served()
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
                take(browser)
                browser.close()
        finally:
            server.terminate()
            server.wait(timeout=30)
    return 0


if __name__ == "__main__":
    sys.exit(main())

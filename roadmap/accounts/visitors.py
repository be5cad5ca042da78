"""What a request tells about whoever sent it: where from, on what device, with which guest's key."""

from flask import Response, current_app, request

from roadmap.accounts import devices
from roadmap.accounts.second_factor import Vault
from roadmap.accounts.sign_ins import find_guest
from roadmap.domain import reading
from roadmap.domain.networks import line_of
from roadmap.root import Settings
from roadmap.web import cookies


def settings() -> Settings:
    """The running application's settings."""
    found = current_app.config["SETTINGS"]
    assert isinstance(found, Settings)
    return found


def client_address() -> str:
    """The line that the request came by; forwarded addresses count only from as many proxies as are configured."""
    proxies = settings().proxies
    said = ",".join(request.headers.getlist("X-Forwarded-For"))
    chain = [part.strip() for part in said.split(",") if part.strip()]
    if proxies and len(chain) >= proxies:
        return line_of(chain[-proxies][:100])
    return line_of(request.remote_addr or "")


def device() -> str:
    """The sender's device in words."""
    return devices.in_words(request.user_agent.string)


def guest_voter() -> int | None:
    """The voter behind this browser's guest key, whoever is signed in."""
    key = cookies.read(cookies.GUEST)
    return find_guest(key) if key else None


def languages_read_here() -> tuple[str, ...]:
    """The languages that were chosen in this browser without an account (domain.reading); empty for none."""
    return reading.from_text(cookies.read(cookies.READS))


def vault() -> Vault:
    """Opens the secrets of second factors."""
    return Vault(settings().secret_key)


def forget_guest(response: Response) -> None:
    """Let this browser drop its guest key: its votes belong to an account now."""
    cookies.drop(response, cookies.GUEST)

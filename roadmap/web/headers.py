"""Security headers, added once to every answer."""

from collections.abc import Callable, Iterable
from typing import Any

from roadmap.root import Settings

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "media-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


def security_headers(settings: Settings) -> list[tuple[str, str]]:
    """The headers that every answer carries."""
    headers = [
        ("Content-Security-Policy", POLICY),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("X-Frame-Options", "DENY"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"),
    ]
    if settings.secure:
        headers.append(("Strict-Transport-Security", "max-age=31536000; includeSubDomains"))
    return headers


def with_headers(
    application: Callable[..., Iterable[bytes]], settings: Settings
) -> Callable[..., Iterable[bytes]]:
    """Wrap a WSGI application so that each of its answers carries the headers."""
    added = security_headers(settings)
    ours = {name for name, _value in added}

    def wrapped(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], problem: Any = None) -> Any:
            kept = [header for header in headers if header[0] not in ours]
            return start_response(status, kept + added, problem)

        return application(environ, start)

    return wrapped

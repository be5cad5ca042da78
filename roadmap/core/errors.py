"""Refusals that a person can act on; doors turn them into pages or problem documents."""

from datetime import datetime


class DomainError(Exception):
    """Something could not be done; the message is a whole sentence for people, already translated."""

    status = 400

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.message = message


class Invalid(DomainError):
    """What was sent does not fit; `errors` holds a sentence per field."""

    status = 422

    def __init__(self, message: str = "", errors: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.errors = errors or {}


class Refused(DomainError):
    """This person may not do this."""

    status = 403


class NotFound(DomainError):
    """There is no such thing, or it is not for this person's eyes."""

    status = 404


class Conflict(DomainError):
    """The thing changed meanwhile, or was done already."""

    status = 409


class Closed(Conflict):
    """The phase does not allow it now; `closed_at` is when it ended, None where it has not begun."""

    def __init__(self, message: str = "", closed_at: datetime | None = None) -> None:
        super().__init__(message)
        self.closed_at = closed_at


class Gone(DomainError):
    """It was there and is no longer: a used or expired link."""

    status = 410


class TooMany(DomainError):
    """A limit was reached; `retry_after` is in seconds."""

    status = 429

    def __init__(self, message: str = "", retry_after: int = 3600) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Busy(DomainError):
    """The database could not be written in time."""

    status = 503

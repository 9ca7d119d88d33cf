"""One error tree; every error has a stable code and names the thing it is about.

::

    WritethruError
    ├── ConfigError            a setting or an option is wrong
    │   └── NotInstalled       it needs an extra that is not there
    ├── InputError             what was given cannot be read
    │   ├── UnreadableInput    missing, a directory, not permitted, too large
    │   ├── MalformedInput     readable, but not what it should be (line named)
    │   │   └── MalformedQuery a search query that cannot be understood (place marked)
    │   └── UnknownKind        nothing here knows this kind of file or page
    ├── NotInArchive           no such article, version, change or capture
    │   └── Withdrawn          there was one; it was withdrawn
    ├── NotAllowed             who asks may not do this
    │   └── NotSignedIn        nobody knows who asks
    ├── TooManyTries           too many failed tries to sign in; wait
    ├── Busy                   it is being done for somebody else; wait
    ├── StorageError           the database does not answer or refuses
    │   ├── DatabaseUnreachable
    │   ├── SchemaTooNew       made by a newer Writethru
    │   └── SchemaTooOld       must be migrated first
    ├── ReadingFailed          a page hangs or kills its reader
    ├── DeliveryFailed         a notification could not be sent
    ├── BulkFailed             a piece of a bulk job cannot be finished
    ├── EvidenceError          a WARC file is missing, damaged or not ours
    └── FetchError             a look that brought no usable response
        ├── RefusedAddress     not globally routable and not allowed
        ├── RobotsDisallowed
        ├── FetchTimeout
        ├── TooLarge
        └── BrokenResponse     protocol, TLS or encoding failure

Codes are used in the API, in ``--json`` errors and in metrics; they never change.
"""

from __future__ import annotations

from datetime import datetime
from math import ceil
from typing import ClassVar


class WritethruError(Exception):
    """Base of all errors.

    Args:
        message: what was wrong and what to do, for a person.
        key: the thing it is about: a path, a URL, a setting, an id.
    """

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, key: object = "") -> None:
        super().__init__(message)
        self.message = message
        self.key = str(key)

    def __str__(self) -> str:
        """``key: message: Cause: detail``, leaving out what is absent."""
        parts = [self.key, self.message] if self.key else [self.message]
        cause = self.__cause__
        if isinstance(cause, OSError) and cause.strerror:
            parts.append(cause.strerror)  # the file's name is the key; "[Errno 2]" helps nobody
        elif cause is not None:
            parts.append(f"{type(cause).__name__}: {cause}")
        return ": ".join(parts)

    def to_dict(self) -> dict[str, str]:
        """The one JSON shape of an error: code, key, message."""
        return {"code": self.code, "key": self.key, "message": self.message}


class ConfigError(WritethruError):
    """A setting or an option is wrong."""

    code = "config"
    exit_code = 2


class NotInstalled(ConfigError):
    """What is asked for needs an extra that is not installed; the message says which."""

    code = "not_installed"


class InputError(WritethruError):
    """What was given cannot be read."""

    code = "input"
    exit_code = 3


class UnreadableInput(InputError):
    """The file is missing, a directory, not permitted, or too large."""

    code = "input_unreadable"


class MalformedInput(InputError):
    """The input is readable, but not what it should be."""

    code = "input_malformed"

    def __init__(self, message: str, *, key: object = "", line: int | None = None) -> None:
        super().__init__(message, key=f"{key}:{line}" if line is not None else key)
        self.line = line


class MalformedQuery(MalformedInput):
    """A search query cannot be understood; the message marks the place.

    Args:
        query: as it was given.
        place: the characters that are wrong, from … up to.
    """

    code = "query_malformed"

    def __init__(self, message: str, query: str, place: tuple[int, int]) -> None:
        start, end = place
        marked = f"{query[max(0, start - 30) : start]}⟦{query[start : min(end, start + 40)]}⟧{query[end : end + 20]}"
        super().__init__(f"{message}, at character {start + 1}: {marked}", key="q")
        self.query = query
        self.place = place


class UnknownKind(InputError):
    """Nothing here knows this kind of file or page."""

    code = "input_unknown_kind"


class NotInArchive(WritethruError):
    """There is no such article, version, change or capture."""

    code = "not_in_archive"
    exit_code = 4


class Withdrawn(NotInArchive):
    """The article was withdrawn from the archive."""

    code = "withdrawn"


class NotAllowed(WritethruError):
    """Who asks may not do this."""

    code = "not_allowed"
    exit_code = 2


class NotSignedIn(NotAllowed):
    """Nobody is signed in, or the password or token is not right."""

    code = "not_signed_in"


class TooManyTries(WritethruError):
    """Too many failed tries to sign in: wait.

    Args:
        now: when it was tried.
        until: when the next try is looked at.
    """

    code = "too_many_tries"
    exit_code = 2

    def __init__(self, now: datetime, until: datetime) -> None:
        self.seconds = max(1, ceil((until - now).total_seconds()))
        super().__init__(f"too many failed tries; wait {self.seconds} s", key="sign in")


class Busy(WritethruError):
    """What takes long is being done for somebody else; it can be asked for again."""

    code = "busy"


class StorageError(WritethruError):
    """The database does not answer or refuses."""

    code = "storage"
    exit_code = 5


class DatabaseUnreachable(StorageError):
    """No database answers at this URL."""

    code = "database_unreachable"


class SchemaTooNew(StorageError):
    """The database was made by a newer Writethru."""

    code = "schema_too_new"


class SchemaTooOld(StorageError):
    """The database must be migrated first."""

    code = "schema_too_old"


class ReadingFailed(WritethruError):
    """A page took too long to read, or its reader died of it."""

    code = "reading_failed"


class DeliveryFailed(WritethruError):
    """A notification could not be sent."""

    code = "delivery_failed"
    exit_code = 7


class BulkFailed(WritethruError):
    """A piece of a bulk job cannot be finished."""

    code = "bulk"
    exit_code = 1


class EvidenceError(WritethruError):
    """A WARC file is missing, damaged or not ours."""

    code = "evidence"
    exit_code = 6


class FetchError(WritethruError):
    """A look that brought no usable response."""

    code = "fetch"
    exit_code = 7


class RefusedAddress(FetchError):
    """The address is not globally routable and the user did not allow it."""

    code = "refused_address"


class RobotsDisallowed(FetchError):
    """robots.txt forbids this URL to our user agent."""

    code = "robots_disallowed"


class FetchTimeout(FetchError):
    """Connecting, reading or the whole look took too long."""

    code = "timeout"


class TooLarge(FetchError):
    """Header, body or decompressed body is over its limit."""

    code = "too_large"


class BrokenResponse(FetchError):
    """The server's answer breaks the protocol, TLS or its own content coding."""

    code = "broken_response"

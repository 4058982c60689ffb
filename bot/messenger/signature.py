"""Who is knocking: pure checks of what Facebook signs. A refusal never says why."""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence


def is_signed(body: bytes, header: str | None, *, secrets: Sequence[str]) -> bool:
    r"""True when ``X-Hub-Signature-256`` fits the raw body under the current or the previous app secret.

    Facebook signs the bytes as it sent them (``\u00e9``, ``\/``), so they are hashed before any parsing and
    never written anew. An empty secret is no secret: anyone could sign with it.
    """
    told = (header or "").strip().encode("utf-8", "surrogatepass")
    fits = [
        hmac.compare_digest(b"sha256=" + _hmac_hex(secret, body), told)
        for secret in secrets
        if secret.strip()
    ]
    return any(fits)


def challenge_answer(query: Mapping[str, str], *, verify_token: str) -> str | None:
    """What the GET of Facebook's verification is answered with, as plain text; None is a 403."""
    told = query.get("hub.verify_token", "").encode("utf-8", "surrogatepass")
    expected = verify_token.encode("utf-8", "surrogatepass")
    fits = hmac.compare_digest(told, expected) and bool(verify_token.strip())
    return query.get("hub.challenge") if fits and query.get("hub.mode") == "subscribe" else None


def open_signed_request(signed_request: str, *, secret: str) -> dict[str, object] | None:
    """The content of a data-deletion or deauthorize callback, or None when the app secret did not sign it.

    Here the signature covers the *encoded* payload, and both parts are base64url without padding.
    """
    encoded_signature, dot, payload = signed_request.partition(".")
    signature, content = _from_base64url(encoded_signature), _from_base64url(payload)
    if not (dot and secret.strip() and signature and content):
        return None
    expected = hmac.new(secret.encode(), payload.encode("ascii"), hashlib.sha256).digest()
    return _object(content) if hmac.compare_digest(expected, signature) else None


def _hmac_hex(secret: str, body: bytes) -> bytes:
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest().encode()


def _from_base64url(text: str) -> bytes | None:
    try:
        return base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), b"-_", validate=True)
    except (ValueError, binascii.Error):
        return None


def _object(content: bytes) -> dict[str, object] | None:
    try:
        request = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return request if isinstance(request, dict) and request.get("algorithm") == "HMAC-SHA256" else None

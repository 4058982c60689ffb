"""The mayor's window: signs in once to the real desk by its one-time link, and fetches his list as it is."""

from dataclasses import dataclass, field
from http.cookies import SimpleCookie

import httpx


@dataclass(slots=True)
class DeskWindow:
    """A visitor of the real desk over HTTP, with the session cookie it was given."""

    client: httpx.AsyncClient
    desk_url: str
    invite_url: str = field(repr=False)
    cookie: str = field(default="", repr=False)

    async def list_of_cases(self) -> str | None:
        """HTML of the forwarded cases, or None when the desk cannot be seen (yet)."""
        if not self.desk_url:
            return None
        try:
            await self._sign_in()
            page = await self.client.get(self.desk_url.rstrip("/") + "/", headers=self._headers())
        except httpx.HTTPError:
            return None
        is_fragment = page.status_code == httpx.codes.OK and "<html" not in page.text[:500].lower()
        return page.text if is_fragment else None

    async def _sign_in(self) -> None:
        if self.cookie or not self.invite_url:
            return
        answer = await self.client.post(self.invite_url, headers=self._headers())
        # By hand: a cookie marked Secure would not go back over the demo's plain http.
        pairs = SimpleCookie()
        for header in answer.headers.get_list("set-cookie"):
            pairs.load(header)
        self.cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in pairs.items())

    def _headers(self) -> dict[str, str]:
        headers = {"HX-Request": "true", "Sec-Fetch-Site": "same-origin", "Accept": "text/html"}
        return headers | ({"Cookie": self.cookie} if self.cookie else {})

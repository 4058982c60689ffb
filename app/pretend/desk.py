"""The mayor's window: signs in to the real desk by a one-time link, and fetches his list as it is."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie

import httpx


@dataclass(slots=True)
class DeskWindow:
    """A visitor of the real desk over HTTP. ``way_in`` makes a one-time address, empty where there is none."""

    client: httpx.AsyncClient
    desk_url: str
    way_in: Callable[[], Awaitable[str]]
    cookie: str = field(default="", repr=False)

    async def list_of_cases(self) -> str | None:
        """HTML of the forwarded cases, or None when the desk cannot be seen (yet)."""
        if not self.desk_url:
            return None
        try:
            return await self._look(again=bool(self.cookie))
        except httpx.HTTPError:
            return None

    async def _look(self, *, again: bool) -> str | None:
        await self._sign_in()
        page = await self.client.get(self.desk_url.rstrip("/") + "/", headers=self._headers())
        if page.status_code == httpx.codes.UNAUTHORIZED and again:
            # The session ended, as one does when the clock is moved by weeks.
            self.cookie = ""
            return await self._look(again=False)
        is_fragment = page.status_code == httpx.codes.OK and "<html" not in page.text[:500].lower()
        return page.text if is_fragment else None

    async def _sign_in(self) -> None:
        if self.cookie:
            return
        address = await self.way_in()
        if not address:
            return
        answer = await self.client.post(httpx.URL(self.desk_url).join(address), headers=self._headers())
        # By hand: a cookie marked Secure would not go back over the demo's plain http.
        pairs = SimpleCookie()
        for header in answer.headers.get_list("set-cookie"):
            pairs.load(header)
        self.cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in pairs.items())

    def _headers(self) -> dict[str, str]:
        headers = {"HX-Request": "true", "Sec-Fetch-Site": "same-origin", "Accept": "text/html"}
        return headers | ({"Cookie": self.cookie} if self.cookie else {})

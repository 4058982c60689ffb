"""The mayor's window: signs in to the real desk by a one-time link, shows his list as it is, and acts there."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie

import httpx

AS_A_BROWSER = {"Sec-Fetch-Site": "same-origin", "Accept": "text/html"}


@dataclass(slots=True)
class DeskWindow:
    """A visitor of the real desk over HTTP. ``way_in`` makes a one-time address, empty where there is none."""

    client: httpx.AsyncClient
    desk_url: str
    way_in: Callable[[], Awaitable[str]]
    cookie: str = field(default="", repr=False)

    async def list_of_cases(self, look: str = "") -> str | None:
        """HTML of the forwarded cases, or None when the desk cannot be seen (yet); ``look`` is a query."""
        if not self.desk_url:
            return None
        try:
            return await self._look(look, again=bool(self.cookie))
        except httpx.HTTPError:
            return None

    async def act(self, path: str, content: bytes, content_type: str) -> int:
        """Send a form of the list, as the mayor's own browser would; the status that the desk answered."""
        await self._sign_in()
        headers = self._headers() | {"Content-Type": content_type}
        answer = await self.client.post(self.address(path), content=content, headers=headers)
        return answer.status_code

    async def enter(self, way_in: str) -> httpx.Response:
        """Use a one-time link up."""
        return await self.client.post(self.address(way_in), headers=AS_A_BROWSER)

    def address(self, path: str) -> httpx.URL:
        return httpx.URL(self.desk_url).join(path)

    async def _look(self, look: str, *, again: bool) -> str | None:
        await self._sign_in()
        asks = self._headers() | {"HX-Request": "true"}
        page = await self.client.get(self.address(f"/?{look}" if look else "/"), headers=asks)
        if page.status_code == httpx.codes.UNAUTHORIZED and again:
            # The session ended, as one does when the clock is moved by weeks.
            self.cookie = ""
            return await self._look(look, again=False)
        is_fragment = page.status_code == httpx.codes.OK and "<html" not in page.text[:500].lower()
        return page.text if is_fragment else None

    async def _sign_in(self) -> None:
        if self.cookie:
            return
        way_in = await self.way_in()
        if not way_in:
            return
        answer = await self.enter(way_in)
        # By hand: a cookie marked Secure would not go back over the demo's plain http.
        pairs = SimpleCookie()
        for header in answer.headers.get_list("set-cookie"):
            pairs.load(header)
        self.cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in pairs.items())

    def _headers(self) -> dict[str, str]:
        return AS_A_BROWSER | ({"Cookie": self.cookie} if self.cookie else {})

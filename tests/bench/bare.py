"""What our door is measured against: the same signature check and JSON, and nothing is kept."""

import json
import sys

import uvicorn
from fastapi import FastAPI, Request, Response

from bot.messenger.signature import is_signed
from tests.posts import SECRET


def create_bare() -> FastAPI:
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @app.post("/webhook/facebook")
    async def receive(request: Request) -> Response:
        body = await request.body()
        if not is_signed(body, request.headers.get("X-Hub-Signature-256"), secrets=(SECRET,)):
            return Response(status_code=401)
        json.loads(body)
        return Response(status_code=200)

    @app.get("/healthz")
    async def alive() -> Response:
        return Response(status_code=200)

    return app


if __name__ == "__main__":
    uvicorn.run(create_bare(), port=int(sys.argv[1]), log_config=None, access_log=False)

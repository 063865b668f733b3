"""How the web says no: one clear Chinese sentence and the right status, always as `{"error": "..."}`."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from care.texts import phrase

PATH_ERRORS = {404: "path", 405: "method"}


class Refusal(Exception):
    """A request that cannot be served."""

    def __init__(self, status: int, key: str, headers: dict[str, str] | None = None, **values: str) -> None:
        """
        Args:
            status: HTTP status.
            key: name of the sentence in care/texts/web.yaml, without `error_`.
            headers: sent along, such as Retry-After.
            values: for the placeholders of the sentence.
        """
        super().__init__(key)
        self.status = status
        self.key = key
        self.headers = headers
        self.values = values

    def response(self) -> JSONResponse:
        """The answer that the client gets."""
        body = {"error": phrase(f"web.error_{self.key}", **self.values)}
        return JSONResponse(body, status_code=self.status, headers=self.headers)


def install(app: FastAPI) -> None:
    """Makes an app answer refusals, unknown paths and wrong methods with a sentence."""

    @app.exception_handler(Refusal)
    async def _refused(_request: Request, refusal: Refusal) -> JSONResponse:
        return refusal.response()

    @app.exception_handler(HTTPException)
    async def _http(_request: Request, error: HTTPException) -> JSONResponse:
        key = PATH_ERRORS.get(error.status_code, "internal")
        return Refusal(error.status_code, key, dict(error.headers or {})).response()

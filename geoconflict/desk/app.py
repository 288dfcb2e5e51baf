"""What the desk answers a browser: pages, and data for the script on them."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from functools import cache, partial
from typing import Any

from markupsafe import Markup
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from geoconflict.desk.answers import FORMS, Answers, language_of
from geoconflict.desk.desk import Desk
from geoconflict.desk.rows import NAMES, ChangedElsewhereError
from geoconflict.errors import CasebookError, GeoconflictError, TextError
from geoconflict.look.assets import Assets
from geoconflict.look.labels import LANGUAGES, labels_of, text
from geoconflict.page.policy import content_security_policy, script_json

_ASSETS = Assets.beside(__file__)
_SCRIPTS = ("desk.js", "report.js", "rows.js")
_LARGEST = 20_000_000
# Sections of words for the codes that cells hold.
_CODES = ("kind.", "side.", "status.", "stance.", "target.")

Answer = Callable[[Mapping[str, Any]], Any]


def desk_app(desk: Desk) -> Starlette:
    """Return the application that serves one desk; it wants a guard before it."""
    answers = Answers(desk)
    posts: dict[str, Answer] = {
        "check": answers.check,
        "draft": answers.draft,
        "accept": answers.accept,
        "start": answers.start,
        "undo": answers.undo,
        "redo": answers.redo,
        "rows/{table}/cell": answers.cell,
        "rows/{table}/add": answers.add,
        "rows/{table}/delete": answers.delete,
    }
    gets = {"state": answers.state, "rows/{table}": answers.rows}
    return Starlette(
        routes=[
            Route("/", _home),
            Route("/accepted", _accepted),
            Route("/made/{page}", partial(_made, answers)),
            Route("/map", partial(_map, answers)),
            Route("/export/{form}", partial(_export, answers)),
            *(Route(f"/{path}", _answer(act)) for path, act in gets.items()),
            *(Route(f"/{path}", _answer(act), methods=["POST"]) for path, act in posts.items()),
        ]
    )


def _answer(act: Answer) -> Callable[[Request], Awaitable[Response]]:
    """Return an endpoint that answers with what an act gives, or with why it does not."""

    async def endpoint(request: Request) -> Response:
        try:
            sent = await _sent(request)
            return JSONResponse(await run_in_threadpool(act, sent))
        except ChangedElsewhereError as error:
            return JSONResponse({"error": str(error)}, 409)
        except CasebookError as error:
            return JSONResponse({"error": _told(error)}, 422)
        except GeoconflictError as error:
            return JSONResponse({"error": str(error)}, 422)

    return endpoint


async def _sent(request: Request) -> dict[str, Any]:
    """Return what a request sends and asks for, or raise why it cannot be read."""
    sent: dict[str, Any] = {}
    if request.method == "POST":
        whole = bytearray()
        async for part in request.stream():
            whole += part
            if len(whole) > _LARGEST:
                message = "more than 20 MB"
                raise TextError(message)
        try:
            sent = json.loads(whole)
        except (ValueError, RecursionError) as error:
            message = "what was sent is no JSON"
            raise TextError(message) from error
    if not isinstance(sent, dict):
        message = "what was sent is no JSON object"
        raise TextError(message)
    asked = request.path_params
    if asked.get("table", NAMES[0]) not in NAMES:
        message = f"there is no table {asked['table']}"
        raise GeoconflictError(message)
    return sent | asked | {"root": request.scope["root_path"]}


def _told(error: CasebookError) -> str:
    """Return faults as somebody reads them who sees the cell: what was found, what expected."""
    return "; ".join(
        f"{fault.column or fault.file}: {fault.found}, expected {fault.expected}"
        for fault in error.faults
    )


async def _home(request: Request) -> Response:
    language = language_of(request.query_params)
    script = _script()
    policy = content_security_policy([script])
    policy += "; connect-src 'self'; frame-src 'self'"
    page = _ASSETS.template("desk.html").render(
        language=language,
        languages={code: text("language.name", code) for code in LANGUAGES},
        own=_words(language),
        policy=policy,
        style=Markup(_ASSETS.style("desk.css")),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own files
        words=Markup(script_json(_words(language))),  # noqa: S704 - escaped for scripts
        forms=FORMS,
    )
    return HTMLResponse(page)


async def _accepted(request: Request) -> Response:
    """Give the page in the frame that the review leaves: the desk around it goes on."""
    own = _words(language_of(request.query_params))
    return HTMLResponse(_ASSETS.template("accepted.html").render(own=own))


async def _made(answers: Answers, request: Request) -> Response:
    page = answers.pages.kept.get(request.path_params["page"])
    return HTMLResponse(page or "", 200 if page else 404)


async def _map(answers: Answers, request: Request) -> Response:
    try:
        page = await run_in_threadpool(answers.map, language_of(request.query_params))
    except GeoconflictError as error:
        return HTMLResponse(_ASSETS.template("refused.html").render(why=str(error)), 422)
    return HTMLResponse(page)


async def _export(answers: Answers, request: Request) -> Response:
    form = request.path_params["form"]
    if form not in FORMS:
        return HTMLResponse(_ASSETS.template("refused.html").render(why=form), 404)
    try:
        language = language_of(request.query_params)
        content, name = await run_in_threadpool(answers.export, form, language)
    except GeoconflictError as error:
        return HTMLResponse(_ASSETS.template("refused.html").render(why=str(error)), 422)
    given = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="application/octet-stream", headers=given)


@cache
def _words(language: str) -> dict[str, str]:
    """Return the words of the desk: its own, and those of columns and codes that all share."""
    found = labels_of(language)
    shared = {"review.column.": "column.", **dict.fromkeys(_CODES, "word.")}
    return {
        key.replace(section, name, 1): word
        for section, name in (*shared.items(), ("desk.", ""))
        for key, word in found.items()
        if key.startswith(section)
    }


@cache
def _script() -> str:
    return "".join(map(_ASSETS.text, _SCRIPTS))

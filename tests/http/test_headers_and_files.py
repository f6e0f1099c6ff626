"""What every answer carries, and what the app's folder gives out."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from server.app import create_app
from server.db import Pool
from server.settings import Environment, Settings
from tests.clock import Clock
from tests.lifespan import running

PRIVATE = "not for anybody"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A built app, with things around it that are nobody's business."""
    folder = tmp_path / "pwa" / "dist"
    (folder / "assets").mkdir(parents=True)
    for name, text in {
        "index.html": "<!doctype html><title>Handsel</title>", "sw.js": "/* worker */", "manifest.webmanifest": "{}",
        "assets/app-4f3a9c.js": "export {}", ".hidden.txt": PRIVATE, "../secret.txt": PRIVATE,
        "../../outside.txt": PRIVATE, "folder.d/inside.txt": PRIVATE,
    }.items():  # fmt: skip
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    return folder


@pytest.fixture
async def client(
    settings: Settings, folder: Path, dsn: str, pool: Pool, clock: Clock
) -> AsyncIterator[httpx.AsyncClient]:
    changes = {"public_url": "https://handsel.test", "env": Environment.PRODUCTION, "pwa": folder}
    app = create_app(settings.model_copy(update=changes), dsn=dsn, clock=clock)
    async with (
        running(app) as manager,
        httpx.AsyncClient(transport=httpx.ASGITransport(app=manager.app), base_url="https://handsel.test") as client,
    ):
        yield client


#: Every kind of answer there is, with its status.
ANSWERS = {
    "GET /": 200, "GET /sw.js": 200, "GET /assets/app-4f3a9c.js": 200, "GET /assets/gone-000000.js": 404,
    "GET /B/ABC": 200, "GET /T/ABC": 200, "GET /events/demo/evening": 200, "POST /": 405, "GET /healthz": 200,
    "GET /readyz": 200, "GET /metrics": 200, "GET /graphql": 405, "POST /graphql": 415, "PUT /graphql": 405,
    "PUT /healthz": 405, "HEAD /": 200, "DELETE /assets/app-4f3a9c.js": 405,
}  # fmt: skip


async def test_every_kind_of_answer_has_the_security_headers(client: httpx.AsyncClient) -> None:
    for asked, status in ANSWERS.items():
        method, path = asked.split()
        response = await client.request(method, path)

        assert response.status_code == status, asked
        headers = response.headers
        assert headers["x-content-type-options"] == "nosniff", asked
        assert headers["referrer-policy"] == "no-referrer", asked
        assert headers["cross-origin-opener-policy"] == "same-origin", asked
        assert headers["strict-transport-security"] == "max-age=31536000", asked
        assert "camera=(self)" in headers["permissions-policy"], asked
        policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
        assert policy["default-src"] == "'self'", asked
        assert policy["script-src"] == "'self' 'wasm-unsafe-eval'", asked
        assert policy["style-src"] == "'self'", asked
        assert policy["frame-ancestors"] == "'none'", asked
        assert "server" not in headers, asked


async def test_a_bug_outside_graphql_has_them_too_and_tells_nothing(client: httpx.AsyncClient, folder: Path) -> None:
    from structlog.testing import capture_logs

    folder.joinpath("index.html").unlink()
    folder.joinpath("index.html").mkdir()  # what no built app has: the file's answer cannot be made

    with capture_logs() as logs:
        response = await client.get("/B/0123456789CANARY0123456789")

    assert response.status_code == 500
    assert response.headers["referrer-policy"] == "no-referrer"
    assert "content-security-policy" in response.headers
    [line] = logs
    assert response.text == f"Something went wrong on our side. If it happens again, tell us {line['reference']}.\n"
    assert "CANARY" not in str(logs)


async def test_answers_of_graphql_are_never_kept(client: httpx.AsyncClient) -> None:
    asked = [
        await client.post("/graphql", json={"documentId": "sha256:0"}), await client.post("/graphql", content=b"{"),
        await client.get("/graphql"), await client.post("/graphql", json={}, headers={"origin": "https://x.example"}),
        await client.post("/graphql", json={}, headers={"accept": "text/html"}),
    ]  # fmt: skip

    assert [each.status_code for each in asked] == [200, 415, 405, 403, 406]
    assert {each.headers["cache-control"] for each in asked} == {"no-store"}


async def test_only_what_never_changes_is_kept_for_ever(client: httpx.AsyncClient) -> None:
    kept = {path: (await client.get(path)).headers.get("cache-control") for path in (
        "/assets/app-4f3a9c.js", "/assets/gone-000000.js", "/", "/sw.js", "/manifest.webmanifest", "/B/ABC", "/healthz",
        "/readyz", "/metrics",
    )}  # fmt: skip

    assert kept == {
        "/assets/app-4f3a9c.js": "public, max-age=31536000, immutable", "/assets/gone-000000.js": None, "/": "no-cache",
        "/sw.js": "no-cache", "/manifest.webmanifest": "no-cache", "/B/ABC": "no-cache", "/healthz": "no-store",
        "/readyz": "no-store", "/metrics": "no-store",
    }  # fmt: skip


async def test_an_asset_that_has_not_changed_is_not_sent_again(client: httpx.AsyncClient) -> None:
    first = await client.get("/assets/app-4f3a9c.js")
    again = await client.get("/assets/app-4f3a9c.js", headers={"if-none-match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert "content-security-policy" in again.headers


async def test_no_path_leads_out_of_the_apps_folder(client: httpx.AsyncClient) -> None:
    paths = [
        "/../secret.txt", "/..%2fsecret.txt", "/%2e%2e/secret.txt", "/%2e%2e%2fsecret.txt", "/..%5csecret.txt",
        "/assets/../../secret.txt", "/assets/..%2f..%2fsecret.txt", "/assets/%2e%2e/%2e%2e/secret.txt",
        "/assets/..%2f..%2f..%2foutside.txt", "/assets/%2e%2e%2f.hidden.txt", "/assets//etc/passwd", "//etc/passwd",
        "/assets/%2fetc%2fpasswd", "/%2fetc%2fpasswd", "/.hidden.txt", "/%2ehidden.txt", "/folder.d",
        "/folder.d%2finside.txt",
        "/..", "/.", "/%00.txt", "/assets/%00", "/assets/a%00.js", "/a%0d%0ab.txt", "/" + "x" * 5000 + ".txt",
        "/assets/" + "x" * 5000, "/assets", "/assets/", "/%ff.txt", "/assets/%ff", "/C:.txt", "/~root.txt",
    ]  # fmt: skip
    for path in paths:
        raw = httpx.URL("https://handsel.test").copy_with(raw_path=path.encode())
        response = await client.get(raw)

        assert response.status_code in {200, 404}, path
        assert PRIVATE not in response.text, path
        assert "root:" not in response.text, path
        if response.status_code == 200:
            assert "<title>Handsel</title>" in response.text, path


async def test_before_it_is_built_the_app_says_so(settings: Settings, dsn: str, pool: Pool, tmp_path: Path) -> None:
    app = create_app(settings.model_copy(update={"pwa": tmp_path / "none"}), dsn=dsn)
    async with (
        running(app) as manager,
        httpx.AsyncClient(transport=httpx.ASGITransport(app=manager.app), base_url="http://handsel.test") as client,
    ):
        response = await client.get("/")
        assets = await client.get("/assets/app.js")

    assert response.status_code == 503
    assert response.text == "The app has not been built yet. Start Handsel with ./run.\n"
    assert assets.status_code == 404
    assert "strict-transport-security" not in response.headers

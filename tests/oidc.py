"""A tiny OpenID Connect provider on this machine, for tests of signing in through one."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest


class Provider(ThreadingHTTPServer):
    """Answers discovery, token and userinfo; ``claims`` says whom it has signed in."""

    claims: dict[str, Any]

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Answers(BaseHTTPRequestHandler):
    server: Provider

    def _say(self, value: dict[str, Any]) -> None:
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:  # the library's name
        if self.path.startswith("/.well-known/"):
            at = self.server.address
            self._say(
                {
                    "issuer": at,
                    "authorization_endpoint": f"{at}/authorize",
                    "token_endpoint": f"{at}/token",
                    "userinfo_endpoint": f"{at}/userinfo",
                    "jwks_uri": f"{at}/keys",
                }
            )
        else:
            self._say(self.server.claims)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._say({"access_token": "a", "token_type": "Bearer", "expires_in": 60})

    def log_message(self, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    """A provider that the product has been told of."""
    server = Provider(("127.0.0.1", 0), _Answers)
    server.claims = {}
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "office",
                    "name": "Northmoor sign-in",
                    "client_id": "answerable",
                    "secret": "s",
                    "settings": {"server_url": server.address},
                }
            ],
            "OAUTH_PKCE_ENABLED": True,
        }
    }
    yield server
    server.shutdown()
    server.server_close()

"""A real mail server on loopback, which keeps what it takes and can be told to misbehave."""

import socket
import threading
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Post:
    """What arrived, and what the server answers."""

    def __init__(self) -> None:
        self.arrived: list[EmailMessage] = []
        self.answer = "250 OK"
        self.hears = threading.Event()
        self.go_on = threading.Event()
        self.go_on.set()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep the message; answer when told to."""
        if self.answer.startswith("250"):
            content = envelope.content or b""
            raw = content if isinstance(content, bytes) else content.encode()
            self.arrived.append(message_from_bytes(raw, policy=policy.default))  # type: ignore[arg-type]
        self.hears.set()
        await server.loop.run_in_executor(None, self.go_on.wait, 30)
        return self.answer


@pytest.fixture
def post(settings: object) -> Iterator[Post]:
    """The server, to which the product's own settings lead."""
    handler = Post()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port  # type: ignore[attr-defined]
    yield handler
    handler.go_on.set()
    controller.stop()

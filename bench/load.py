"""A load of GET requests over kept-open connections, from one process, for a bounded time.

Raw sockets and a selector: on two cores the generator must cost as little as it can.
"""

import selectors
import socket
import time
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Measured:
    """What one load gave."""

    requests: int
    seconds: float
    failures: int
    latencies: list[float] = field(repr=False, default_factory=list)

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds

    def percentile(self, share: float) -> float:
        """Milliseconds within which ``share`` of the requests were answered."""
        ordered = sorted(self.latencies)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


class _Connection:
    def __init__(self, address: tuple[str, int], requests: list[bytes], offset: int) -> None:
        self.socket = socket.create_connection(address)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.requests, self.at = requests, offset
        self.send()

    def send(self) -> None:
        self.buffer, self.missing, self.began = b"", None, time.perf_counter()
        self.socket.sendall(self.requests[self.at % len(self.requests)])
        self.at += 1

    def read(self) -> tuple[bool, bool]:
        """(complete, ok) after what has arrived."""
        data = self.socket.recv(1 << 18)
        if not data:
            raise ConnectionError("the server closed a connection")
        if self.missing is None:
            self.buffer += data
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0:
                return False, False
            head = self.buffer[:end].lower()
            self.ok = head.split(b" ", 2)[1] == b"200"
            length = int(head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
            self.missing = length - (len(self.buffer) - end - 4)
        else:
            self.missing -= len(data)
        return self.missing <= 0, self.ok


def load(
    port: int, paths: list[str], *, seconds: float, connections: int = 4, cookie: str = ""
) -> Measured:
    """Ask for ``paths`` in turn on 127.0.0.1 for ``seconds``."""
    lines = [f"Host: 127.0.0.1:{port}", "Accept: text/html", "Connection: keep-alive"]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    tail = "\r\n".join(lines)
    requests = [f"GET {p} HTTP/1.1\r\n{tail}\r\n\r\n".encode() for p in paths]
    with selectors.DefaultSelector() as selector:
        for n in range(connections):
            c = _Connection(("127.0.0.1", port), requests, n)
            selector.register(c.socket, selectors.EVENT_READ, c)
        done = failures = 0
        latencies: list[float] = []
        began = time.perf_counter()
        while (now := time.perf_counter()) - began < seconds:
            for key, _ in selector.select(timeout=0.5):
                complete, ok = key.data.read()
                if complete:
                    done += 1
                    failures += not ok
                    latencies.append(time.perf_counter() - key.data.began)
                    key.data.send()
        for key in list(selector.get_map().values()):
            key.data.socket.close()
    return Measured(done, now - began, failures, latencies)

# SPDX-License-Identifier: GPL-3.0-or-later
# The same load by a client in Python that leaves the same behind: asyncio's own streams, no library of HTTP between; a chunk of
# the transfer is read, its events are parsed, and of each piece of text moment, channel and length are kept, with the text, the
# usage, the finish reason and the model of each request. Prints one line of JSON.
import asyncio
import json
import sys
import time
from dataclasses import dataclass, field


@dataclass
class Piece:
    at: int
    channel: str
    bytes: int


@dataclass
class Record:
    index: int
    sent: int = 0
    headers: int = 0
    ended: int = 0
    status: int = 0
    model: str = ""
    finish: str = ""
    usage: dict = field(default_factory=dict)
    pieces: list = field(default_factory=list)
    text: list = field(default_factory=list)


def take(record, now, event):
    record.model = event.get("model", record.model)
    if event.get("usage"):
        record.usage = event["usage"]
    for choice in event.get("choices", ()):
        record.finish = choice.get("finish_reason") or record.finish
        delta = choice.get("delta", {})
        for name, channel in (("content", "answer"), ("reasoning_content", "reasoning"), ("reasoning", "reasoning")):
            text = delta.get(name)
            if text:
                record.pieces.append(Piece(now, channel, len(text.encode())))
                record.text.append(text)


async def events(reader):
    """Moment and text of each event of a chunked body of server-sent events."""
    rest = b""
    while size := int(await reader.readline(), 16):
        rest += await reader.readexactly(size)
        now = time.monotonic_ns()
        await reader.readexactly(2)
        *lines, rest = rest.split(b"\n")
        for line in lines:
            if line.startswith(b"data: "):
                yield now, line[6:].strip()
    await reader.readline()


async def ask(host, port, record, delay, pieces):
    await asyncio.sleep(delay)
    body = json.dumps({"model": "mock-model", "stream": True, "max_tokens": pieces,
                       "messages": [{"role": "user", "content": "peer %d" % record.index}]}).encode()
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(b"POST /v1/chat/completions HTTP/1.1\r\nHost: mock\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                 % len(body) + body)
    record.sent = time.monotonic_ns()
    record.status = int((await reader.readline()).split()[1])
    record.headers = time.monotonic_ns()
    while (await reader.readline()).strip():
        pass
    async for now, data in events(reader):
        if data != b"[DONE]":
            take(record, now, json.loads(data))
    record.ended = time.monotonic_ns()
    writer.close()


async def main():
    host, port, streams, pieces, spread = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5])
    records = [Record(i) for i in range(streams)]
    began, spent = time.monotonic(), time.process_time()
    await asyncio.gather(*(ask(host, port, records[i], spread * i / streams, pieces) for i in range(streams)))
    print(json.dumps({"pieces": sum(len(one.pieces) for one in records), "characters": sum(len("".join(one.text)) for one in records),
                      "processor": time.process_time() - spent, "seconds": time.monotonic() - began}))


asyncio.run(main())

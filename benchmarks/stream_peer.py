# SPDX-License-Identifier: GPL-3.0-or-later
# The same load by a client in Python that leaves the same behind (peerrecord.py): asyncio's own streams, no library of HTTP
# between; a chunk of the transfer is read, its events are parsed.
import asyncio
import json
import time

from peerrecord import body, measure, take


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
    question = json.dumps(body(record, pieces)).encode()
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(b"POST /v1/chat/completions HTTP/1.1\r\nHost: mock\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                 % len(question) + question)
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


async def load(host, port, records, delays, pieces):
    await asyncio.gather(*(ask(host, port, record, delay, pieces) for record, delay in zip(records, delays)))


measure(load)

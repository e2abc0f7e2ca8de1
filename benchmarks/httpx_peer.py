# SPDX-License-Identifier: GPL-3.0-or-later
# The same load by the client that Python programs really use: httpx's AsyncClient, which OpenAI's own package stands on
# (Debian: python3-httpx). It leaves the same behind as stream_peer.py does.
import asyncio
import json
import time

from peerrecord import body, measure, take

try:
    import httpx
except ImportError:
    raise SystemExit("httpx is not installed (Debian: python3-httpx)")


async def ask(client, url, record, delay, pieces):
    await asyncio.sleep(delay)
    record.sent = time.monotonic_ns()
    async with client.stream("POST", url, json=body(record, pieces)) as response:
        record.status = response.status_code
        record.headers = time.monotonic_ns()
        async for line in response.aiter_lines():
            now = time.monotonic_ns()
            if line.startswith("data: "):
                data = line[6:].strip()
                if data != "[DONE]":
                    take(record, now, json.loads(data))
    record.ended = time.monotonic_ns()


async def load(host, port, records, delays, pieces):
    url = "http://%s:%d/v1/chat/completions" % (host, port)
    unlimited = httpx.Limits(max_connections=None)  # its own 100 would queue the streams
    async with httpx.AsyncClient(limits=unlimited, timeout=None, trust_env=False) as client:
        await asyncio.gather(*(ask(client, url, record, delay, pieces) for record, delay in zip(records, delays)))


measure(load)

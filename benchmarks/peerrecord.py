# SPDX-License-Identifier: GPL-3.0-or-later
# What the peers in Python leave behind of a load, whichever library reads it: of each piece of text moment, channel and length,
# with the text, the usage, the finish reason and the model of each request.
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


def body(record, pieces):
    return {"model": "mock-model", "stream": True, "max_tokens": pieces,
            "messages": [{"role": "user", "content": "peer %d" % record.index}]}


def measure(load):
    """Runs load(host, port, records, delays, pieces) for HOST PORT STREAMS PIECES SPREAD and prints one line of JSON."""
    host, port, streams, pieces, spread = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5])
    records = [Record(i) for i in range(streams)]
    began, spent = time.monotonic(), time.process_time()
    asyncio.run(load(host, port, records, [spread * i / streams for i in range(streams)], pieces))
    print(json.dumps({"pieces": sum(len(one.pieces) for one in records), "characters": sum(len("".join(one.text)) for one in records),
                      "processor": time.process_time() - spent, "seconds": time.monotonic() - began}))

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Renders chat templates with Debian's python3-jinja2 in the environment that transformers sets up for them.

Reads one JSON object a line, {"template", "variables", "now": [year, month, day, hour, minute, second]}, and answers each
with {"text"} or {"error"}. With --expected it writes expected.json, which the tests use where there is no Python.
"""
import datetime
import json
import pathlib
import sys

import jinja2
import jinja2.ext
from jinja2.sandbox import ImmutableSandboxedEnvironment

HERE = pathlib.Path(__file__).parent
NOW = [2024, 7, 26, 9, 5, 3]


class Generation(jinja2.ext.Extension):
    """{% generation %}: a block that is rendered as a caller's body."""

    tags = {"generation"}

    def parse(self, parser):
        line = next(parser.stream).lineno
        body = parser.parse_statements(["name:endgeneration"], drop_needle=True)
        return jinja2.nodes.CallBlock(self.call_method("_body"), [], [], body).set_lineno(line)

    def _body(self, caller):
        return caller()


def raise_exception(message):
    raise jinja2.exceptions.TemplateError(message)


def tojson(value, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
    return json.dumps(value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)


def environment(now):
    made = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, extensions=[Generation, jinja2.ext.loopcontrols])
    made.filters["tojson"] = tojson
    made.globals["raise_exception"] = raise_exception
    made.globals["strftime_now"] = lambda form: datetime.datetime(*now).strftime(form)
    return made


def answer(request):
    try:
        template = environment(request.get("now", NOW)).from_string(request["template"])
        return {"text": template.render(**request["variables"])}
    except (Exception, RecursionError) as error:  # whatever a template may raise is an answer
        return {"error": f"{type(error).__name__}: {error}"}


def expected():
    """What our own templates and snippets give."""
    snippets = json.loads((HERE / "snippets.json").read_text())
    dialogues = json.loads((HERE / "dialogues.json").read_text())
    out = {"snippets": [answer({"template": text, "variables": snippets["variables"]}).get("text") for text in snippets["snippets"]], "own": {}}
    for path in sorted((HERE / "own").glob("*.jinja")):
        text = path.read_text()
        out["own"][path.name] = {name: answer({"template": text, "variables": variables}).get("text") for name, variables in dialogues.items()}
    return out


if __name__ == "__main__":
    if "--expected" in sys.argv:
        (HERE / "expected.json").write_text(json.dumps(expected(), ensure_ascii=False, indent=1) + "\n")
    else:
        for line in sys.stdin:
            print(json.dumps(answer(json.loads(line)), ensure_ascii=True))

#!/usr/bin/env python3
"""Stands in for the Messages API on 127.0.0.1 and plays the model's part from a script.

usage: scripted-messages-api.py SCRIPT.json FOLDER

SCRIPT.json is a list of tool calls, {"tool": "Bash", "input": {"command": "..."}}; step N is answered once the
conversation holds N tool results, and a closing text follows the last. In the strings of an input, {{REGEX}} becomes
group 1 of the regex's last match in everything that the client has sent, so a script can use paths that only the client
knows. FOLDER receives `port` when the server listens, and for each tool result a file (`1`, `2`, ...) whose first line
is `ok` or `error` and whose rest is the result. It proves that skills are found, allowed and run; it says nothing of
what a real model would choose.
"""

import json
import os
import re
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def text_of(content):
    """All the text in a message's content, tool results included."""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return "\n".join(text_of(block) for block in content)
    if isinstance(content, dict):
        return "\n".join(text_of(content[key]) for key in ("text", "content") if key in content)
    return ""


def tool_results(messages):
    """The tool results of a conversation, in order, as (is_error, text)."""
    blocks = [block for message in messages if isinstance(message["content"], list) for block in message["content"]]
    return [
        (bool(block.get("is_error")), text_of(block.get("content")))
        for block in blocks
        if block.get("type") == "tool_result"
    ]


def filled_in(value, sent):
    """The value with every {{REGEX}} replaced from what the client has sent."""
    if isinstance(value, dict):
        return {key: filled_in(item, sent) for key, item in value.items()}
    if not isinstance(value, str):
        return value

    def found(match):
        matches = re.findall(match.group(1), sent)
        return matches[-1] if matches else "no-match"

    return re.sub(r"\{\{(.*?)\}\}", found, value)


class Model(BaseHTTPRequestHandler):
    """Answers each request with the next step of the script."""

    steps = []
    folder = ""

    def log_message(self, *arguments):
        pass

    def send_json(self, value):
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_HEAD(self):
        self.send_json({})

    def do_GET(self):
        self.send_json({"data": [], "has_more": False})

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers.get("content-length", 0))) or b"{}")
        if self.path.split("?")[0] != "/v1/messages":
            self.send_json({"input_tokens": 1})
            return
        content = self.next_step(request)
        message = {
            "id": "msg_1",
            "type": "message",
            "role": "assistant",
            "model": request.get("model", "scripted"),
            "content": content,
            "stop_reason": "tool_use" if content[0]["type"] == "tool_use" else "end_turn",
            "stop_sequence": None,
            "usage": {"input_tokens": 1, "output_tokens": 1},
        }
        if request.get("stream"):
            self.send_events(message)
        else:
            self.send_json(message)

    def next_step(self, request):
        """The content to answer with; requests without tools are the client's own side questions."""
        messages = request.get("messages", [])
        results = tool_results(messages)
        if request.get("tools"):
            for number, (is_error, text) in enumerate(results, start=1):
                with open(os.path.join(self.folder, str(number)), "w", encoding="utf-8") as file:
                    file.write(("error" if is_error else "ok") + "\n" + text + "\n")
        if not request.get("tools") or len(results) >= len(self.steps):
            return [{"type": "text", "text": "done"}]
        step = self.steps[len(results)]
        sent = "\n".join(text_of(message["content"]) for message in messages)
        return [
            {
                "type": "tool_use",
                "id": f"toolu_{len(results)}",
                "name": step["tool"],
                "input": filled_in(step["input"], sent),
            }
        ]

    def send_events(self, message):
        """The message as server-sent events, the way the API streams one."""
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        self.event("message_start", message={**message, "content": [], "stop_reason": None})
        for index, block in enumerate(message["content"]):
            if block["type"] == "text":
                empty, delta = {**block, "text": ""}, {"type": "text_delta", "text": block["text"]}
            else:
                empty = {**block, "input": {}}
                delta = {"type": "input_json_delta", "partial_json": json.dumps(block["input"])}
            self.event("content_block_start", index=index, content_block=empty)
            self.event("content_block_delta", index=index, delta=delta)
            self.event("content_block_stop", index=index)
        stop = {"stop_reason": message["stop_reason"], "stop_sequence": None}
        self.event("message_delta", delta=stop, usage={"output_tokens": 1})
        self.event("message_stop")
        self.close_connection = True

    def event(self, kind, **fields):
        self.wfile.write(f"event: {kind}\ndata: {json.dumps({'type': kind, **fields})}\n\n".encode())
        self.wfile.flush()


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as file:
        Model.steps = json.load(file)
    Model.folder = sys.argv[2]
    server = ThreadingHTTPServer(("127.0.0.1", 0), Model)
    port = os.path.join(Model.folder, "port")
    with open(port + ".new", "w", encoding="utf-8") as file:
        file.write(f"{server.server_address[1]}\n")
    os.rename(port + ".new", port)
    server.serve_forever()


main()

# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Models and predictions on the command line, and the service behind them."""

import http.server
import json
import os
import random
import sqlite3
import struct
import threading
import unittest
import zipfile

from harness import FINDINGS, FINE, REFUSED, USAGE, ProjectTest

WIDTHS = (512, 256, 64, 1)


def opcode_text(text):
    return b"X" + struct.pack("<I", len(text)) + text.encode()


def opcode_integer(number):
    return b"J" + struct.pack("<i", number)


def opcode_tensor(key, shape):
    strides = [1] * len(shape)
    for at in range(len(shape) - 2, -1, -1):
        strides[at] = strides[at + 1] * shape[at + 1]
    count = 1
    for size in shape:
        count *= size
    return (b"ctorch._utils\n_rebuild_tensor_v2\n((" + opcode_text("storage") + b"ctorch\nFloatStorage\n"
            + opcode_text(str(key)) + opcode_text("cpu") + opcode_integer(count) + b"tQ" + opcode_integer(0)
            + b"(" + b"".join(map(opcode_integer, shape)) + b"t(" + b"".join(map(opcode_integer, strides)) + b"t"
            + b"\x89ccollections\nOrderedDict\n)RtR")


def write_ranker(path, seed=1, numbers=(0, 3, 5)):
    """A file as torch.save writes it for the scripts' second and third ranker, without PyTorch."""
    choose = random.Random(seed)
    pickle, storages = b"\x80\x02ccollections\nOrderedDict\n)R(", []
    for number, inputs, outputs in zip(numbers, WIDTHS, WIDTHS[1:]):
        for name, shape in (("weight", (outputs, inputs)), ("bias", (outputs,))):
            pickle += opcode_text(f"net.{number}.{name}") + opcode_tensor(len(storages), shape)
            count = outputs * (inputs if name == "weight" else 1)
            storages.append(struct.pack(f"<{count}f", *(choose.uniform(-0.2, 0.2) for _ in range(count))))
    stem = os.path.basename(path)[:-3]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{stem}/data.pkl", pickle + b"u.")
        for key, storage in enumerate(storages):
            archive.writestr(f"{stem}/data/{key}", storage)
        archive.writestr(f"{stem}/version", "3\n")


class Service:
    """A provider on this machine. `answer` gives status, headers and body for what was asked."""

    def __init__(self, answer):
        service = self
        self.asked = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                service.asked.append((json.loads(body), dict(self.headers)))
                status, headers, text = answer(json.loads(body))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.place = f"127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def picks_first(_):
    return 200, {"Content-Type": "application/json"}, b'{"index": 0, "confidence": 0.9, "tokens": 400}'


class Models(ProjectTest):
    def setUp(self):
        super().setUp()
        self.files = os.path.join(self.ws.top, "files")
        os.makedirs(self.files)

    def ranker(self, name="ranker_v3_w10", seed=1):
        path = os.path.join(self.files, name + ".pt")
        write_ranker(path, seed)
        return path

    def use_ranker(self, name="ranker_v3_w10", seed=1):
        self.ws.must("models", "import", self.ranker(name, seed), "--embedder", "builtin-1")
        self.ws.must("models", "activate", name, "--project", "p1", "--force")

    def suggestions(self, model):
        with sqlite3.connect(f"file:{self.ws.database}?mode=ro", uri=True) as connection:
            return connection.execute("SELECT group_key, image_index, crop, confidence, reasons, scores FROM ps_suggestions "
                                      "WHERE model_id=? ORDER BY group_key", (model,)).fetchall()

    def predictions_path(self):
        return os.path.join(os.path.dirname(self.ws.database), "p1_ai_predictions_temp.db")

    def test_an_imported_model_is_listed_and_kept_by_the_gate(self):
        path = self.ranker()
        before = self.ws.must("models", "list", "--json").json()["models"]
        self.assertEqual(before, [])
        planned = self.ws.must("models", "import", path, "--dry-run", "--json").json()
        self.assertEqual(self.ws.must("models", "list", "--json").json()["models"], [])
        self.assertEqual((planned["id"], planned["task"], planned["is_proposed"]), ("ranker_v3_w10", "ranker", False))
        self.ws.must("models", "import", path)
        shown = self.ws.must("models", "show", "ranker_v3_w10", "--json").json()
        self.assertTrue(shown["is_unchanged"])
        self.assertEqual((shown["embedder"], shown["preprocessing"]["normalizes_output"] if "normalizes_output" in shown["preprocessing"] else False),
                         ("clip-vit-b-32-openai", False))
        self.assertEqual(self.ws.run("models", "activate", "ranker_v3_w10", "--project", "p1").code, REFUSED)
        self.assertEqual(self.ws.run("models", "activate", "nothing", "--project", "p1", "--force").code, USAGE)
        self.ws.must("models", "activate", "ranker_v3_w10", "--project", "p1", "--force", "--dry-run")
        self.assertEqual(self.ws.must("models", "show", "ranker_v3_w10", "--json").json()["active_in"], [])
        active = self.ws.must("models", "activate", "ranker_v3_w10", "--project", "p1", "--force", "--json").json()
        self.assertEqual(active, {"project": "p1", "ranker": "ranker_v3_w10", "crop": None})

    def test_what_is_no_model_is_refused(self):
        for name, content in (("ranker_v2.pt", b"\x80\x02cos\nsystem\n(X\x04\x00\x00\x00truetR."), ("ranker_v3.pt", b"no archive"), ("ranker_v1.txt", b"")):
            path = os.path.join(self.files, name)
            with open(path, "wb") as file:
                file.write(content)
            self.assertNotEqual(self.ws.run("models", "import", path).code, FINE)
        write_ranker(os.path.join(self.files, "ranker_v1.pt"))  # of other layers than its name says
        outcome = self.ws.run("models", "import", os.path.join(self.files, "ranker_v1.pt"))
        self.assertEqual(outcome.code, REFUSED)
        self.assertIn("expected net.0.weight [256, 512]", outcome.err)
        self.assertIn("net.5.weight [1, 64]", outcome.err)
        self.assertEqual(self.ws.must("models", "list", "--json").json()["models"], [])

    def test_going_back_gives_the_same_suggestions(self):
        self.use_ranker("ranker_v2", 2)
        first = self.ws.must("predict", "--project", "p1", "--json").json()
        self.assertEqual((first["predicted"], first["images_without_embedding"]), (first["groups"], 0))
        before = self.suggestions("ranker_v2")
        self.assertEqual(len(before), len(self.ws.keys()))
        self.use_ranker("ranker_v3_w10", 3)
        self.ws.must("predict", "--project", "p1")
        back = self.ws.must("models", "rollback", "ranker", "--project", "p1", "--json").json()
        self.assertEqual(back["ranker"], "ranker_v2")
        self.ws.must("predict", "--project", "p1", "--force")
        self.assertEqual(self.suggestions("ranker_v2"), before)
        self.assertNotEqual([row[3] for row in self.suggestions("ranker_v3_w10")], [row[3] for row in before])
        self.assertEqual(self.ws.must("predict", "--project", "p1", "--json").json()["known"], len(before))

    def test_a_model_that_was_swapped_is_noticed(self):
        self.use_ranker()
        write_ranker(os.path.join(self.ws.path, "data/ai_data/models/ranker_v3_w10.pt"), 99)
        outcome = self.ws.run("predict", "--project", "p1")
        self.assertEqual(outcome.code, REFUSED)
        self.assertIn("is not the one that was registered", outcome.err)
        self.assertEqual(self.suggestions("ranker_v3_w10"), [])
        self.assertFalse(self.ws.run("models", "show", "ranker_v3_w10", "--json").json()["is_unchanged"])

    def test_the_temporary_database_of_the_scripts(self):
        self.use_ranker()
        self.decide(self.ws.keys()[0], "approve", "--select", "0")
        row_id = self.ws.rows()[0]["group_id"] if isinstance(self.ws.rows()[0], dict) else self.ws.rows()[0][0]
        done = self.ws.must("predict", "--project", "p1", "--out", "temp", "--json").json()
        self.assertEqual(done["file"], self.predictions_path())
        with sqlite3.connect(self.predictions_path()) as connection:
            columns = [line[1] for line in connection.execute("PRAGMA table_info(ai_decisions)")]
            ids = [line[0] for line in connection.execute("SELECT group_id FROM ai_decisions")]
        self.assertEqual(columns, ["group_id", "project_id", "images", "ai_selected_index", "ai_crop_coords", "ai_confidence"])
        self.assertEqual(len(ids), len(self.ws.keys()))
        self.assertIn(row_id, ids)
        self.assertEqual(self.ws.run("predict", "--project", "p1", "--out", "temp").code, REFUSED)
        self.ws.must("predict", "--project", "p1", "--out", "temp", "--force")
        self.assertEqual(self.ws.run("predict", "--project", "p1", "--out", "elsewhere").code, USAGE)

    def test_without_a_model_it_says_so(self):
        outcome = self.ws.run("predict", "--project", "p1")
        self.assertEqual(outcome.code, REFUSED)
        self.assertIn("no model is active", outcome.err)
        self.assertEqual(self.ws.run("predict").code, USAGE)

    # ---- the service behind the models

    def hybrid(self, service, **more):
        provider = {"name": "acme", "url": f"http://{service.place}/pick", "allowed_hosts": [service.place],
                    "headers": {"Authorization": "env:ACME_TOKEN"}, "tokens_per_call": 500, "cost_per_1000_tokens": 0.5}
        provider.update(more.pop("provider", {}))
        path = os.path.join(self.files, "hybrid.json")
        with open(path, "w") as file:
            json.dump({"enabled": True, "confidence_threshold": 1.0, "provider": provider, **more}, file)
        return path

    def with_service(self, answer):
        service = Service(answer)
        self.addCleanup(service.close)
        self.ws.env["ACME_TOKEN"] = "Bearer canary-secret"
        self.use_ranker()
        return service

    def test_the_service_is_asked_where_the_model_is_not_sure(self):
        service = self.with_service(picks_first)
        config = self.hybrid(service)
        self.ws.must("predict", "--project", "p1", "--hybrid", config, "--dry-run")
        self.assertEqual(service.asked, [])  # a call would cost something
        done = self.ws.must("predict", "--project", "p1", "--hybrid", config, "--json").json()
        self.assertEqual(done["model"], "ranker_v3_w10@acme")
        self.assertEqual(len(service.asked), len(self.ws.keys()))
        body, headers = service.asked[0]
        self.assertEqual(headers["Authorization"], "Bearer canary-secret")
        self.assertEqual(body["project"], "p1")
        self.assertEqual([line[1] for line in self.suggestions("ranker_v3_w10@acme")], [0] * len(self.ws.keys()))
        self.decide(self.ws.keys()[0], "approve", "--select", "0")
        self.decide(self.ws.keys()[1], "approve", "--select", "1")
        arms = {arm["arm"]: arm for arm in self.ws.must("models", "hybrid", "report", "--json").json()["arms"]}
        self.assertEqual((arms["fallback"]["suggestions"], arms["fallback"]["accuracy"], arms["fallback"]["correction_rate"]),
                         (len(self.ws.keys()), 0.5, 0.5))
        self.assertEqual(arms["fallback"]["tokens"], 400 * len(self.ws.keys()))
        self.assertGreater(arms["fallback"]["p95_latency_ms"], 0)
        self.assertIn("fallback\t", self.ws.must("models", "hybrid", "report").out)
        for root, _, names in os.walk(self.ws.path):  # the secret is nowhere
            for name in names:
                with open(os.path.join(root, name), "rb") as file:
                    self.assertNotIn(b"canary-secret", file.read(), name)

    def test_answers_that_are_no_answers_leave_the_local_suggestion(self):
        answers = {
            "wrong": (200, {}, b'{"index": 7}'),
            "not json": (200, {}, b"<html>"),
            "huge": (200, {}, b'{"index": 0, "pad": "' + b"x" * 200_000 + b'"}'),
            "busy": (503, {}, b"body-canary"),
            "elsewhere": (302, {"Location": "http://169.254.169.254/latest/"}, b""),
        }
        chosen = []
        service = self.with_service(lambda _: chosen[-1])
        for name, answer in answers.items():
            with self.subTest(name):
                chosen.append(answer)
                outcome = self.ws.must("predict", "--project", "p1", "--hybrid", self.hybrid(service, daily_tokens=10_000_000), "--force")
                self.assertNotIn("body-canary", outcome.out + outcome.err)
                self.assertEqual(len(self.suggestions("ranker_v3_w10@acme")), len(self.ws.keys()))
        self.assertTrue(service.asked)
        arms = {arm["arm"]: arm for arm in self.ws.must("models", "hybrid", "report", "--json").json()["arms"]}
        self.assertEqual((arms["fallback"]["suggestions"], arms["fallback"]["failures"]), (0, len(answers) * len(self.ws.keys())))
        chosen.append(picks_first(None))  # the control
        self.ws.must("predict", "--project", "p1", "--hybrid", self.hybrid(service, daily_tokens=10_000_000), "--force")
        self.assertEqual([line[1] for line in self.suggestions("ranker_v3_w10@acme")], [0] * len(self.ws.keys()))

    def test_a_private_address_is_not_connected_to_unless_it_is_allowed(self):
        service = self.with_service(picks_first)
        for change in ({"allowed_hosts": []}, {"allowed_hosts": [], "url": f"https://{service.place}/"}, {"url": "file:///etc/passwd"}):
            self.ws.must("predict", "--project", "p1", "--hybrid", self.hybrid(service, provider=change), "--force")
        self.assertEqual(service.asked, [])
        arms = {arm["arm"]: arm for arm in self.ws.must("models", "hybrid", "report", "--json").json()["arms"]}
        self.assertEqual(arms["fallback"]["suggestions"], 0)

    def test_the_budget_of_the_day_pauses_calls(self):
        service = self.with_service(picks_first)
        outcome = self.ws.must("predict", "--project", "p1", "--hybrid", self.hybrid(service, daily_tokens=500))
        self.assertEqual(len(service.asked), 1)
        self.assertIn("token budget", outcome.err)
        with open(os.path.join(self.ws.path, "data/ai_data/hybrid/budget.json")) as file:
            self.assertEqual(json.load(file)["tokens"], 400)


if __name__ == "__main__":
    unittest.main()

# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""embed and its companions from outside: what the scripts would find, shards as separate processes, exit codes."""

import hashlib
import json
import os
import shutil
import struct
import subprocess
import tempfile
import unittest

from harness import CLI, FINDINGS, FINE, REFUSED, USAGE, environment, png, run


def read(path):
    with open(path, "rb") as file:
        return file.read()


def lines(path):
    return [json.loads(line) for line in read(path).decode("ascii").splitlines()]


def npy(path):
    """The floats of an .npy file as its format says, without our code."""
    content = read(path)
    assert content[:8] == b"\x93NUMPY\x01\x00", content[:8]
    length = struct.unpack("<H", content[8:10])[0]
    header = eval(content[10 : 10 + length].decode("latin1"))  # a literal, as numpy reads it
    assert header["descr"] == "<f4" and header["fortran_order"] is False, header
    data = content[10 + length :]
    assert (10 + length) % 64 == 0 and len(data) == 4 * header["shape"][0]
    return struct.unpack(f"<{header['shape'][0]}f", data)


class Embed(unittest.TestCase):
    def setUp(self):
        self.top = tempfile.mkdtemp(prefix="proofsheet-test-")
        self.addCleanup(shutil.rmtree, self.top)
        os.makedirs(os.path.join(self.top, "data", "projects"))  # a workspace
        self.images = os.path.join(self.top, "images")
        os.mkdir(self.images)
        self.cache = os.path.join(self.top, "data", "ai_data", "cache")
        self.vectors = os.path.join(self.top, "data", "ai_data", "embeddings")
        for number in range(12):
            self.write(f"{number}.png", png(90 + number, 80, number))

    def write(self, name, content):
        with open(os.path.join(self.images, name), "wb") as file:
            file.write(content)

    def embed(self, *more):
        return run("embed", *more, "--input", self.images, "--out", self.cache, "--json")

    def test_scripts_find_what_they_expect(self):
        outcome = self.embed()
        self.assertEqual(outcome.code, FINE, outcome)
        self.assertEqual(outcome.json()["computed"], 12)
        found = lines(os.path.join(self.cache, "processed_images.jsonl"))
        self.assertEqual(len(found), 12)
        for line in found:
            self.assertEqual(list(line), ["image_path", "embedding_file", "hash"])
            self.assertEqual(line["hash"], hashlib.sha256(line["image_path"].encode()).hexdigest()[:16])
            self.assertTrue(os.path.exists(os.path.join(self.top, line["image_path"])))
            values = npy(os.path.join(self.top, line["embedding_file"]))
            self.assertEqual(len(values), 512)
            self.assertTrue(all(value == value for value in values))

    def test_second_run_has_nothing_to_do(self):
        self.embed()
        before = {name: read(os.path.join(self.cache, name)) for name in os.listdir(self.cache)}
        again = self.embed().json()
        self.assertEqual((again["computed"], again["kept"]), (0, 12))
        self.assertEqual(before, {name: read(os.path.join(self.cache, name)) for name in os.listdir(self.cache)})

    def test_dry_run_writes_nothing(self):
        outcome = self.embed("--dry-run")
        self.assertEqual((outcome.code, outcome.json()["to_compute"]), (FINE, 12))
        self.assertFalse(os.path.exists(os.path.join(self.top, "data", "ai_data")))

    def test_bad_image_is_named_and_the_others_are_done(self):
        self.write("broken.jpg", b"no image")
        outcome = self.embed()
        self.assertEqual(outcome.code, FINDINGS, outcome)
        self.assertEqual((outcome.json()["computed"], outcome.json()["failed"]), (12, 1))
        self.assertEqual(outcome.json()["problems"][0]["path"], "images/broken.jpg")

    def test_shards_run_side_by_side_and_merge(self):
        jobs = [
            subprocess.Popen(
                [CLI, "embed", "--input", self.images, "--out", self.cache, "--shard", f"{i}/3", "--jobs", "1", "--json"],
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment(),
            )
            for i in range(3)
        ]
        done = [json.loads(job.communicate()[0])["computed"] for job in jobs]
        self.assertEqual(sum(done), 12)
        self.assertFalse(os.path.exists(os.path.join(self.cache, "processed_images.jsonl")))
        merged = run("embed", "merge", "--out", self.cache, "--json")
        self.assertEqual((merged.code, merged.json()["lines"]), (FINE, 24), merged)
        self.assertEqual(run("embed", "merge", "--out", self.cache, "--json").json()["lines"], 0)
        self.assertEqual(len(lines(os.path.join(self.cache, "processed_images.jsonl"))), 12)
        self.assertEqual(self.embed().json()["kept"], 12)

    def test_report_and_verify(self):
        self.embed()
        clean = run("embed", "report", "--input", self.images, "--out", self.cache, "--json")
        self.assertEqual((clean.code, clean.json()["coverage"]), (FINE, 1.0), clean)
        verified = run("embed", "verify", "--input", self.images, "--out", self.cache, "--sample", "5", "--json")
        self.assertEqual((verified.code, verified.json()["equal"]), (FINE, 5), verified)
        os.remove(os.path.join(self.images, "3.png"))
        self.write("new.png", png(50, 50, 77))
        dirty = run("embed", "report", "--input", self.images, "--out", self.cache, "--json")
        self.assertEqual(dirty.code, FINDINGS)
        self.assertEqual(dirty.json()["orphans"], {"count": 1, "first": ["images/3.png"]})
        self.assertEqual(dirty.json()["missing"], {"count": 1, "first": ["images/new.png"]})
        for name in os.listdir(self.vectors):  # somebody's tool
            path = os.path.join(self.vectors, name)
            content = bytearray(read(path))
            content[-4:] = struct.pack("<f", 99.0)
            with open(path, "wb") as file:
                file.write(content)
        wrong = run("embed", "verify", "--input", self.images, "--out", self.cache, "--sample", "5", "--json")
        self.assertEqual((wrong.code, wrong.json()["equal"]), (FINDINGS, 0), wrong)

    def test_import_of_a_script_cache(self):
        os.makedirs(self.cache)
        os.makedirs(self.vectors)
        self.embed()
        for name in os.listdir(self.cache):
            if name.startswith("proofsheet_"):
                os.remove(os.path.join(self.cache, name))  # what is left is what a script would leave
        outcome = run("embed", "import", "--workspace", self.top, "--json")
        self.assertEqual((outcome.code, outcome.json()["imported"]), (FINE, 12), outcome)
        self.assertEqual(run("embed", "import", "--workspace", self.top, "--json").json()["known"], 12)

    def test_usage(self):
        for arguments in (["embed"], ["embed", "--input", "x", "--project", "y"], ["embed", "--input", self.images, "--shard", "3/3"],
                          ["embed", "--input", self.images, "--batch", "0"], ["embed", "--input", self.images, "--engine", "opencv-dnn"],
                          ["embed", "verify", "--input", self.images, "--sample", "0"], ["embed", "report"]):
            self.assertEqual(run(*arguments, "--out", self.cache).code, USAGE, arguments)

    def test_pickle_is_refused(self):
        model = os.path.join(self.top, "model.onnx")
        with open(model, "wb") as file:
            file.write(b"\x80\x04\x95\x10\x00\x00\x00\x00\x00\x00\x00cposix\nsystem\n.")
        outcome = self.embed("--model", model)
        self.assertEqual(outcome.code, REFUSED, outcome)
        self.assertFalse(os.path.exists(os.path.join(self.top, "data", "ai_data")))


if __name__ == "__main__":
    unittest.main()

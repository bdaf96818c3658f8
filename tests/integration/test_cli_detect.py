# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Boxes of a detector on the command line: in files, and kept in a project."""

import os
import shutil
import struct
import tempfile
import unittest

from harness import DAMAGED, FINDINGS, FINE, REFUSED, USAGE, png, project, run

CLASSES, POSITIONS, SIDE = 2, 12, 64


def varint(value):
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def number(field, value):
    return varint(field << 3) + varint(value)


def block(field, data):
    data = data.encode() if isinstance(data, str) else data
    return varint(field << 3 | 2) + varint(len(data)) + data


def port(name, *sizes):
    shape = b"".join(block(1, number(1, size)) for size in sizes)
    return block(1, name) + block(2, block(1, number(1, 1) + block(2, shape)))


def tensor(name, dims, values, kind=1):
    packed = struct.pack(f"<{len(values)}{'f' if kind == 1 else 'q'}", *values)
    return b"".join(number(1, dim) for dim in dims) + number(2, kind) + block(8, name) + block(9, packed)


def node(operator, inputs, output, attributes=()):
    return b"".join(block(1, name) for name in inputs) + block(2, output) + block(4, operator) + b"".join(block(5, a) for a in attributes)


def detector(boxes):
    """A model that finds these boxes (centre x, centre y, width, height, probability of each class) in every picture."""
    channels = 4 + CLASSES
    values = [0.0] * (channels * POSITIONS)
    for position, box in enumerate(boxes):
        for channel, value in enumerate(box):
            values[channel * POSITIONS + position] = value
    count = len(values)
    kernel = block(1, "kernel_shape") + number(8, 1) + number(8, 1) + number(20, 7)
    graph = b"".join((
        block(1, node("GlobalAveragePool", ["images"], "mean")),
        block(1, node("Conv", ["mean", "nothing", "values"], "flat", [kernel])),
        block(1, node("Reshape", ["flat", "shape"], "output0")),
        block(2, "detector"),
        block(5, tensor("nothing", (count, 3, 1, 1), [0.0] * (count * 3))),
        block(5, tensor("values", (count,), values)),
        block(5, tensor("shape", (3,), (1, channels, POSITIONS), 7)),
        block(11, port("images", 1, 3, SIDE, SIDE)),
        block(12, port("output0", 1, channels, POSITIONS)),
    ))
    return number(1, 7) + block(7, graph) + block(8, number(2, 13))


# One box in the middle, one fainter; in the letterbox of a picture twice as wide as high.
MODEL = detector([(32, 32, 16, 16, 0.1, 0.9), (16, 32, 8, 8, 0.3, 0.0)])


class Detect(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="proofsheet-detect-")
        self.addCleanup(shutil.rmtree, self.folder)
        self.model = self.write("find.onnx", MODEL)
        self.names = self.write("classes.txt", b"cat\ndog\n")
        self.picture = self.write("wide.png", png(128, 64))

    def write(self, name, data):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as file:
            file.write(data)
        return path

    def detect(self, *words, code=FINE, model=None):
        outcome = run("detect", "--model", model or self.model, *words, "--json")
        self.assertEqual(outcome.code, code, outcome)
        return outcome.json() if outcome.out else outcome

    def test_boxes_are_fractions_of_the_picture(self):
        report = self.detect(self.picture, "--classes", self.names)
        self.assertRegex(report["model"], "^find@[0-9a-f]{12}$")
        self.assertIn(report["engine"], ("onnxruntime", "opencv-dnn"))
        (image,) = report["images"]
        self.assertEqual([box["class_name"] for box in image["boxes"]], ["dog", "cat"])
        strong = image["boxes"][0]
        self.assertAlmostEqual(strong["confidence"], 0.9, 5)
        self.assertEqual((strong["class"], strong["box"]), (1, [0.375, 0.25, 0.625, 0.75]))
        self.assertFalse(report["stored"])

    def test_text_is_one_line_for_each_box(self):
        outcome = run("detect", "--model", self.model, self.picture)
        self.assertEqual(outcome.code, FINE, outcome)
        self.assertEqual(outcome.lines()[0].split("\t"), [self.picture, "1", "0.900", "0.3750", "0.2500", "0.6250", "0.7500"])

    def test_the_bar_of_confidence_is_the_users(self):
        self.assertEqual(len(self.detect(self.picture, "--min-confidence", "0.5")["images"][0]["boxes"]), 1)
        for wrong in ("0", "1.5", "much", "-1"):
            self.detect(self.picture, "--min-confidence", wrong, code=USAGE)

    def test_a_picture_that_cannot_be_read_has_its_slot(self):
        broken = self.write("broken.png", b"\x89PNG\r\n\x1a\nnothing")
        report = self.detect(self.picture, broken, os.path.join(self.folder, "absent.png"), code=FINDINGS)
        self.assertEqual(len(report["images"][0]["boxes"]), 2)
        self.assertEqual([image.get("error") for image in report["images"]], [None, "Corrupt", "NotFound"])

    def test_models_that_are_none_are_refused(self):
        self.detect(self.picture, model=self.write("pickle.onnx", b"\x80\x04\x95abc"), code=REFUSED)
        self.detect(self.picture, model=self.write("half.onnx", MODEL[:200]), code=DAMAGED)
        three = self.write("three.txt", b"cat\ndog\ncow\n")
        report = self.detect(self.picture, "--classes", three, code=FINDINGS)
        self.assertEqual(report["images"][0]["error"], "InvalidInput")
        nonsense = self.write("nonsense.onnx", detector([(32, 32, 16, 16, 75, 0)]))
        report = self.detect(self.picture, model=nonsense, code=FINDINGS)
        self.assertEqual(report["images"][0]["error"], "Corrupt")

    def test_it_needs_a_model_and_pictures_or_a_project(self):
        self.assertEqual(run("detect", self.picture).code, USAGE)
        self.assertEqual(run("detect", "--model", self.model).code, USAGE)
        self.assertEqual(run("detect", "--model", self.model, "--project", "p1", self.picture).code, USAGE)

    def test_a_project_keeps_its_boxes(self):
        workspace = project(2)
        self.addCleanup(workspace.close)
        words = ("detect", "--model", self.model, "--classes", self.names, "--project", "p1")
        query = "SELECT group_key, image_index, class_name, confidence, model_id FROM ps_boxes ORDER BY 1, 2, ordinal"
        workspace.must(*words, "--dry-run")
        self.assertEqual(workspace.rows("SELECT name FROM sqlite_master WHERE name='ps_boxes'"), [])
        report = workspace.must(*words, "--json").json()
        self.assertTrue(report["stored"])
        found = workspace.rows(query)
        self.assertEqual(len(found), 2 * 2 * 2)
        self.assertEqual({row[0] for row in found}, set(workspace.keys()))
        self.assertEqual([row[1:3] for row in found[:4]], [(0, "dog"), (0, "cat"), (1, "dog"), (1, "cat")])
        self.assertEqual({row[4] for row in found}, {report["model"]})
        workspace.must(*words, "--min-confidence", "0.5")
        self.assertEqual(len(workspace.rows(query)), 4)
        self.assertEqual(workspace.rows("SELECT count(*) FROM ai_decisions"), [(0,)])


if __name__ == "__main__":
    unittest.main()

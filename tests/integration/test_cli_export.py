# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""export, verify-export, diff and releases list from outside."""

import hashlib
import json
import os
import unittest
import zipfile

from harness import DAMAGED, FINDINGS, FINE, REFUSED, USAGE, ProjectTest, execute


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def files_of(folder):
    return {os.path.relpath(os.path.join(top, name), folder): os.path.join(top, name)
            for top, _, names in os.walk(folder) for name in names}


class Export(ProjectTest):
    def setUp(self):
        super().setUp()
        first, second, third = self.ws.keys()
        self.decide(first, "approve", "--select", "1")
        self.decide(second, "crop", "--select", "0", "--crop", "0.25,0.25,0.75,0.75")
        self.decide(third, "reject")
        self.out = os.path.join(self.ws.top, "out")
        os.mkdir(self.out)

    def target(self, name):
        return os.path.join(self.out, name)

    def export(self, form, name, *more, code=FINE):
        return self.ws.must("export", "p1", "--format", form, "--to", self.target(name), "--json", *more, code=code)

    def manifest(self, name):
        with open(os.path.join(self.target(name), "release.json"), encoding="utf-8") as file:
            return json.load(file)

    def test_the_manifest_is_the_truth(self):
        for form in ("jsonl", "csv", "v3", "yolo", "coco", "voc", "cvat", "imagefolder", "webdataset", "yolo-cls",
                     "preferences", "crops"):
            with self.subTest(form):
                answer = self.export(form, form).json()
                manifest = self.manifest(form)
                self.assertEqual(manifest["schema"], "proofsheet release 1")
                self.assertEqual(manifest["name"], answer["name"])
                counts = manifest["counts"]
                self.assertEqual(counts["in_view"], counts["exported"] + sum(counts["excluded"].values()))
                self.assertEqual(counts["in_view"], 3)
                found = files_of(self.target(form))
                del found["release.json"]
                self.assertEqual({line["path"]: line["sha256"] for line in manifest["files"]},
                                 {path: sha256(full) for path, full in found.items()})
                with open(found["release_items.jsonl"], encoding="utf-8") as file:
                    items = [json.loads(line) for line in file]
                self.assertGreaterEqual(len(items), counts["exported"])
                self.assertEqual(self.ws.must("verify-export", self.target(form), "--json").json()["problems"], [])

    def test_a_zip_holds_the_same_files(self):
        for form in ("jsonl", "yolo"):
            self.export(form, form)
            self.export(form, form + ".zip")
            with zipfile.ZipFile(self.target(form + ".zip")) as archive:
                self.assertIsNone(archive.testzip())
                packed = {info.filename: hashlib.sha256(archive.read(info)).hexdigest() for info in archive.infolist()}
            self.assertEqual(packed, {path: sha256(full) for path, full in files_of(self.target(form)).items()})
            self.assertEqual(self.ws.must("verify-export", self.target(form + ".zip"), "--json").json()["problems"], [])

    def test_the_release_is_remembered_once(self):
        first = self.export("jsonl", "a").json()
        second = self.export("jsonl", "b").json()
        self.assertEqual(first["manifest_sha256"], second["manifest_sha256"])
        releases = self.ws.must("releases", "list", "p1", "--json").json()["releases"]
        self.assertEqual([(line["name"], line["exported"]) for line in releases], [(first["name"], 3)])
        self.assertIn("p1", first["name"])
        ledger = self.ws.rows("SELECT kind FROM ps_ledger ORDER BY seq DESC LIMIT 1")
        self.assertEqual(ledger, [("release",)])

    def test_a_flipped_bit_is_named(self):
        self.export("yolo", "r")
        path = next(full for name, full in files_of(self.target("r")).items() if name.endswith(".png"))
        with open(path, "r+b") as file:
            file.seek(40)
            byte = file.read(1)[0]
            file.seek(40)
            file.write(bytes([byte ^ 1]))
        outcome = self.ws.must("verify-export", self.target("r"), "--json", code=DAMAGED)
        self.assertEqual([line["path"] for line in outcome.json()["problems"]], [os.path.relpath(path, self.target("r"))])

    def test_a_leak_is_refused_with_its_chain(self):
        self.export("yolo-cls", "first", "--losers", "--split", "0.5,0.5")
        manifest = self.manifest("first")
        self.assertEqual(sum(manifest["counts"]["by_side"].values()), 3)
        group = self.ws.groups()[0]
        pictures = sorted(name for name in os.listdir(self.ws.images) if name.endswith(".png"))[:2]
        for picture, side in zip(pictures, ("train", "val")):
            execute(self.ws.database, ("UPDATE ps_release_sides SET side=? WHERE image_key=?",
                                       (side, sha256(os.path.join(self.ws.images, picture)))))
        outcome = self.ws.run("export", "p1", "--format", "yolo-cls", "--losers", "--split", "0.5,0.5", "--to",
                              self.target("second"))
        self.expect(outcome, REFUSED, pictures[0], "(train)", "(val)", "-[")
        self.assertFalse(os.path.exists(self.target("second")), group)
        self.assertEqual(sorted(os.listdir(self.out)), ["first"])

    def test_checks_gate_the_export(self):
        execute(self.ws.database, "UPDATE ai_decisions SET timestamp='' WHERE user_action='reject'")
        outcome = self.ws.run("export", "p1", "--format", "jsonl", "--to", self.target("r"))
        self.expect(outcome, REFUSED, "timestamp_missing")
        self.export("jsonl", "r", "--allow", "timestamp_missing")
        self.assertEqual(self.manifest("r")["checks"]["timestamp_missing"], {"count": 1, "rule": "allow"})
        preview = self.ws.must("export", "p1", "--format", "jsonl", "--dry-run", "--json", code=REFUSED).json()
        self.assertEqual(preview["exported"], 3)

    def test_two_releases_are_compared(self):
        self.export("jsonl", "a")
        self.decide(self.ws.keys()[1], "crop", "--select", "0", "--crop", "0.25,0.25,0.5,0.75")
        self.decide(self.ws.keys()[2], "approve", "--select", "0")
        self.export("jsonl", "b")
        page = self.target("diff.html")
        diff = self.ws.must("diff", self.target("a"), self.target("b"), "--out", page, "--json", code=FINDINGS).json()
        self.assertEqual(diff["counts"], {"added": 0, "moved": 0, "re-cropped": 1, "re-decided": 1, "removed": 0})
        self.assertEqual([line["iou"] for line in diff["changes"]], [0.5, None])
        with open(page, encoding="utf-8") as file:
            self.assertIn("re-cropped", file.read())
        self.ws.must("diff", self.target("a"), self.target("a"))

    def test_wrong_usage(self):
        for options in (["--format", "jsonl"], ["--format", "parquet", "--to", self.target("r")],
                        ["--format", "yolo-cls", "--crops", "boxes", "--to", self.target("r")],
                        ["--format", "csv", "--split", "0.5,0.5", "--to", self.target("r")],
                        ["--format", "jsonl", "--allow", "no_such_check", "--to", self.target("r")]):
            self.ws.must("export", "p1", *options, code=USAGE)
        self.assertEqual(os.listdir(self.out), [])


if __name__ == "__main__":
    unittest.main()

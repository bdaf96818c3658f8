# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Images that are none, names that are hostile, places that vanish: told by name, nothing outside touched, work goes on."""

import html.parser
import json
import os
import shutil
import unittest

from harness import (DEFECT, FINDINGS, FINE, REFUSED, STAGES, USAGE, ProjectTest, Workspace, black_png, census, image_name, png)

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/><script>alert(1)</script></svg>'
HTML = b"<!doctype html><html><body>404</body></html>"
SOUND = png(64, 48, 3)

# What is no image, by the name of what it is.
BROKEN = {
    "empty": b"",
    "one byte": b"\x89",
    "truncated": SOUND[:len(SOUND) // 2],
    "header only": SOUND[:33],
    "a page of HTML": HTML,
    "an SVG": SVG,
    "text": b"not an image\n" * 50,
    "PNG of 30000 x 30000": None,
    "bad checksum": SOUND[:40] + b"\0\0\0\0" + SOUND[44:],
    "size zero": SOUND[:16] + b"\0" * 8 + SOUND[24:],
}

# These have a whole header: the size can be read, and that is all that a decision needs.
WITH_SIZE = ("truncated", "header only", "bad checksum")


class BadImages(ProjectTest):
    group_count = 2

    def setUp(self):
        super().setUp()
        self.outside = os.path.join(self.ws.top, "outside")
        os.mkdir(self.outside)
        with open(os.path.join(self.outside, "secret.png"), "wb") as file:
            file.write(SOUND)

    def add_pair(self, number, data, suffix=".png"):
        """A group whose second image is the bad one. The name of that one."""
        self.ws.write(image_name(number, STAGES[0], 0), SOUND)
        name = image_name(number, STAGES[1], 1)[:-4] + suffix
        self.ws.write(name, data)
        return name

    def key_of(self, name):
        found = self.ws.must("groups", "p1").json()
        return next(group["key"] for group in found["groups"] + found["leftovers"] if name in group["images"])

    def goes_on(self):
        """The sound groups beside it are decided and finalized."""
        for key in (self.key_of(image_name(0, STAGES[0], 0)), self.key_of(image_name(1, STAGES[0], 0))):
            self.decide(key, "approve", "--select", "1")
        outcome = self.ws.run("finalize", "p1")
        self.assertIn(outcome.code, (FINE, FINDINGS), str(outcome))
        self.assertIn("__selected/" + image_name(0, STAGES[1], 1), self.ws.census())

    def test_what_is_no_image_blocks_only_its_own_decision(self):
        outside = census(self.outside)
        for number, (what, data) in enumerate(BROKEN.items(), 10):
            for suffix in (".png", ".jpg"):
                with self.subTest(what=what, suffix=suffix):
                    name = self.add_pair(number, black_png(30000, 30000) if data is None else data, suffix)
                    key = self.key_of(name)
                    outcome = self.ws.run("decide", "p1", key, "approve", "--select", "1")
                    if what in WITH_SIZE and outcome.code == FINE:
                        self.ws.must("undo", "p1")
                    else:
                        self.expect(outcome, REFUSED, name)
                    self.decide(key, "approve", "--select", "0")  # the sound one beside it can be kept
                    self.ws.must("undo", "p1")
                    os.remove(os.path.join(self.ws.images, name))
                    os.remove(os.path.join(self.ws.images, image_name(number, STAGES[0], 0)))
        self.assertEqual(self.ws.rows(), [])
        self.assertEqual(census(self.outside), outside)
        self.goes_on()

    def test_a_report_names_what_cannot_be_read(self):
        names = [self.add_pair(number, data) for number, (what, data) in enumerate(BROKEN.items(), 10) if data is not None and what not in WITH_SIZE]
        outcome = self.ws.run("inspect", "p1", "--measure", "--json")
        self.assertEqual(outcome.code, FINDINGS, str(outcome))
        evidence = [finding["evidence"] for finding in outcome.json()["findings"] if finding["check"] == "file_unreadable"]
        for name in names:
            self.assertTrue(any(name in text for text in evidence), name)
        self.assertEqual(len(evidence), len(names))

    def test_a_crop_of_a_broken_image_is_not_promised(self):
        name = self.add_pair(10, SOUND[:len(SOUND) // 2])
        outcome = self.ws.run("decide", "p1", self.key_of(name), "crop", "--select", "1", "--crop", "0.1,0.1,0.9,0.9")
        if outcome.code == FINE:  # its header was whole; finalize finds out, and leaves the group where it is
            before = census(self.ws.images)
            done = self.ws.run("finalize", "p1")
            self.assertEqual(done.code, FINDINGS, str(done))
            self.assertIn(name, done.err + done.out)
            self.same_tree(before, census(self.ws.images))
        else:
            self.expect(outcome, REFUSED, name)

    def test_a_rejected_image_need_not_be_readable(self):
        name = self.add_pair(10, HTML)
        self.assertIn(self.ws.run("decide", "p1", self.key_of(name), "reject").code, (FINE, REFUSED))

    def test_pipes_links_and_folders_with_image_names(self):
        images = self.ws.images
        os.mkfifo(os.path.join(images, "pipe.png"))
        os.symlink("/nowhere/at/all.png", os.path.join(images, "dangling.png"))
        os.symlink(os.path.join(self.outside, "secret.png"), os.path.join(images, "outward.png"))
        os.symlink(self.outside, os.path.join(images, "outward_folder"))
        os.symlink(images, os.path.join(images, "loop"))
        os.mkdir(os.path.join(images, "folder.png"))
        outside = census(self.outside)
        found = self.ws.must("scan", "p1", "--json").json()
        skipped = {entry["path"]: entry["reason"] for entry in found["skipped"]}
        self.assertEqual(skipped["photos/pipe.png"], "not a regular file")
        for name in ("dangling.png", "outward.png"):
            self.assertEqual(skipped["photos/" + name], "symbolic link")
        self.assertEqual(found["images"], 4)
        inspected = self.ws.run("inspect", "p1", "--json")
        self.assertEqual(inspected.code, FINE, str(inspected))
        self.goes_on()
        self.assertEqual(census(self.outside), outside)
        for name in ("pipe.png", "dangling.png", "outward.png", "folder.png"):
            self.assertTrue(os.path.lexists(os.path.join(images, name)), name)

    def test_an_image_that_becomes_a_link_after_the_decision(self):
        name = image_name(0, STAGES[1], 1)
        self.decide(self.key_of(name), "approve", "--select", "1")
        path = os.path.join(self.ws.images, name)
        os.remove(path)
        os.symlink(os.path.join(self.outside, "secret.png"), path)
        outside = census(self.outside)
        outcome = self.ws.run("finalize", "p1")
        self.assertEqual(outcome.code, FINDINGS, str(outcome))
        self.assertTrue(os.path.islink(path))
        self.assertEqual(census(self.outside), outside)

    def test_a_target_folder_that_is_a_link_outward(self):
        os.symlink(self.outside, os.path.join(self.ws.path, "__selected"))
        os.symlink(self.outside, os.path.join(self.ws.path, "__delete_staging"))
        self.decide(self.key_of(image_name(0, STAGES[1], 1)), "approve", "--select", "1")
        before, images = census(self.outside), census(self.ws.images)
        outcome = self.ws.run("finalize", "p1")
        self.assertNotIn(outcome.code, (FINE, DEFECT), str(outcome))
        self.assertEqual(census(self.outside), before)
        self.same_tree(images, census(self.ws.images))

    def test_a_sidecar_that_is_a_link_outward(self):
        secret = os.path.join(self.outside, "secret.decision")
        with open(secret, "w", encoding="utf-8") as file:
            json.dump({"group_id": "theirs"}, file)
        os.symlink(secret, os.path.join(self.ws.images, image_name(0, STAGES[1], 1)[:-4] + ".decision"))
        outside = census(self.outside)
        self.decide(self.key_of(image_name(0, STAGES[1], 1)), "crop", "--select", "1")
        outcome = self.ws.run("finalize", "p1")
        self.assertIn(outcome.code, (FINE, FINDINGS), str(outcome))
        self.assertEqual(census(self.outside), outside)

    def test_a_folder_that_vanishes(self):
        self.decide(self.key_of(image_name(0, STAGES[1], 1)), "approve", "--select", "1")
        stored = self.ws.rows()
        os.rename(self.ws.images, self.ws.images + "-gone")
        for words in (["groups", "p1"], ["scan", "p1"], ["finalize", "p1"], ["decide", "p1", "g_0", "reject"], ["inspect", "p1"]):
            self.expect(self.ws.run(*words), USAGE, "photos")
        self.assertEqual(self.ws.rows(), stored)
        self.ws.must("stats", "p1")  # the decisions can still be looked at
        self.ws.must("inspect", "--db", self.ws.database)
        os.rename(self.ws.images + "-gone", self.ws.images)
        self.goes_on()

    def test_a_folder_that_is_empty_now(self):
        self.decide(self.key_of(image_name(0, STAGES[1], 1)), "approve", "--select", "1")
        stored = self.ws.rows()
        shutil.rmtree(self.ws.images)
        os.mkdir(self.ws.images)
        self.assertEqual(self.ws.rows(), stored)
        inspected = self.ws.run("inspect", "p1", "--json")
        self.assertEqual(inspected.code, FINDINGS, str(inspected))
        self.assertIn("file_missing", [finding["check"] for finding in inspected.json()["findings"]])
        self.assertEqual(self.ws.run("finalize", "p1").code, FINDINGS)


# A name for each kind of trouble; b"%d" is the stage.
HOSTILE = (
    b"20250705_1500%02d_stage%d_line\nbreak.png",
    b"20250705_1501%02d_stage%d_'single' \"double\" `tick`.png",
    "20250705_1502%02d_stage%d_\U0001f600\u00e9.png".encode(),
    "20250705_1503%02d_stage%d_\u202egnp.exe.png".encode(),
    b"20250705_1504%02d_stage%d_\xff\xfe\x80.png",
    b"20250705_1505%02d_stage%d_$(touch x);&|<b>.png",
    b"20250705_1506%02d_stage%d_ space  .png",
    b"20250705_1507%02d_stage%d_back\\slash.png",
    b"20250705_1508%02d_stage%d_%%s%%n{}.png",
    b"20250705_1509%02d_stage%d_\t\x01\x7f.png",
)


class HostileNames(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.ws = Workspace()
        self.addCleanup(self.ws.close)
        self.pairs = []
        for number, pattern in enumerate(HOSTILE):
            pair = [pattern % (slot, slot + 1) for slot in (0, 1)]
            for slot, name in enumerate(pair):
                self.ws.write(name, png(48, 32, number * 10 + slot))
                self.ws.write(name[:-4] + b".yaml", b"of " + name)
            self.pairs.append(pair)
        for name in (b"=cmd|' /C calc'!A1.png", b"-rf.png", b"+1.png", b"@x.png", b" .png", "ä".encode("latin-1") + b".PNG"):
            self.ws.write(name, png(20, 10, len(name)))
        self.ws.create()

    def test_they_are_listed_decided_moved_and_brought_back(self):
        before = self.ws.census()
        found = self.ws.must("groups", "p1").json()
        self.assertEqual(len(found["groups"]), len(HOSTILE))
        self.assertEqual(len(found["leftovers"]), 6)
        for number, group in enumerate(found["groups"]):
            words = (["approve", "--select", "1"], ["crop", "--select", "1", "--crop", "0.25,0.25,0.75,0.75"], ["reject"], ["crop", "--select", "0"])[number % 4]
            self.ws.must("decide", "p1", group["key"], *words)
        for group in found["leftovers"]:
            self.ws.must("decide", "p1", group["key"], "approve")
        stored = self.ws.rows()
        self.assertEqual(len(stored), len(HOSTILE) + 6)
        inspected = self.ws.run("inspect", "p1", "--measure", "--json")
        severe = [finding for finding in inspected.json()["findings"] if finding["severity"] in ("warning", "error")]
        self.assertEqual(severe, [])
        done = self.ws.must("finalize", "p1", "--json").json()
        self.assertEqual((done["finalized"], done["failed"]), (len(HOSTILE) + 6, []))
        self.assertEqual([path for path, what in self.ws.census().items() if path.startswith("photos/") and what != "folder"], [])
        inspected = self.ws.run("inspect", "p1", "--json")
        severe = [finding for finding in inspected.json()["findings"] if finding["severity"] in ("warning", "error")]
        self.assertEqual(severe, [])
        self.ws.must("staging", "list", "p1", "--json")
        self.ws.must("undo", "p1")
        self.assertEqual([name for name in before if self.ws.census().get(name) != before[name]], [])
        self.assertEqual(set(self.ws.census()), set(before))
        self.assertEqual(self.ws.rows(), stored)
        self.ws.must("ledger", "verify", "p1")

    def test_no_name_breaks_a_line_or_a_page(self):
        name = self.pairs[0][1]
        os.remove(os.path.join(os.fsencode(self.ws.images), name))
        listed = self.ws.must("groups", "p1").json()
        for group in listed["groups"][1:]:
            self.ws.must("decide", "p1", group["key"], "approve", "--select", "1")
        for pair in self.pairs[1:]:
            os.remove(os.path.join(os.fsencode(self.ws.images), pair[1]))
        outcome = self.ws.run("inspect", "p1")
        self.assertEqual(outcome.code, FINDINGS, str(outcome))
        for control in ("\x01", "\x7f", "\u202e", "\x1b"):
            self.assertNotIn(control, outcome.out)
        page = os.path.join(self.ws.top, "page.html")
        self.ws.run("inspect", "p1", "--out", page)
        with open(page, encoding="utf-8") as file:
            text = file.read()
        self.assertNotIn("\u202e", text)
        tags = set()

        class Reader(html.parser.HTMLParser):
            def handle_starttag(self, tag, attributes):
                tags.add(tag)

        Reader().feed(text)
        self.assertEqual(tags, {"html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "br", "b", "span", "table", "caption", "thead", "tbody", "tr", "th", "td"})

    def test_columns_are_valid_text_for_the_scripts(self):
        for group in self.ws.must("groups", "p1").json()["groups"]:
            self.ws.must("decide", "p1", group["key"], "reject")
        for (text,) in self.ws.rows("SELECT images FROM ai_decisions"):
            names = json.loads(text)
            self.assertEqual(json.dumps(names), text)
            text.encode("ascii")
            for name in names:  # the very file, as Python names it
                self.assertTrue(os.path.exists(os.path.join(self.ws.images, name)), name)


if __name__ == "__main__":
    unittest.main()

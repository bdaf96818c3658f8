# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Single images on the command line: probe says what they are, render makes pictures of them."""

import json
import os
import shutil
import struct
import tempfile
import unittest
import zlib

from harness import DAMAGED, FINDINGS, FINE, REFUSED, USAGE, census, png, run

SOUND = png(64, 48, 3)


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def with_chunk(data, kind, content):
    """The chunk directly behind the header."""
    return data[:33] + chunk(kind, content) + data[33:]


EXIF_QUARTER_TURN = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"


class Images(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="proofsheet-images-")
        self.addCleanup(shutil.rmtree, self.folder)

    def write(self, name, data):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as file:
            file.write(data)
        return path

    def probe(self, *words):
        outcome = run("probe", *words, "--json")
        return outcome.code, json.loads(outcome.out)["images"]

    def test_probe_says_what_an_image_is(self):
        path = self.write("a.png", with_chunk(SOUND, b"eXIf", EXIF_QUARTER_TURN))
        code, (image,) = self.probe(path)
        self.assertEqual(code, FINE)
        self.assertEqual((image["format"], image["width"], image["height"]), ("PNG", 48, 64))
        self.assertEqual((image["orientation"], image["bits"], image["channels"]), (6, 8, 3))
        self.assertEqual(image["problems"], [])
        text = run("probe", path)
        self.assertIn("PNG, 48 x 64, 8 bit, ", text.out)
        self.assertIn(", orientation 6", text.out)

    def test_a_wrong_extension_is_a_problem_and_no_obstacle(self):
        code, (image,) = self.probe(self.write("a.jpg", SOUND))
        self.assertEqual((code, image["format"], image["problems"]), (FINDINGS, "PNG", ["wrong_extension"]))

    def test_an_animation_and_a_broken_profile_are_told(self):
        moving = with_chunk(SOUND, b"acTL", struct.pack(">II", 7, 0))
        code, (image,) = self.probe(self.write("moving.png", moving))
        self.assertEqual((code, image["problems"], image["frames"]), (FINDINGS, ["animated"], 7))
        broken = with_chunk(SOUND, b"iCCP", b"x\0\0" + zlib.compress(b"no profile"))
        code, (image,) = self.probe(self.write("broken.png", broken))
        self.assertEqual((code, image["problems"]), (FINDINGS, ["broken_profile"]))
        self.assertIn("broken profile ignored", image["conversions"])

    def test_damage_behind_the_header_needs_the_whole_image(self):
        path = self.write("half.png", SOUND[:len(SOUND) // 2])
        self.assertEqual(self.probe(path)[0], FINE)
        code, (image,) = self.probe(path, "--whole")
        self.assertEqual(code, DAMAGED)
        self.assertIn("damaged PNG", image["error"])

    def test_one_bad_file_of_many_does_not_hide_the_others(self):
        sound = self.write("a.png", SOUND)
        empty = self.write("b.png", b"")
        code, images = self.probe(sound, empty, sound)
        self.assertEqual(code, DAMAGED)
        self.assertEqual([image.get("format") for image in images], ["PNG", None, "PNG"])
        self.assertEqual(run("probe", os.path.join(self.folder, "missing.png")).code, USAGE)
        self.assertEqual(run("probe", self.write("page.png", b"<!doctype html><html></html>")).code, REFUSED)

    def test_a_pipe_does_not_hold_it_up(self):
        path = os.path.join(self.folder, "pipe.png")
        os.mkfifo(path)
        self.assertEqual(run("probe", path).code, REFUSED)

    def test_render_writes_every_format_in_the_size_asked_for(self):
        path = self.write("a.png", with_chunk(SOUND, b"eXIf", EXIF_QUARTER_TURN))
        for suffix, name in ((".png", "PNG"), (".jpg", "JPEG"), (".webp", "WebP"), (".tif", "TIFF"), (".bmp", "BMP")):
            with self.subTest(suffix=suffix):
                target = os.path.join(self.folder, "small" + suffix)
                self.assertEqual(run("render", path, "--size", "32", "--to", target).code, FINE)
                code, (image,) = self.probe(target, "--whole")
                self.assertEqual((code, image["format"], image["width"], image["height"]), (FINE, name, 24, 32))
                self.assertEqual(image["orientation"], 1)
        target = os.path.join(self.folder, "same.png")
        self.assertEqual(run("render", path, "--size", "5000", "--to", target).code, FINE)
        self.assertEqual(self.probe(target)[1][0]["height"], 64)

    def test_render_replaces_only_when_forced(self):
        path = self.write("a.png", SOUND)
        before = census(self.folder)
        self.assertEqual(run("render", path, "--size", "8", "--to", path).code, REFUSED)
        self.assertEqual(census(self.folder), before)
        self.assertEqual(run("render", path, "--size", "8", "--to", path, "--force").code, FINE)
        self.assertEqual(self.probe(path)[1][0]["width"], 8)

    def test_render_of_a_damaged_image_leaves_nothing(self):
        path = self.write("half.png", SOUND[:len(SOUND) // 2])
        before = census(self.folder)
        outcome = run("render", path, "--size", "8", "--to", os.path.join(self.folder, "new.png"))
        self.assertEqual(outcome.code, DAMAGED)
        self.assertEqual(census(self.folder), before)


if __name__ == "__main__":
    unittest.main()

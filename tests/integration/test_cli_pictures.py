# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""thumbnails and duplicates from outside."""

import os
import random
import shutil
import signal
import struct
import subprocess
import tempfile
import time
import unittest
import zlib

from harness import CLI, FINDINGS, FINE, USAGE, Workspace, census, environment, png, png_chunk, run


def write(folder, name, content):
    path = os.path.join(os.fsencode(folder), os.fsencode(name))
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(content)
    return path


def jpeg_size(path):
    """Width and height out of the frame header."""
    with open(path, "rb") as file:
        content = file.read()
    at = 2
    while content[at] == 0xFF:
        marker, length = content[at + 1], struct.unpack(">H", content[at + 2 : at + 4])[0]
        if marker in (0xC0, 0xC1, 0xC2):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + length
    raise AssertionError("no frame header")


class Thumbnails(unittest.TestCase):
    def setUp(self):
        self.top = tempfile.mkdtemp(prefix="proofsheet-test-")
        self.addCleanup(shutil.rmtree, self.top)
        self.source = os.path.join(self.top, "in")
        self.target = os.path.join(self.top, "out")
        os.mkdir(self.source)

    def thumbnails(self, *more):
        return run("thumbnails", self.source, "--to", self.target, "--json", *more)

    def test_every_image_of_the_tree_has_its_thumbnail(self):
        write(self.source, "a.png", png(700, 350, 1))
        write(self.source, "deep/er/b.png", png(40, 30, 2))
        write(self.source, b"deep/\xff name.png", png(64, 64, 3))
        write(self.source, "deep/notes.txt", b"no image")
        write(self.source, ".hidden/c.png", png(40, 30, 4))
        outcome = self.thumbnails()
        self.assertEqual(outcome.code, FINE, outcome)
        self.assertEqual(outcome.json(), {"made": 3, "kept": 0, "failed": 0, "problems": []})
        made = sorted(name for name, kind in census(self.target).items() if kind.startswith("file"))
        self.assertEqual(made, sorted(["a.png.jpg", "deep/er/b.png.jpg", os.fsdecode(b"deep/\xff name.png.jpg")]))
        self.assertEqual(jpeg_size(os.path.join(self.target, "a.png.jpg")), (512, 256))
        self.assertEqual(jpeg_size(os.path.join(self.target, "deep/er/b.png.jpg")), (40, 30))

    def test_size_is_one_of_two(self):
        write(self.source, "a.png", png(700, 350, 1))
        self.assertEqual(self.thumbnails("--size", "256").code, FINE)
        self.assertEqual(jpeg_size(os.path.join(self.target, "a.png.jpg")), (256, 128))
        for size in ("0", "300", "x", "-1"):
            self.assertEqual(self.thumbnails("--size", size).code, USAGE)
        self.assertEqual(run("thumbnails", self.source).code, USAGE)

    def test_second_run_makes_only_what_is_new(self):
        for number in range(4):
            write(self.source, f"{number}.png", png(50, 40, number))
        self.assertEqual(self.thumbnails().json()["made"], 4)
        write(self.source, "2.png", png(60, 40, 9))
        os.utime(os.path.join(self.source, "2.png"), ns=(1, 1_700_000_000_123_456_789))
        write(self.source, "new.png", png(50, 40, 5))
        os.truncate(os.path.join(self.target, "3.png.jpg"), 0)
        outcome = self.thumbnails().json()
        self.assertEqual((outcome["made"], outcome["kept"]), (3, 2))
        self.assertEqual(jpeg_size(os.path.join(self.target, "2.png.jpg")), (60, 40))

    def test_broken_images_are_told_and_the_others_are_made(self):
        write(self.source, "good.png", png(50, 40, 1))
        write(self.source, "cut.png", png(50, 40, 2)[:200])
        write(self.source, "text.jpg", b"this is a text")
        os.symlink("good.png", os.path.join(self.source, "link.png"))
        os.mkfifo(os.path.join(self.source, "pipe.png"))
        outcome = self.thumbnails()
        self.assertEqual(outcome.code, FINDINGS, outcome)
        report = outcome.json()
        self.assertEqual((report["made"], report["failed"]), (1, 2))
        self.assertEqual(sorted((problem["path"], problem["error"]) for problem in report["problems"]),
                         [("cut.png", "Corrupt"), ("text.jpg", "Unsupported")])
        for name in ("cut.png", "text.jpg"):
            self.assertIn(name, outcome.err)
        self.assertEqual(os.listdir(self.target), ["good.png.jpg"])

    def test_thumbnails_are_not_made_of_thumbnails(self):
        write(self.source, "a.png", png(50, 40, 1))
        self.target = os.path.join(self.source, "small")
        self.assertEqual(self.thumbnails().json()["made"], 1)
        self.assertEqual(self.thumbnails().json(), {"made": 0, "kept": 1, "failed": 0, "problems": []})

    def test_missing_folder_is_told(self):
        self.assertEqual(run("thumbnails", os.path.join(self.top, "absent"), "--to", self.target).code, USAGE)

    def test_interrupted_run_leaves_whole_files_and_goes_on_later(self):
        picture = png(400, 300, 1)
        for number in range(600):
            write(self.source, f"{number}.png", picture)
        process = subprocess.Popen([CLI, "thumbnails", self.source, "--to", self.target], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.PIPE, env=environment())
        while not os.path.isdir(self.target) or len(os.listdir(self.target)) < 10:
            self.assertIsNone(process.poll())
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, FINDINGS, err)
        names = os.listdir(self.target)
        self.assertLess(len(names), 600)
        for name in names:
            self.assertTrue(name.endswith(".png.jpg"), name)
            self.assertEqual(jpeg_size(os.path.join(self.target, name)), (400, 300))
        report = self.thumbnails().json()
        self.assertEqual((report["made"], report["kept"]), (600 - len(names), len(names)))


class Duplicates(unittest.TestCase):
    def setUp(self):
        self.workspace = Workspace()
        self.addCleanup(self.workspace.close)
        self.images = self.workspace.images

    def picture(self, name, seed, side=64):
        """Blocks whose order hangs on the seed, so that pictures of two seeds look nothing alike."""
        random.seed(seed)
        tones = [[random.randrange(256) for _ in range(8)] for _ in range(8)]
        rows = b"".join(b"\0" + bytes(tones[y * 8 // side][x * 8 // side] for x in range(side)) for y in range(side))
        header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
        content = (b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", zlib.compress(rows))
                   + png_chunk(b"IEND", b""))
        return write(self.images, name, content)

    def duplicates(self, *more):
        return self.workspace.run("duplicates", "p1", "--json", *more)

    def test_images_that_look_alike_and_copies_are_found(self):
        for number in range(6):
            self.picture(f"photo{number}.png", number)
        self.picture("again.png", 3, side=128)  # the same picture, larger
        shutil.copy(os.path.join(self.images, "photo5.png"), os.path.join(self.images, "copy.png"))
        write(self.images, "broken.png", b"\x89PNG\r\n\x1a\n nothing")
        self.workspace.create()
        outcome = self.duplicates()
        self.assertEqual(outcome.code, FINDINGS, outcome)
        report = outcome.json()
        found = sorted(sorted(os.path.basename(image["path"]) for image in cluster["images"]) for cluster in report["clusters"])
        self.assertEqual(found, [["again.png", "photo3.png"], ["copy.png", "photo5.png"]])
        for cluster in report["clusters"]:
            self.assertTrue(cluster["across_groups"])
            self.assertEqual(cluster["copies"], any("copy" in image["path"] for image in cluster["images"]))
            for image in cluster["images"]:
                self.assertLessEqual(image["distance"], report["bits"])
                self.assertRegex(image["sha256"], "^[0-9a-f]{64}$")
        self.assertEqual((report["images"], report["surveyed"], report["unreadable"]), (8, 8, 1))
        self.assertEqual([os.path.basename(problem["path"]) for problem in report["problems"]], ["broken.png"])

    def test_second_run_measures_only_what_changed(self):
        for number in range(4):
            self.picture(f"photo{number}.png", number)
        self.workspace.create()
        first = self.duplicates()
        self.assertEqual(first.code, FINE, first)
        self.assertEqual(first.json()["surveyed"], 4)
        self.assertEqual(self.duplicates().json()["surveyed"], 0)
        self.picture("photo2.png", 0, side=96)  # now it looks like photo0
        again = self.duplicates()
        self.assertEqual(again.json()["surveyed"], 1)
        self.assertEqual(again.code, FINDINGS, again)
        self.assertEqual(len(again.json()["clusters"]), 1)

    def test_plain_pictures_look_like_nothing(self):
        for name, tone in (("black.png", 0), ("white.png", 255)):
            rows = (b"\0" + bytes([tone]) * 64) * 64
            header = struct.pack(">IIBBBBB", 64, 64, 8, 0, 0, 0, 0)
            write(self.images, name, b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header)
                  + png_chunk(b"IDAT", zlib.compress(rows)) + png_chunk(b"IEND", b""))
        self.workspace.create()
        self.assertEqual(self.duplicates().code, FINE)
        shutil.copy(os.path.join(self.images, "black.png"), os.path.join(self.images, "night.png"))
        report = self.duplicates().json()
        self.assertEqual(len(report["clusters"]), 1)
        self.assertTrue(report["clusters"][0]["copies"])

    def test_bits_are_a_small_number(self):
        self.picture("photo.png", 1)
        self.workspace.create()
        for bits in ("17", "-1", "x", "1.5"):
            self.assertEqual(self.duplicates("--bits", bits).code, USAGE)
        self.assertEqual(self.duplicates("--bits", "0").code, FINE)


if __name__ == "__main__":
    unittest.main()

# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the programs share: small projects, the command line, and an outside look at files and rows."""

import hashlib
import json
import os
import shutil
import sqlite3
import struct
import subprocess
import tempfile
import unittest
import zlib

BIN = os.environ["PS_BIN_DIR"]
CLI = os.path.join(BIN, "proofsheet-cli")
PATIENCE = 300  # seconds; only a program that hangs takes as long

FINE, FINDINGS, USAGE, DAMAGED, LOCKED, REFUSED, DEFECT = 0, 1, 2, 3, 4, 5, 70


def png_chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, seed=0):
    """A small picture that is like no other of another seed."""
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        for x in range(width):
            rows += bytes(((x * 7 + seed * 31) & 255, (y * 13 + seed) & 255, (x * y + seed * 3) & 255))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", zlib.compress(bytes(rows))) + png_chunk(b"IEND", b"")


def black_png(width, height):
    """A picture of any size that is a small file: one bit for each pixel, all black."""
    packer = zlib.compressobj(9)
    line = b"\0" * (1 + (width + 7) // 8)
    block = line * max(1, min(height, 1 << 20) // 64)
    count, rest = divmod(len(line) * height, len(block))
    data = b"".join(packer.compress(block) for _ in range(count)) + packer.compress(block[:rest]) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", data) + png_chunk(b"IEND", b"")


class Outcome:
    """What one run of the command line gave."""

    def __init__(self, arguments, code, out, err):
        self.arguments = arguments
        self.code = code
        self.out = out.decode("utf-8", "surrogateescape")
        self.err = err.decode("utf-8", "surrogateescape")

    def __str__(self):
        return f"{self.arguments} gave {self.code}\nout: {self.out[-2000:]}\nerr: {self.err[-2000:]}"

    def json(self):
        return json.loads(self.out)

    def lines(self):
        return self.out.splitlines()


def environment(**more):
    result = dict(os.environ, USER="anna", LC_ALL="C.UTF-8")
    result.update(more)
    return result


def run(*arguments, cwd=None, stdin=b"", env=None):
    """Runs proofsheet-cli to its end; a program that crashes fails the test that ran it."""
    done = subprocess.run([CLI, *arguments], cwd=cwd, input=stdin, capture_output=True, timeout=PATIENCE, env=env or environment())
    outcome = Outcome(arguments, done.returncode, done.stdout, done.stderr)
    if done.returncode < 0:
        raise AssertionError(f"killed by signal {-done.returncode}: {outcome}")
    return outcome


def census(folder, leave_out=()):
    """Everything beneath a folder: relative path -> what it is. Never follows a link."""
    found = {}
    root = os.fsencode(folder)
    for place, folders, names in os.walk(root):
        folders.sort()
        for name in sorted(folders + names):
            path = os.path.join(place, name)
            relative = os.fsdecode(os.path.relpath(path, root))
            if any(relative == left or relative.startswith(left + "/") for left in leave_out):
                continue
            if os.path.islink(path):
                found[relative] = "link to " + os.fsdecode(os.readlink(path))
            elif os.path.isdir(path):
                found[relative] = "folder"
            elif os.path.isfile(path):
                with open(path, "rb") as file:
                    found[relative] = "file " + hashlib.sha256(file.read()).hexdigest()
            else:
                found[relative] = "other"
    return found


# What the program keeps for itself: everything else in a workspace belongs to people.
OWN = ("data/training", "data/backups", "data/projects", "data/daily_summaries")


def differences(before, after):
    names = sorted(set(before) | set(after))
    return [f"{name}: {before.get(name, 'absent')} -> {after.get(name, 'absent')}" for name in names if before.get(name) != after.get(name)]


def stamp(number):
    return f"20250705_{10 + number // 60:02d}{number % 60:02d}"


def image_name(number, stage, slot):
    return f"{stamp(number)}{slot:02d}_stage{stage}.png"


STAGES = ("1_generated", "2_upscaled", "3_enhanced")


class Workspace:
    """A workspace "ws" with the project "p1" in a folder of its own that goes away at the end."""

    def __init__(self, images="photos", stem=None):
        self.top = tempfile.mkdtemp(prefix="proofsheet-test-")
        self.path = os.path.join(self.top, stem or "ws")
        self.images = os.path.join(self.path, images)
        os.makedirs(self.images)
        # A catalogue of its own, so that no test finds what another one left behind.
        self.env = environment(XDG_CACHE_HOME=os.path.join(self.top, "cache"))
        self.database = os.path.join(self.path, "data/training/ai_training_decisions/p1.db")

    def close(self):
        shutil.rmtree(self.top, ignore_errors=True)

    def write(self, name, data):
        path = os.path.join(os.fsencode(self.images), os.fsencode(name))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)
        return path

    def add_group(self, number, stages=STAGES[:2], size=(48, 32), companions=True, folder=""):
        for slot, stage in enumerate(stages):
            name = os.path.join(folder, image_name(number, stage, slot))
            self.write(name, png(*size, seed=number * 10 + slot))
            if companions:
                self.write(name[:-4] + ".yaml", f"of {name}\n".encode())

    def create(self):
        return self.must("project", "create", "p1", "--images", self.images)

    def run(self, *arguments, **more):
        more.setdefault("env", self.env)
        return run("--workspace", self.path, *arguments, **more)

    def must(self, *arguments, code=FINE, **more):
        outcome = self.run(*arguments, **more)
        if outcome.code != code:
            raise AssertionError(f"{code} was expected: {outcome}")
        return outcome

    def groups(self):
        return self.must("groups", "p1").json()["groups"]

    def keys(self):
        return [group["key"] for group in self.groups()]

    def rows(self, query="SELECT * FROM ai_decisions ORDER BY group_id", database=None):
        return rows(database or self.database, query)

    def census(self):
        return census(self.path, OWN)

    def small_files(self):
        """Names beside the database that must not stay: journals and what was only meant for a moment."""
        folder = os.path.dirname(self.database)
        return [name for name in os.listdir(folder) if not name.endswith(".db")]


def project(groups=3, **options):
    workspace = Workspace(**options)
    for number in range(groups):
        workspace.add_group(number)
    workspace.create()
    return workspace


def rows(database, query, *values):
    """Asks as the scripts do: Python's sqlite3 with its default settings."""
    connection = sqlite3.connect(database)
    try:
        return connection.execute(query, values).fetchall()
    finally:
        connection.close()


def execute(database, *statements):
    connection = sqlite3.connect(database)
    try:
        with connection:
            for statement in statements:
                if isinstance(statement, str):
                    connection.execute(statement)
                else:
                    connection.execute(*statement)
    finally:
        connection.close()


class ProjectTest(unittest.TestCase):
    """Each test gets a new project with three groups of two, with companions."""

    group_count = 3
    maxDiff = None

    def setUp(self):
        self.ws = project(self.group_count)
        self.addCleanup(self.ws.close)

    def decide(self, key, action, *more):
        outcome = self.ws.must("decide", "p1", key, action, *more)
        self.assertRegex(outcome.out, r"^ack p1_group_\d{8}T\d{12}_batch\d{3}_img\d{3}\n$")
        return outcome.out.split()[1]

    def same_tree(self, before, after):
        self.assertEqual(differences(before, after), [])

    def expect(self, outcome, code, *texts):
        self.assertEqual(outcome.code, code, str(outcome))
        for text in texts:
            self.assertIn(text, outcome.err, str(outcome))

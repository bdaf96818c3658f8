# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Databases that are none, damaged, locked, read-only, newer, or full of anything: told by name, left alone, survived."""

import os
import random
import shutil
import sqlite3
import stat
import subprocess
import unittest

from harness import (BIN, DAMAGED, FINDINGS, FINE, LOCKED, REFUSED, USAGE, Outcome, ProjectTest, census, environment,
                     execute, rows)

VIEWING = (["groups", "p1"], ["scan", "p1"], ["stats", "p1"], ["history", "p1"], ["ledger", "verify", "p1"], ["inspect", "p1"],
           ["finalize", "p1", "--dry-run"])


class BadDatabase(ProjectTest):
    def setUp(self):
        super().setUp()
        self.keys = self.ws.keys()
        self.ids = [self.decide(key, "approve", "--select", "1") for key in self.keys[:2]]
        with open(self.ws.database, "rb") as file:
            self.sound = file.read()

    def replace(self, data):
        with open(self.ws.database, "wb") as file:
            file.write(data)

    def database(self):
        with open(self.ws.database, "rb") as file:
            return file.read()

    def images(self):
        return census(self.ws.images)

    def refuses(self, words, codes, *texts):
        """The command gives one of these codes, names the database, and changes neither it nor the images."""
        before, images = self.database(), self.images()
        outcome = self.ws.run(*words)
        self.assertIn(outcome.code, codes, str(outcome))
        for text in ("p1.db",) + texts:
            self.assertIn(text, outcome.err + outcome.out, str(outcome))
        self.assertEqual(self.database(), before, str(outcome))
        self.assertEqual(self.images(), images)
        return outcome

    def works_again(self):
        self.replace(self.sound)
        self.decide(self.keys[2], "reject")
        self.assertEqual(len(self.ws.rows()), 3)

    def test_a_file_that_is_no_database(self):
        for data in (b"This is no database, it is a letter to the editor.\n" * 40, b"<!doctype html>" + b" " * 3000, b"\0" * 8192):
            self.replace(data)
            for words in VIEWING + (["decide", "p1", self.keys[2], "reject"], ["validate", "--db", self.ws.database],
                                    ["inspect", "--db", self.ws.database], ["stats", "--db", self.ws.database]):
                with self.subTest(words=words, data=data[:8]):
                    self.refuses(words, (DAMAGED,))
        self.works_again()

    def test_an_empty_file(self):
        self.replace(b"")
        for words in (["groups", "p1"], ["stats", "p1"], ["inspect", "--db", self.ws.database]):
            self.refuses(words, (REFUSED, DAMAGED))
        self.works_again()

    def test_a_missing_file(self):
        os.remove(self.ws.database)
        for words in (["groups", "p1"], ["decide", "p1", self.keys[0], "reject"], ["stats", "p1"]):
            self.expect(self.ws.run(*words), USAGE, "p1.db")
        self.assertFalse(os.path.exists(self.ws.database))
        self.works_again()

    def test_a_truncated_file_at_any_length(self):
        lengths = [1, 15, 16, 99, 100, 512, 4095, 4096, 4097, len(self.sound) // 2, len(self.sound) - 4096, len(self.sound) - 1]
        for length in lengths:
            with self.subTest(length=length):
                self.replace(self.sound[:length])
                for words in (["inspect", "--db", self.ws.database], ["decide", "p1", self.keys[2], "reject"]):
                    self.refuses(words, (DAMAGED, REFUSED))
        self.works_again()

    def test_flipped_bits_anywhere(self):
        """Whatever is hit, no program dies, and what is damaged is said or does not show in the rows."""
        chance = random.Random(7)
        seen = set()
        for round_number in range(60):
            data = bytearray(self.sound)
            for _ in range(chance.randrange(1, 30)):
                at = chance.randrange(len(data)) if round_number % 3 else chance.randrange(512)
                data[at] ^= 1 << chance.randrange(8)
            self.replace(bytes(data))
            with self.subTest(round=round_number):
                inspected = self.ws.run("inspect", "--db", self.ws.database)
                self.assertIn(inspected.code, (FINE, FINDINGS, DAMAGED, REFUSED), str(inspected))
                seen.add(inspected.code)
                self.assertEqual(self.database(), bytes(data))
                listed = self.ws.run("groups", "p1")
                self.assertIn(listed.code, (FINE, FINDINGS, DAMAGED, REFUSED), str(listed))
        self.assertIn(DAMAGED, seen)
        self.works_again()

    def test_a_database_that_another_process_locks(self):
        before = census(self.ws.path)  # not later: whoever closes a file drops the locks that its process has on it
        holder = sqlite3.connect(self.ws.database, isolation_level=None)
        holder.execute("BEGIN EXCLUSIVE")
        for words in (["stats", "p1"], ["validate", "--db", self.ws.database], ["decide", "p1", self.keys[2], "reject"]):
            outcome = self.ws.run(*words)
            self.assertEqual(outcome.code, LOCKED, str(outcome))
            self.assertIn("p1.db", outcome.err)
        holder.execute("ROLLBACK")
        holder.close()
        self.same_tree(before, census(self.ws.path))
        self.decide(self.keys[2], "reject")

    def test_a_database_in_a_folder_that_cannot_be_written(self):
        if os.geteuid() == 0:
            # Root may write everywhere, so somebody else has to try.
            os.chmod(self.ws.top, 0o755)
            for folder, folders, names in os.walk(self.ws.path):
                for name in folders + names:
                    path = os.path.join(folder, name)
                    os.chmod(path, 0o755 if os.path.isdir(path) else 0o644)
            before = census(self.ws.path)
            cache = os.path.join(self.ws.top, "nobody")
            os.mkdir(cache)
            os.chown(cache, 65534, 65534)
            run = self.as_nobody
        else:
            for folder, _, names in os.walk(self.ws.path):
                for name in names:
                    os.chmod(os.path.join(folder, name), stat.S_IRUSR)
                os.chmod(folder, stat.S_IRUSR | stat.S_IXUSR)
            before, cache, run = census(self.ws.path), os.path.join(self.ws.top, "cache"), lambda words, _: self.ws.run(*words)
        outcome = run(["decide", "p1", self.keys[2], "reject"], cache)
        self.assertEqual(outcome.code, REFUSED, str(outcome))
        self.assertIn("p1", outcome.err)
        for words in (["stats", "p1"], ["groups", "p1"], ["validate", "--db", self.ws.database], ["inspect", "--db", self.ws.database]):
            self.assertEqual(run(words, cache).code, FINE, words)
        self.same_tree(before, census(self.ws.path))

    def as_nobody(self, words, cache):
        program = os.path.join(cache, "proofsheet-cli")  # a copy, because the build may lie where only its owner may look
        if not os.path.exists(program):
            for name in ("proofsheet-cli", "proofsheet-worker"):
                shutil.copy(os.path.join(BIN, name), os.path.join(cache, name))
        done = subprocess.run([program, "--workspace", self.ws.path, *words], user=65534, group=65534, extra_groups=[], capture_output=True,
                              env=environment(HOME=cache, XDG_CACHE_HOME=cache, XDG_RUNTIME_DIR=cache))
        return Outcome(words, done.returncode, done.stdout, done.stderr)

    def test_a_newer_database_is_viewed_and_not_changed(self):
        execute(self.ws.database, "UPDATE ps_meta SET value='999' WHERE key='schema_version'")
        before = self.database()
        self.refuses(["decide", "p1", self.keys[2], "reject"], (REFUSED,), "newer")
        self.assertEqual(self.database(), before)
        self.assertEqual(len(self.ws.groups()), 3)
        self.ws.must("stats", "p1")
        execute(self.ws.database, "UPDATE ps_meta SET value='soon' WHERE key='schema_version'")
        self.assertIn(self.ws.run("decide", "p1", self.keys[2], "reject").code, (DAMAGED, REFUSED))

    def test_a_journal_that_a_crash_left_is_rolled_back_by_work_only(self):
        holder = sqlite3.connect(self.ws.database, isolation_level=None)
        holder.execute("PRAGMA cache_size=1")
        holder.execute("BEGIN")
        holder.execute("UPDATE ai_decisions SET directory=hex(zeroblob(20000))")
        names = {name: os.path.join(os.path.dirname(self.ws.database), name) for name in os.listdir(os.path.dirname(self.ws.database))}
        torn = {}
        for name, path in names.items():
            with open(path, "rb") as file:
                torn[path] = file.read()
        holder.execute("ROLLBACK")
        holder.close()
        self.assertIn("p1.db-journal", names)
        for path, data in torn.items():
            with open(path, "wb") as file:
                file.write(data)
        viewed = self.ws.run("stats", "p1")
        self.assertIn(viewed.code, (FINE, LOCKED), str(viewed))
        with open(self.ws.database + "-journal", "rb") as file:
            self.assertEqual(file.read(), torn[self.ws.database + "-journal"])
        self.decide(self.keys[2], "reject")
        self.assertEqual(sorted(row[3] for row in self.ws.rows()), ["photos"] * 3)

    def test_anything_in_the_json_columns(self):
        """Every column takes anything that its type lets in; reading never fails, and the finding names the row."""
        values = ["", "null", "5", "[]", "{}", "[[[[[]]]]]", "[" * 5000, '["a", "b"', "NaN", '["\\ud800", "b"]', "\x00\x01", "é" * 1000,
                  '[1e999, 0, 1, 1]', '"' + "x" * 100000 + '"', '{"a": ' * 300 + "1" + "}" * 300, "[0.1, 0.2, 0.8, 0.9", b"\xff\xfe\x00", 7, 1.5]
        tables = rows(self.ws.database, "SELECT sql FROM sqlite_schema WHERE name='ai_decisions'")
        self.assertEqual(len(tables), 1)
        for column in ("images", "ai_crop_coords", "final_crop_coords", "directory", "timestamp", "crop_timestamp", "group_id"):
            for value in values:
                with self.subTest(column=column, value=str(value)[:20]):
                    self.replace(self.sound)
                    execute(self.ws.database, (f"UPDATE ai_decisions SET {column}=? WHERE group_id=?", (value, self.ids[0])))
                    before = self.database()
                    inspected = self.ws.run("inspect", "--db", self.ws.database, "--json")
                    self.assertIn(inspected.code, (FINE, FINDINGS), str(inspected))
                    self.assertEqual(inspected.json()["rows"], 2)
                    self.assertEqual(self.database(), before)
        self.replace(self.sound)
        execute(self.ws.database, *((f"UPDATE ai_decisions SET {column}=? WHERE group_id=?", ("[" * 5000, self.ids[0]))
                                    for column in ("images", "ai_crop_coords", "final_crop_coords")))
        for words in VIEWING + (["validate", "--db", self.ws.database],):
            outcome = self.ws.run(*words)
            self.assertIn(outcome.code, (FINE, FINDINGS), str(outcome))
        self.decide(self.keys[2], "reject")  # and the rest is worked on
        self.assertEqual(len(self.ws.rows()), 3)

    def test_a_manifest_with_anything_in_it(self):
        path = os.path.join(self.ws.path, "data/projects/p1.project.json")
        with open(path, "rb") as file:
            sound = file.read()
        for data in (b"", b"{", b"null", b"[]", b'{"paths": 5}', b'{"projectId": "p1", "paths": {"root": "../../../../../etc"}}', b"\xff\xfe", b"[" * 100000):
            with self.subTest(data=data[:30]):
                with open(path, "wb") as file:
                    file.write(data)
                outcome = self.ws.run("groups", "p1")
                self.assertIn(outcome.code, (USAGE, DAMAGED, REFUSED, FINE), str(outcome))
                listed = self.ws.run("project", "list")
                self.assertIn(listed.code, (FINE, USAGE, DAMAGED, REFUSED), str(listed))
                with open(path, "rb") as file:
                    self.assertEqual(file.read(), data)
        with open(path, "wb") as file:
            file.write(sound)
        self.works_again()


if __name__ == "__main__":
    unittest.main()

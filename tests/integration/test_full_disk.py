# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A disk that is full, or that fails, at any call: said by name, nothing acknowledged lost, and work goes on with room.

The faults come from a library in front of the C library's calls, so that no rights and no file systems are needed."""

import errno
import json
import os
import sys
import unittest

from harness import BIN, DEFECT, FINDINGS, FINE, REFUSED, ProjectTest, rows

LIBRARY = os.path.join(os.path.dirname(BIN), "tests", "ps_fault_points.so")
CREATE, WRITE, SYNC, REMOVE = 1, 2, 4, 8


class FullDisk(ProjectTest):
    group_count = 4

    def setUp(self):
        super().setUp()
        self.keys = self.ws.keys()
        self.log = os.path.join(self.ws.top, "faults.log")

    def with_fault(self, words, calls, at, error, sticky, stdin=b""):
        """Runs the command with a fault at the n-th call beneath the workspace. The outcome, and whether it was struck."""
        if os.path.exists(self.log):
            os.remove(self.log)
        env = dict(self.ws.env, LD_PRELOAD=LIBRARY, PS_FAULT=f"{calls} {at} {error} {int(sticky)} {self.ws.path}/", PS_FAULT_LOG=self.log)
        outcome = self.ws.run(*words, env=env, stdin=stdin)
        with open(self.log, encoding="utf-8") as file:
            lines = file.read().splitlines()
        self.assertTrue(lines[-1].endswith(" end"), lines)
        return outcome, len(lines) == 2

    def feed(self, round_number):
        lines = [{"group": key, "action": "crop", "select": 1, "crop": [round_number / 4096, number / 4096, 0.9375, 0.9375]}
                 for number, key in enumerate(self.keys)]
        return "".join(json.dumps(line) + "\n" for line in lines).encode()

    def sweep(self, calls, error, sticky, step):
        """Feeds decisions with a fault at call 1, 1 + step ... until none is left to strike. How often lines were refused."""
        struck = refused = 0
        for round_number in range(1, 1000):
            at = 1 + (round_number - 1) * step
            outcome, was_struck = self.with_fault(["decide", "p1", "--from", "-"], calls, at, error, sticky, self.feed(round_number))
            if not was_struck:
                self.assertEqual(outcome.code, FINE, str(outcome))
                return struck, refused
            struck += 1
            note = f"call {at}: {outcome}"
            self.assertNotEqual(outcome.code, DEFECT, note)
            acks = [line.split() for line in outcome.lines() if line.startswith("ack ")]
            naks = [line for line in outcome.lines() if line.startswith("nak ")]
            stored = dict(self.ws.rows("SELECT group_id, final_crop_coords FROM ai_decisions"))
            for _, group_id, number in acks:
                self.assertEqual(json.loads(stored[group_id])[:2], [round_number / 4096, (int(number) - 1) / 4096], note)
            if len(acks) < len(self.keys):
                self.assertNotEqual(outcome.code, FINE, note)
                told = outcome.err + "\n".join(naks)
                self.assertRegex(told, "disk is full|disk reported a failure|No space|I/O error", note)
                refused += 1
            self.assertEqual(self.ws.rows("PRAGMA integrity_check"), [("ok",)], note)
        self.fail("no end")

    def sound_afterwards(self):
        self.ws.must("decide", "p1", "--from", "-", stdin=self.feed(2048))
        self.assertTrue(self.ws.must("ledger", "verify", "p1", "--json").json()["sound"])
        self.ws.must("inspect", "p1")
        self.assertEqual(self.ws.small_files(), [])

    def test_a_disk_that_is_full_from_any_write_on(self):
        struck, refused = self.sweep(CREATE | WRITE, errno.ENOSPC, True, 3)
        print(f"full from then on: {struck} places, {refused} runs refused something", file=sys.stderr)
        self.assertGreater(struck, 15)
        self.assertGreater(refused, 5)
        self.sound_afterwards()

    def test_a_disk_that_is_full_once(self):
        struck, refused = self.sweep(CREATE | WRITE, errno.ENOSPC, False, 4)
        print(f"full once: {struck} places, {refused} runs refused something", file=sys.stderr)
        self.assertGreater(struck, 10)
        self.assertGreater(refused, 3)
        self.sound_afterwards()

    def test_a_disk_that_fails_to_make_it_durable(self):
        struck, refused = self.sweep(SYNC, errno.EIO, False, 1)
        print(f"failed syncs: {struck} places, {refused} runs refused something", file=sys.stderr)
        self.assertGreater(struck, 5)
        self.assertGreater(refused, 2)
        self.sound_afterwards()

    def test_finalize_on_a_full_disk_keeps_every_file(self):
        for key in self.keys[:3]:
            self.decide(key, "approve", "--select", "1")
        before = self.ws.census()
        contents = sorted(what for what in before.values() if what != "folder")
        struck = 0
        for at in range(1, 1000, 4):
            outcome, was_struck = self.with_fault(["finalize", "p1"], CREATE | WRITE, at, errno.ENOSPC, True)
            if not was_struck:
                break
            struck += 1
            self.assertIn(outcome.code, (FINDINGS, REFUSED, FINE), str(outcome))
            self.assertEqual(sorted(what for what in self.ws.census().values() if what != "folder"), contents, f"call {at}: {outcome}")
        self.assertGreater(struck, 10)
        self.ws.must("finalize", "p1")
        self.assertEqual(len([path for path in self.ws.census() if path.startswith("__selected/") and path.endswith(".png")]), 3)
        self.ws.must("undo", "p1")
        while self.ws.must("history", "p1", "--limit", "1", "--json").json()["entries"][0]["kind"] != "undo":
            self.ws.must("undo", "p1")
        self.assertEqual(sorted(what for what in self.ws.census().values() if what != "folder"), contents)
        self.ws.must("ledger", "verify", "p1")

    def test_a_report_that_cannot_be_written_is_said(self):
        outcome, was_struck = self.with_fault(["inspect", "p1", "--out", os.path.join(self.ws.path, "report.json")], CREATE | WRITE, 1, errno.ENOSPC, True)
        self.assertTrue(was_struck)
        self.assertEqual(outcome.code, FINDINGS, str(outcome))
        self.assertIn("disk is full", outcome.err)
        self.assertFalse(os.path.exists(os.path.join(self.ws.path, "report.json")))

    def test_a_project_on_a_full_disk_is_made_whole_or_not_at_all(self):
        for at in range(1, 200, 3):
            name = f"q{at}"
            outcome, was_struck = self.with_fault(["project", "create", name, "--images", self.ws.images], CREATE | WRITE, at, errno.ENOSPC, True)
            if not was_struck:
                self.assertEqual(outcome.code, FINE, str(outcome))
                break
            self.assertNotIn(outcome.code, (FINE, DEFECT), str(outcome))
            again = self.ws.run("project", "create", name, "--images", self.ws.images)
            self.assertIn(again.code, (FINE, REFUSED), str(again))  # there is no half of one in the way, or it says so
        else:
            self.fail("no end")


if __name__ == "__main__":
    unittest.main()

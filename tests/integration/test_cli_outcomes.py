# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Outcomes, flags and notes on the command line."""

import sqlite3
import unittest

from harness import FINE, REFUSED, USAGE, ProjectTest, census


class Outcomes(ProjectTest):
    def states(self):
        return [group["state"] for group in self.ws.groups()]

    def listed(self):
        return self.ws.must("outcomes", "p1", "--json").json()["outcomes"]

    def test_an_outcome_is_listed_and_writes_no_row(self):
        first, second, third = self.ws.keys()
        self.ws.must("outcome", "p1", first, "tie", "--members", "1,0", "--as", "ann")
        self.ws.must("outcome", "p1", second, "cannot_judge")
        self.ws.must("outcome", "p1", third, "skip")
        self.assertEqual(self.ws.rows(), [])
        self.assertEqual(self.states(), ["tie", "cannot judge", "skipped"])
        tie = next(one for one in self.listed() if one["group"] == first)
        self.assertEqual(tie["outcome"]["outcome"], "tie")
        self.assertEqual(tie["outcome"]["tied"], [0, 1])
        self.assertEqual(tie["outcome"]["annotator"], "ann")
        self.assertRegex(tie["outcome"]["timestamp"], r"^\d{4}-\d\d-\d\dT[\d:.]+Z$")
        self.assertEqual(tie["images"], ["photos/" + name for name in self.ws.groups()[0]["images"]])
        self.assertIsNone(tie["group_id"])
        counts = self.ws.must("scan", "p1", "--json").json()
        self.assertEqual((counts["decided"], counts["handled"]), (0, 2))
        outcomes = self.ws.must("stats", "p1", "--json").json()["outcomes"]
        self.assertEqual((outcomes["tie"], outcomes["cannot_judge"], outcomes["skip"], outcomes["all_bad"]), (1, 1, 1, 0))
        self.assertEqual(self.ws.run("inspect", "p1", "--json").json()["outcomes"], outcomes)
        self.ws.must("ledger", "verify", "p1")

    def test_a_decision_ends_it_and_undo_brings_it_back(self):
        key = self.ws.keys()[0]
        self.ws.must("outcome", "p1", key, "tie")
        before = self.listed()
        self.decide(key, "approve", "--select", "0")
        self.assertEqual(self.listed(), [])
        self.ws.must("undo", "p1")
        self.assertEqual(self.listed(), before)
        self.assertEqual(self.ws.rows(), [])
        self.ws.must("undo", "p1")
        self.assertEqual(self.listed(), [])
        self.ws.must("redo", "p1")
        self.assertEqual(self.listed(), before)

    def test_all_bad_is_a_reject(self):
        key = self.ws.keys()[0]
        self.ws.must("outcome", "p1", key, "all_bad")
        self.assertEqual(self.states()[0], "reject")
        found = self.listed()[0]
        self.assertEqual((found["outcome"]["outcome"], found["action"]), ("all_bad", "reject"))
        self.ws.must("undo", "p1")
        self.assertEqual(self.listed(), [])

    def test_a_tie_takes_back_what_finalize_moved(self):
        key = self.ws.keys()[0]
        before = census(self.ws.images)
        self.decide(key, "approve", "--select", "1")
        self.ws.must("finalize", "p1")
        self.ws.must("outcome", "p1", key, "tie")
        self.assertEqual(self.ws.rows(), [])
        self.same_tree(before, census(self.ws.images))
        self.ws.must("undo", "p1")
        self.assertEqual(len(self.ws.rows()), 1)
        self.assertTrue(self.ws.groups()[0]["finalized"])

    def test_flag_and_note_stay_beside_a_decision(self):
        key = self.ws.keys()[0]
        self.ws.must("flag", "p1", key, "on")
        self.ws.must("note", "p1", key, "Schön, aber unscharf")
        self.decide(key, "approve", "--select", "0")
        found = self.listed()[0]
        self.assertEqual(found["note"]["note"], "Schön, aber unscharf")
        self.assertEqual((found["action"], found["flag"] is not None), ("approve", True))
        self.assertEqual(self.ws.groups()[0]["marks"]["note"]["note"], "Schön, aber unscharf")
        kinds = [entry["kind"] for entry in self.ws.must("history", "p1", "--group", key, "--json").json()["entries"]]
        self.assertEqual(kinds, ["decide", "note", "flag"])
        self.ws.must("note", "p1", key, "")
        self.ws.must("flag", "p1", key, "off")
        self.assertEqual(self.listed(), [])

    def test_what_makes_no_sense_is_said_so(self):
        key = self.ws.keys()[0]
        for words in (["outcome", "p1", key, "maybe"], ["outcome", "p1", key, "skip", "--members", "0,1"],
                      ["outcome", "p1", key, "tie", "--members", "0,x"], ["flag", "p1", key, "perhaps"]):
            self.assertEqual(self.ws.run(*words).code, USAGE, words)
        self.assertEqual(self.ws.run("outcome", "p1", key, "none").code, REFUSED)
        self.decide(key, "approve", "--select", "0")
        self.assertEqual(self.ws.run("outcome", "p1", key, "skip").code, REFUSED)
        self.assertEqual(self.listed(), [])

    def test_a_dry_run_and_a_look_change_nothing(self):
        key = self.ws.keys()[0]
        self.decide(key, "approve", "--select", "0")
        before = census(self.ws.path)
        for words in (["outcome", "p1", key, "tie"], ["flag", "p1", key, "on"], ["note", "p1", key, "x"]):
            self.assertEqual(self.ws.run(*words, "--dry-run").code, FINE)
        self.assertEqual(self.listed(), [])
        self.same_tree(before, census(self.ws.path))

    def test_a_plain_database_is_left_without_our_tables(self):
        self.ws.must("outcome", "p1", self.ws.keys()[0], "tie")
        self.decide(self.ws.keys()[1], "reject")
        connection = sqlite3.connect(self.ws.database)
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table' AND name LIKE 'ps\\_%' "
                                                        "ESCAPE '\\'")]
        for name in names:
            connection.execute(f"DROP TABLE {name}")
        connection.commit()
        left = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")}
        connection.close()
        self.assertEqual(left, {"ai_decisions"})
        self.assertEqual(len(self.ws.rows()), 1)
        self.ws.must("outcome", "p1", self.ws.keys()[0], "skip")


if __name__ == "__main__":
    unittest.main()

# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How suggestions are set and reported on the command line."""

import sqlite3
import unittest

from harness import FINDINGS, FINE, USAGE, ProjectTest


class Suggestions(ProjectTest):
    def settings(self, *arguments):
        return self.ws.must("suggestions", "set", "p1", "--json", *arguments).json()

    def test_what_is_set_stays_set(self):
        before = self.settings()
        self.assertEqual((before["bar"], before["hidden_share"], before["retrain_every"]), (0.6, 0.1, 200))
        self.assertTrue(before["enabled"])
        after = self.settings("--bar", "0.75", "--hidden-share", "0", "--retrain-every", "50", "--off")
        self.assertEqual((after["bar"], after["hidden_share"], after["retrain_every"]), (0.75, 0, 50))
        self.assertFalse(after["enabled"])
        self.assertEqual(self.settings(), after)
        self.assertEqual(self.settings("--dry-run", "--on")["enabled"], True)
        self.assertEqual(self.settings(), after)

    def test_what_makes_no_sense_is_refused(self):
        for arguments in (["--bar", "1.5"], ["--bar", "sure"], ["--hidden-share", "-0.1"], ["--retrain-every", "-1"], ["--on", "--off"]):
            self.assertEqual(self.ws.run("suggestions", "set", "p1", *arguments).code, USAGE, arguments)
        self.assertEqual(self.settings()["bar"], 0.6)

    def test_a_report_counts_what_was_visible(self):
        report = self.ws.must("suggestions", "report", "p1", "--json").json()
        self.assertEqual((report["all"]["shown"]["count"], report["models"]), (0, []))
        key = self.ws.keys()[0]
        self.decide(key, "approve", "--select", "0")
        self.assertEqual(self.ws.must("suggestions", "report", "p1", "--json").json()["all"]["shown"]["count"], 0)
        row = self.ws.rows()[0]
        with sqlite3.connect(self.ws.database) as connection:
            for number, (arm, visible, index) in enumerate([("shown", 1, 0), ("hidden", 0, 1), ("shown", 1, 1)]):
                connection.execute("INSERT INTO ps_suggestion_views VALUES (?, 'g_' || ?, ?, '2026-01-01T00:00:00Z', ?, ?, 'ranker_v1', NULL, ?, NULL, "
                                   "0.8, NULL, '[]', 3, 'approve', 0, 1, 1)", (1000 + number, number, row[0], arm, visible, index))
        connection.close()
        report = self.ws.must("suggestions", "report", "p1", "--json").json()
        self.assertEqual((report["all"]["shown"]["count"], report["all"]["shown"]["agreed"]), (2, 1))
        self.assertEqual((report["all"]["hidden"]["count"], report["all"]["hidden"]["agreed"]), (1, 0))
        self.assertEqual([model["model_id"] for model in report["models"]], ["ranker_v1"])
        self.assertFalse(report["all"]["leads"])

    def test_a_suspension_is_a_finding_until_it_is_resumed(self):
        self.settings()
        with sqlite3.connect(self.ws.database) as connection:
            connection.execute("INSERT OR REPLACE INTO ps_meta VALUES ('suggestions', "
                               "'{\"suspended\": {\"model\": \"ranker_v1\", \"since\": \"2026-01-01T00:00:00Z\"}}')")
        connection.close()
        self.assertEqual(self.ws.run("suggestions", "report", "p1").code, FINDINGS)
        self.assertIsNone(self.settings("--resume")["suspended"])
        self.assertEqual(self.ws.run("suggestions", "report", "p1").code, FINE)


if __name__ == "__main__":
    unittest.main()

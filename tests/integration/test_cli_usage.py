# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line itself: words, options, exit codes."""

import json
import os
import subprocess
import unittest

from harness import CLI, FINE, REFUSED, USAGE, ProjectTest, Workspace, census, environment, run

VERBS = ("demo create", "project create", "project list", "scan", "groups", "decide", "crop", "split", "undo", "redo", "history",
         "finalize", "staging", "inspect", "validate", "repair", "stats", "ledger verify", "probe", "render", "thumbnails",
         "duplicates")


class Usage(unittest.TestCase):
    def test_help_names_every_verb_and_exit_code(self):
        outcome = run("--help")
        self.assertEqual(outcome.code, FINE)
        for verb in VERBS:
            self.assertIn("\n  " + verb + " ", outcome.out)
        for code in ("0 fine", "1 ", "2 usage", "3 ", "4 locked", "5 refused", "70 "):
            self.assertIn(code, outcome.out)

    def test_no_words_at_all_is_wrong_usage(self):
        self.assertEqual(run().code, USAGE)

    def test_the_version_is_a_number(self):
        self.assertRegex(run("--version").out, r"^proofsheet \d+\.\d+\.\d+\n$")

    def test_wrong_usage_is_told_before_anything_is_touched(self):
        workspace = Workspace()
        self.addCleanup(workspace.close)
        before = census(workspace.top)
        for words in (
            ["fly"],
            ["groups"],
            ["groups", "p1", "p2"],
            ["project", "create", "p1"],
            ["project", "fly"],
            ["decide", "p1"],
            ["decide", "p1", "g_0"],
            ["decide", "p1", "g_0", "fly"],
            ["decide", "p1", "g_0", "approve", "--select", "x"],
            ["decide", "p1", "g_0", "approve", "--select", "-1"],
            ["decide", "p1", "g_0", "crop", "--crop", "1,2,3"],
            ["decide", "p1", "g_0", "crop", "--crop", "0.5,0,0.5,1"],
            ["decide", "p1", "g_0", "crop", "--crop", "0,0,1.5,1"],
            ["decide", "p1", "g_0", "crop", "--crop", "nan,0,1,1"],
            ["groups", "p1", "--select", "1"],
            ["groups", "p1", "--unknown"],
            ["crop", "p1", "g_0"],
            ["inspect"],
            ["inspect", "p1", "--db", "x.db"],
            ["stats"],
            ["validate"],
            ["staging", "fly", "p1"],
            ["demo", "create"],
            ["probe"],
            ["render", "a.png"],
            ["render", "a.png", "--size", "0", "--to", "b.png"],
            ["render", "a.png", "--size", "9", "--to", "b.gif"],
        ):
            with self.subTest(words=words):
                outcome = workspace.run(*words)
                self.assertEqual(outcome.code, USAGE, str(outcome))
                self.assertNotEqual(outcome.err, "")
                self.assertEqual(outcome.out, "")
        self.assertEqual(census(workspace.top, ("cache",)), before)

    def test_a_workspace_that_is_not_there_is_named(self):
        outcome = run("--workspace", "/nowhere/at/all", "project", "list")
        self.assertEqual(outcome.code, USAGE)
        self.assertIn("/nowhere/at/all", outcome.err)


class Projects(ProjectTest):
    def test_options_stand_before_or_behind_the_verb(self):
        path = self.ws.path
        expected = self.ws.must("project", "list", "--json").json()
        self.assertEqual(expected["projects"][0]["project"], "p1")
        self.assertEqual(run("project", "list", "--json", "--workspace", path, env=self.ws.env).json(), expected)
        self.assertEqual(run("--json", "--workspace=" + path, "project", "list", env=self.ws.env).json(), expected)

    def test_the_current_folder_is_the_workspace(self):
        self.assertIn("p1", run("project", "list", cwd=self.ws.path, env=self.ws.env).out)

    def test_a_project_is_never_overwritten(self):
        before = census(self.ws.path)
        outcome = self.ws.run("project", "create", "p1", "--images", self.ws.images)
        self.expect(outcome, REFUSED, "p1")
        self.same_tree(before, census(self.ws.path))

    def test_a_database_without_its_project_is_not_overwritten_either(self):
        os.remove(os.path.join(self.ws.path, "data/projects/p1.project.json"))
        before = census(self.ws.path)
        self.expect(self.ws.run("project", "create", "p1", "--images", self.ws.images), REFUSED, "p1.db")
        self.same_tree(before, census(self.ws.path))

    def test_bad_ids_and_folders_are_refused(self):
        for words in (["../p2", "--images", self.ws.images], ["a b", "--images", self.ws.images], ["", "--images", self.ws.images],
                      ["p2", "--images", self.ws.path + "/none"]):
            with self.subTest(words=words):
                outcome = self.ws.run("project", "create", *words)
                self.assertEqual(outcome.code, USAGE, str(outcome))
        self.assertEqual(len(self.ws.must("project", "list").lines()), 1)

    def test_an_unknown_project_is_named(self):
        for words in (["groups", "p9"], ["undo", "p9"], ["inspect", "p9"], ["stats", "p9"], ["ledger", "verify", "p9"], ["finalize", "p9"]):
            with self.subTest(words=words):
                self.expect(self.ws.run(*words), USAGE, "p9")

    def test_json_is_one_document_on_stdout(self):
        key = self.ws.keys()[0]
        for words in (["project", "list"], ["scan", "p1"], ["groups", "p1"], ["decide", "p1", key, "reject"], ["history", "p1"],
                      ["undo", "p1"], ["redo", "p1"], ["stats", "p1"], ["ledger", "verify", "p1"], ["inspect", "p1"],
                      ["repair", "p1"], ["finalize", "p1", "--dry-run"], ["finalize", "p1"], ["staging", "list", "p1"],
                      ["staging", "restore", "p1"], ["validate", "--db", self.ws.database]):
            with self.subTest(words=words):
                outcome = self.ws.run(*words, "--json")
                self.assertEqual(outcome.code, FINE, str(outcome))
                self.assertIsInstance(json.loads(outcome.out), dict)
                self.assertEqual(outcome.err, "")

    def test_names_are_told_apart_from_options(self):
        workspace = Workspace(stem="-odd folder")
        self.addCleanup(workspace.close)
        workspace.add_group(1)
        done = subprocess.run([CLI, "--workspace=-odd folder", "project", "create", "p1", "--images=-odd folder/photos"],
                              cwd=workspace.top, capture_output=True, env=environment())
        self.assertEqual(done.returncode, FINE, done.stderr)

    def test_who_it_was_stands_in_the_history(self):
        key = self.ws.keys()[0]
        self.decide(key, "reject", "--as", "Jürgen")
        self.decide(key, "approve", "--select", "0")
        entries = self.ws.must("history", "p1", "--json").json()["entries"]
        self.assertEqual([entry["annotator"] for entry in entries[:2]], ["anna", "Jürgen"])



class Report(ProjectTest):
    def test_a_page_is_printed_where_there_is_no_display(self):
        """The page is printed by the program with the window, which opens none for it."""
        env = environment(QT_QPA_PLATFORM="", DISPLAY=":nowhere", WAYLAND_DISPLAY="")
        path = os.path.join(self.ws.top, "report.pdf")
        self.ws.must("inspect", "p1", "--out", path, env=env)
        with open(path, "rb") as file:
            self.assertEqual(file.read(5), b"%PDF-")


if __name__ == "__main__":
    unittest.main()

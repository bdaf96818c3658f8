# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo project: the same bytes every time, and a whole story from its planted problems to a clean final report."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
import unittest

from harness import (DAMAGED, FINDINGS, FINE, OWN, REFUSED, USAGE, census, differences, environment, execute, rows, run)

PHOTOGRAPHS = os.path.join(os.environ["PS_SOURCE_DIR"], "resources", "demo", "photographs.tsv")
DATABASE = "data/training/ai_training_decisions/demo.db"


def setUpModule():
    """Makes the demo twice and the decided one once; all tests work on copies."""
    global TOP
    with open(PHOTOGRAPHS, encoding="utf-8") as file:
        lines = [line.rstrip("\n").split("\t") for line in file if line.strip() and not line.startswith("#")]
    missing = sorted({package for path, package, *_ in lines if not os.path.exists(path)})
    if missing:
        raise AssertionError("photographs of the demo are missing: apt-get install " + " ".join(missing))
    TOP = tempfile.mkdtemp(prefix="proofsheet-demo-")
    unittest.addModuleCleanup(shutil.rmtree, TOP, ignore_errors=True)
    for name, words in (("one", []), ("two", ["--jobs", "1"]), ("decided", ["--decided"])):
        outcome = run("demo", "create", "--to", os.path.join(TOP, name), "--json", *words)
        if outcome.code != FINE:
            raise AssertionError(str(outcome))
        REPORTS[name] = outcome.json()


TOP = ""
REPORTS = {}


class Demo(unittest.TestCase):
    maxDiff = None

    def copy_of(self, name):
        """A workspace of its own, with the times of the files."""
        folder = tempfile.mkdtemp(prefix="proofsheet-demo-", dir=TOP)
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        self.path = os.path.join(folder, "ws")
        subprocess.run(["cp", "-a", "--reflink=auto", os.path.join(TOP, name), self.path], check=True)
        self.env = environment(XDG_CACHE_HOME=os.path.join(folder, "cache"))
        self.database = os.path.join(self.path, DATABASE)

    def cli(self, *words, **more):
        return run("--workspace", self.path, *words, env=self.env, **more)

    def must(self, *words, **more):
        outcome = self.cli(*words, **more)
        self.assertEqual(outcome.code, FINE, str(outcome))
        return outcome

    def found_by(self, outcome):
        return {check["check"]: check["count"] for check in outcome.json()["checks"] if check["count"]}


class Creation(Demo):
    def test_it_is_the_same_bytes_every_time(self):
        one = census(os.path.join(TOP, "one"))
        self.assertGreater(len(one), 1000)
        self.assertEqual(differences(one, census(os.path.join(TOP, "two"))), [])

    def test_file_times_are_the_same_too(self):
        def times(name):
            folder = os.path.join(TOP, name, "images")
            return {file: os.stat(os.path.join(folder, file)).st_mtime_ns for file in os.listdir(folder)}
        self.assertEqual(differences(times("one"), times("two")), [])

    def test_the_decided_one_has_the_same_pictures(self):
        one, decided = census(os.path.join(TOP, "one", "images")), census(os.path.join(TOP, "decided", "images"))
        self.assertEqual({name: what for name, what in one.items() if name in decided}, decided)

    def test_there_are_enough_groups(self):
        self.assertGreaterEqual(REPORTS["one"]["groups"], 120)
        self.copy_of("one")
        found = self.must("groups", "demo").json()
        sets = [group for group in found["groups"] if group["kind"] == "group"]
        self.assertGreaterEqual(len(sets), 120)
        self.assertTrue(found["leftovers"])
        self.assertEqual({len(group["images"]) for group in sets}, {2, 3, 4})
        states = [group["state"] for group in sets]
        self.assertEqual(states.count("undecided") * 3 // len(sets), 1)

    def test_nothing_is_overwritten(self):
        self.copy_of("one")
        before = census(self.path)
        outcome = run("demo", "create", "--to", self.path)
        self.assertEqual(outcome.code, REFUSED, str(outcome))
        self.assertEqual(differences(before, census(self.path)), [])

    def test_a_place_that_cannot_be_written_is_named(self):
        outcome = run("demo", "create", "--to", "/proc/demo")
        self.assertIn(outcome.code, (FINDINGS, USAGE, REFUSED), str(outcome))
        self.assertIn("/proc/demo", outcome.err)

    def test_the_pictures_open_in_other_programs(self):
        heads = {".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".webp": b"RIFF"}
        folder = os.path.join(TOP, "one", "images")
        seen = set()
        for name in os.listdir(folder):
            suffix = os.path.splitext(name)[1].lower()
            if suffix in heads:
                seen.add(suffix)
                with open(os.path.join(folder, name), "rb") as file:
                    self.assertTrue(file.read(8).startswith(heads[suffix]), name)
        self.assertEqual(seen, set(heads))

    def test_the_manifest_and_the_schema_lie_where_scripts_look(self):
        with open(os.path.join(TOP, "one", "data/projects/demo.project.json"), encoding="utf-8") as file:
            manifest = json.load(file)
        self.assertEqual((manifest["projectId"], manifest["finishedAt"]), ("demo", None))
        with open(os.path.join(TOP, "one", "data/schema/ai_training_decisions_v3.sql"), encoding="utf-8") as file:
            sqlite3.connect(":memory:").executescript(file.read())


class Decided(Demo):
    def setUp(self):
        self.copy_of("decided")

    def test_every_group_is_decided_and_every_crop_has_coordinates(self):
        found = self.must("groups", "demo").json()
        self.assertEqual(found["leftovers"], [])
        self.assertNotIn("undecided", {group["state"] for group in found["groups"]})
        self.assertEqual(len(found["groups"]), rows(self.database, "SELECT count(*) FROM ai_decisions")[0][0])
        counts = dict(rows(self.database, "SELECT user_action, count(*) FROM ai_decisions GROUP BY 1"))
        self.assertEqual(set(counts), {"approve", "crop", "reject"})
        self.assertEqual(rows(self.database, "SELECT count(*) FROM incomplete_crops"), [(0,)])
        self.assertEqual(rows(self.database, "SELECT count(*) FROM ai_decisions WHERE (user_action='crop') <> (final_crop_coords IS NOT NULL)"), [(0,)])

    def test_nothing_is_planted(self):
        outcome = self.must("inspect", "demo", "--final", "--measure", "--json")
        self.assertEqual(self.found_by(outcome), {})
        self.must("validate", "--db", self.database)
        self.must("ledger", "verify", "demo")

    def test_the_demonstration_model_counts_for_no_accuracy(self):
        found = self.must("stats", "demo", "--json").json()
        self.assertEqual(found["selection_accuracy"]["of"], 0)
        self.assertGreater(found["demonstration_rows"], 30)


class Story(Demo):
    def setUp(self):
        self.copy_of("one")

    def test_the_planted_problems_are_found_and_nothing_else(self):
        outcome = self.cli("inspect", "demo", "--measure", "--json")
        self.assertEqual(outcome.code, FINDINGS)
        found = self.found_by(outcome)
        self.assertGreater(found.pop("crop_open"), 0)
        self.assertEqual(found, {"final_crop_range": 1, "images_not_bare": 1, "reject_counts_as_match": 1, "size_differs": 1,
                                 "selected_index_range": 1, "sidecar_orphan": 1})
        self.assertEqual(REPORTS["one"]["planted"], sum(found.values()))
        severe = [finding for finding in outcome.json()["findings"] if finding["severity"] in ("warning", "error")]
        self.assertTrue(all(finding["fix"] != "none" for finding in severe))

    def test_from_the_planted_problems_to_a_finalized_project_and_back(self):
        start, first_rows = census(self.path, OWN), rows(self.database, "SELECT * FROM ai_decisions ORDER BY group_id")
        # 1. What can be repaired without asking is repaired; the rest is decided again.
        self.must("repair", "demo")
        found = self.cli("inspect", "demo", "--json")
        self.assertEqual(found.code, FINDINGS)
        self.assertEqual([finding["check"] for finding in found.json()["findings"] if finding["severity"] in ("warning", "error")],
                         ["selected_index_range"])
        wrong = [finding["group_id"] for finding in found.json()["findings"] if finding["check"] == "selected_index_range"]
        self.must("decide", "demo", wrong[0], "approve", "--select", "1")
        self.assertEqual(self.cli("inspect", "demo").code, FINE)

        # 2. Every group is decided, line by line.
        found = self.must("groups", "demo").json()
        steps = 2
        for group in found["groups"]:
            if group["kind"] == "oversize":
                self.must("split", "demo", group["key"])
                steps += 1
        found = self.must("groups", "demo").json()
        lines = []
        for number, group in enumerate(found["groups"] + found["leftovers"]):
            if group["state"] == "undecided":
                lines.append({"group": group["key"], "action": "approve", "select": len(group["images"]) - 1})
                if number % 3 == 0:
                    lines[-1] = {"group": group["key"], "action": "crop", "select": 0, "crop": [0.1, 0.1, 0.9, 0.9]}
        outcome = self.must("decide", "demo", "--from", "-", stdin="".join(json.dumps(line) + "\n" for line in lines).encode())
        self.assertEqual([line.split()[0] for line in outcome.lines()], ["ack"] * len(lines))
        steps += len(lines)
        for group in self.must("groups", "demo").json()["groups"]:
            if group["state"] == "crop later":
                self.must("crop", "demo", group["key"], "--crop", "0.2,0.2,0.9,0.9")
                steps += 1
        self.must("inspect", "demo", "--final")
        self.must("validate", "--db", self.database)

        # 3. It is carried out, taken back to the byte, and carried out again.
        decided, stored = census(self.path, OWN), rows(self.database, "SELECT * FROM ai_decisions ORDER BY group_id")
        planned = self.must("finalize", "demo", "--dry-run", "--json").json()
        self.assertEqual(differences(decided, census(self.path, OWN)), [])
        done = self.must("finalize", "demo", "--json").json()
        self.assertEqual((done["failed"], done["skipped"], done["undecided"]), ([], [], 0))
        self.assertEqual(done["routes"], planned["routes"])
        finalized = census(self.path, OWN)
        self.assertEqual([path for path in finalized if re.search(r"^images/.*\.(png|jpe?g|webp)$", path, re.IGNORECASE)], [])
        self.must("inspect", "demo")
        self.must("undo", "demo")
        self.assertEqual(differences(decided, census(self.path, OWN)), [])
        self.assertEqual(rows(self.database, "SELECT * FROM ai_decisions ORDER BY group_id"), stored)
        self.must("redo", "demo")
        self.assertEqual(differences(finalized, census(self.path, OWN)), [])
        self.must("ledger", "verify", "demo")

        # 4. Every step of this story can be taken back, to the first byte and row.
        self.assertGreater(steps, 50)
        for _ in range(steps + 1):
            self.must("undo", "demo")
        self.assertEqual(differences(start, census(self.path, OWN)), [])
        self.assertEqual(rows(self.database, "SELECT * FROM ai_decisions ORDER BY group_id"), first_rows)

    def test_a_plain_shell_sees_the_version_3_table(self):
        self.must("decide", "demo", self.must("groups", "demo").json()["groups"][2]["key"], "reject")
        listed = subprocess.run(["sqlite3", self.database, "SELECT type || ' ' || name FROM sqlite_schema WHERE name NOT LIKE 'ps\\_%' ESCAPE '\\' "
                                 "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY 1"], capture_output=True, text=True, check=True)
        self.assertEqual(listed.stdout.splitlines(), [
            "index idx_batch_number", "index idx_crop_match", "index idx_project_id", "index idx_selection_match", "index idx_timestamp",
            "index idx_user_action", "table ai_decisions", "view ai_mistakes", "view ai_performance", "view incomplete_crops"])
        for table, sql in rows(self.database, "SELECT tbl_name, sql FROM sqlite_schema WHERE type='trigger'"):
            self.assertTrue(table.startswith("ps_"), sql)
        columns = [row[1] for row in rows(self.database, "PRAGMA table_info(ai_decisions)")]
        self.assertEqual(len(columns), 18)
        self.assertEqual(columns[-1], "ai_crop_accepted")

    def test_without_our_tables_it_is_a_plain_database(self):
        before = rows(self.database, "SELECT * FROM ai_decisions ORDER BY group_id")
        self.must("repair", "demo")
        stored = rows(self.database, "SELECT * FROM ai_decisions ORDER BY group_id")
        self.assertNotEqual(before, stored)
        messages = self.cli("validate", "--db", self.database).out
        names = [row[0] for row in rows(self.database, "SELECT name FROM sqlite_schema WHERE type='table' AND name LIKE 'ps\\_%' ESCAPE '\\'")]
        self.assertGreaterEqual(len(names), 8)
        execute(self.database, *(f"DROP TABLE {name}" for name in names))
        self.assertEqual(rows(self.database, "SELECT count(*) FROM sqlite_schema WHERE name LIKE 'ps\\_%' ESCAPE '\\'"), [(0,)])
        self.assertEqual(rows(self.database, "SELECT * FROM ai_decisions ORDER BY group_id"), stored)
        self.assertEqual(self.cli("validate", "--db", self.database).out, messages)
        self.assertNotEqual(self.cli("inspect", "--db", self.database).code, DAMAGED)
        self.must("groups", "demo")  # and it is worked on again as any database of the scripts
        self.must("decide", "demo", self.must("groups", "demo").json()["groups"][2]["key"], "reject")

    def test_viewing_changes_nothing(self):
        before = census(self.path)
        for words in (["groups", "demo"], ["scan", "demo"], ["history", "demo"], ["stats", "demo"], ["ledger", "verify", "demo"],
                      ["staging", "list", "demo"], ["project", "list"], ["finalize", "demo", "--dry-run"], ["repair", "demo", "--dry-run"],
                      ["validate", "--db", self.database], ["inspect", "--db", self.database]):
            self.cli(*words)
            self.assertEqual(differences(before, census(self.path)), [], words)


if __name__ == "__main__":
    unittest.main()

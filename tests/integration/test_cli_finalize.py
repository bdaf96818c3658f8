# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Carrying decisions out on disk, and back; staging; the reports around it."""

import json
import os
import shutil
import unittest

from harness import (DAMAGED, FINDINGS, FINE, REFUSED, STAGES, USAGE, ProjectTest, census, execute, image_name)


class Finalize(ProjectTest):
    group_count = 6

    def setUp(self):
        super().setUp()
        self.keys = self.ws.keys()
        self.decide(self.keys[0], "approve", "--select", "1")
        self.decide(self.keys[1], "crop", "--select", "1", "--crop", "0.25,0.25,0.75,0.75")
        self.decide(self.keys[2], "crop", "--select", "0")
        self.decide(self.keys[3], "reject")
        self.before = self.ws.census()

    def name(self, number, slot):
        return image_name(number, STAGES[slot], slot)

    def test_a_dry_run_tells_and_moves_nothing(self):
        everything = census(self.ws.path)
        found = self.ws.must("finalize", "p1", "--dry-run", "--json").json()
        self.assertEqual(found["routes"], {"selected": 1, "crop_auto": 0, "crop": 1, "cropped": 1, "rejected": 1})
        self.assertEqual(found["undecided"], 2)
        self.same_tree(everything, census(self.ws.path))

    def test_every_file_goes_where_it_belongs(self):
        outcome = self.ws.must("finalize", "p1", "--json").json()
        self.assertEqual((outcome["finalized"], outcome["failed"]), (4, []))
        after = self.ws.census()
        expected = {
            "__selected/" + self.name(0, 1): "photos/" + self.name(0, 1),
            "data/originals/p1/" + self.name(1, 1): "photos/" + self.name(1, 1),
            "__crop/" + self.name(2, 0): "photos/" + self.name(2, 0),
        }
        for number, slots in ((0, [0]), (1, [0]), (2, [1]), (3, [0, 1])):
            for slot in slots:
                expected["__delete_staging/" + self.name(number, slot)] = "photos/" + self.name(number, slot)
        for path, source in expected.items():
            self.assertEqual(after.get(path), self.before[source], path)
            yaml = path[:-4] + ".yaml"
            self.assertEqual(after.get(yaml), self.before[source[:-4] + ".yaml"], yaml)
        for number in (4, 5):  # undecided groups are not touched
            for slot in (0, 1):
                path = "photos/" + self.name(number, slot)
                self.assertEqual(after[path], self.before[path])
        self.assertIn("__cropped/" + self.name(1, 1), after)
        with open(os.path.join(self.ws.path, "__cropped", self.name(1, 1)), "rb") as file:
            header = file.read(24)
        self.assertEqual((int.from_bytes(header[16:20], "big"), int.from_bytes(header[20:24], "big")), (24, 16))

    def test_only_open_crops_get_a_sidecar(self):
        self.ws.must("finalize", "p1")
        sidecars = [path for path in self.ws.census() if path.endswith(".decision")]
        self.assertEqual(sidecars, ["__crop/" + self.name(2, 0)[:-4] + ".decision"])
        with open(os.path.join(self.ws.path, sidecars[0]), encoding="utf-8") as file:
            text = file.read()
        found = json.loads(text)
        self.assertEqual(text, json.dumps(found, indent=2))
        group_id = self.ws.rows("SELECT group_id FROM ai_decisions WHERE final_crop_coords IS NULL AND user_action='crop'")[0][0]
        self.assertEqual(found, {"group_id": group_id, "project_id": "p1", "needs_crop": True, "ai_route": "manual", "ai_crop_coords": None})

    def test_undo_brings_every_byte_back_and_redo_moves_it_again(self):
        stored = self.ws.rows()
        self.ws.must("finalize", "p1")
        after, after_rows = self.ws.census(), self.ws.rows()
        self.assertEqual(stored, after_rows)
        self.ws.must("undo", "p1")
        self.same_tree(self.before, self.ws.census())
        self.assertEqual(self.ws.rows(), stored)
        self.ws.must("redo", "p1")
        self.same_tree(after, self.ws.census())
        self.ws.must("undo", "p1")
        for _ in range(4):
            self.ws.must("undo", "p1")
        self.assertEqual(self.ws.rows(), [])
        self.same_tree(self.before, self.ws.census())
        self.ws.must("ledger", "verify", "p1")

    def test_a_second_finalize_has_nothing_to_do(self):
        self.ws.must("finalize", "p1")
        after = self.ws.census()
        self.assertEqual(self.ws.must("finalize", "p1", "--json").json()["already_finalized"], 4)
        self.same_tree(after, self.ws.census())

    def test_deciding_a_finalized_group_again_takes_its_files_back(self):
        self.ws.must("finalize", "p1")
        self.decide(self.keys[0], "approve", "--select", "0")
        after = self.ws.census()
        for slot in (0, 1):
            self.assertEqual(after["photos/" + self.name(0, slot)], self.before["photos/" + self.name(0, slot)])
        self.ws.must("finalize", "p1")
        self.assertIn("__selected/" + self.name(0, 0), self.ws.census())

    def test_a_confirmed_crop_is_cut_and_its_sidecar_archived(self):
        self.ws.must("finalize", "p1")
        self.ws.must("crop", "p1", self.keys[2], "--crop", "0,0,0.5,0.5")
        after = self.ws.census()
        self.assertIn("__cropped/" + self.name(2, 0), after)
        self.assertEqual([path for path in after if path.startswith("__crop/") and after[path] != "folder"], [])
        self.assertEqual(self.ws.must("inspect", "p1", "--final").code, FINE)
        self.ws.must("undo", "p1")
        self.assertIn("__crop/" + self.name(2, 0), self.ws.census())

    def test_a_changed_file_skips_its_group_only(self):
        path = os.path.join(self.ws.images, self.name(0, 1))
        with open(path, "ab") as file:
            file.write(b"more")
        outcome = self.ws.run("finalize", "p1", "--json")
        self.assertEqual(outcome.code, FINDINGS, str(outcome))
        self.assertEqual(len(outcome.json()["skipped"]), 1)
        self.assertEqual(outcome.json()["finalized"], 3)
        self.assertTrue(os.path.exists(path))
        self.ws.must("finalize", "p1", "--accept-changed")
        self.assertFalse(os.path.exists(path))

    def test_a_missing_file_skips_its_group_only(self):
        os.remove(os.path.join(self.ws.images, self.name(3, 0)))
        outcome = self.ws.run("finalize", "p1")
        self.assertEqual(outcome.code, FINDINGS, str(outcome))
        self.assertTrue(os.path.exists(os.path.join(self.ws.images, self.name(3, 1))))

    def test_names_that_are_taken(self):
        for folder, content in (("__selected", b"something else"), ("__delete_staging", None)):
            os.makedirs(os.path.join(self.ws.path, folder), exist_ok=True)
            name = self.name(0, 1) if folder == "__selected" else self.name(0, 0)
            target = os.path.join(self.ws.path, folder, name)
            if content is None:
                shutil.copyfile(os.path.join(self.ws.images, name), target)
            else:
                with open(target, "wb") as file:
                    file.write(content)
        before = self.ws.census()
        self.ws.must("finalize", "p1")
        after = self.ws.census()
        self.assertEqual(after["__selected/" + self.name(0, 1)], before["__selected/" + self.name(0, 1)])  # theirs is untouched
        moved = [path for path in after if after[path] == before["photos/" + self.name(0, 1)]]
        self.assertEqual(len(moved), 1)
        self.assertNotEqual(moved[0], "__selected/" + self.name(0, 1))
        self.assertEqual(after["__delete_staging/" + self.name(0, 0)], before["photos/" + self.name(0, 0)])
        self.ws.must("undo", "p1")
        self.same_tree(before, self.ws.census())

    def test_a_report_is_saved_before_anything_moves(self):
        self.ws.must("finalize", "p1")
        folder = os.path.join(self.ws.path, "data/daily_summaries")
        names = os.listdir(folder)
        self.assertEqual(len(names), 1)
        self.assertRegex(names[0], r"^ai_training_inspection_\d{8}T\d{6}Z\.json$")
        with open(os.path.join(folder, names[0]), encoding="utf-8") as file:
            self.assertEqual(json.load(file)["rows"], 4)

    # ---- staging

    def test_staging_is_listed_restored_and_purged(self):
        self.ws.must("finalize", "p1")
        listed = self.ws.must("staging", "list", "p1", "--json").json()
        self.assertEqual(sorted(file["path"] for file in listed["files"] if file["path"].endswith(".png")),
                         sorted("__delete_staging/" + self.name(number, slot) for number, slot in ((0, 0), (1, 0), (2, 1), (3, 0), (3, 1))))
        restored = self.ws.must("staging", "restore", "p1", "--group", self.keys[3], "--json").json()
        self.assertEqual(restored["restored"], 4)
        self.assertIn("photos/" + self.name(3, 0), self.ws.census())
        self.ws.must("undo", "p1")
        after = self.ws.census()
        self.expect(self.ws.run("staging", "purge", "p1"), REFUSED, "--yes")  # nobody is there to ask
        self.same_tree(after, self.ws.census())
        self.ws.must("staging", "purge", "p1", "--dry-run")
        self.same_tree(after, self.ws.census())
        purged = self.ws.must("staging", "purge", "p1", "--yes", "--json").json()
        self.assertEqual((purged["deleted"], purged["refused"]), (10, []))
        self.assertEqual([path for path, what in self.ws.census().items() if path.startswith("__delete_staging/") and what != "folder"], [])
        self.expect(self.ws.run("undo", "p1"), REFUSED, "deleted for good")
        self.expect(self.ws.run("staging", "purge", "p1", "--yes"), REFUSED)

    def test_files_of_others_in_staging_are_never_purged(self):
        self.ws.must("finalize", "p1")
        theirs = os.path.join(self.ws.path, "__delete_staging", "theirs.png")
        with open(theirs, "wb") as file:
            file.write(b"theirs")
        changed = os.path.join(self.ws.path, "__delete_staging", self.name(3, 0))
        with open(changed, "ab") as file:
            file.write(b"more")
        self.assertEqual(self.ws.must("staging", "list", "p1", "--json").json()["foreign_files"], 1)
        self.assertEqual(self.ws.run("staging", "purge", "p1", "--yes").code, FINDINGS)
        self.assertTrue(os.path.exists(theirs))
        self.assertTrue(os.path.exists(changed))


class Reports(ProjectTest):
    def test_inspecting_a_file_writes_none(self):
        self.decide(self.ws.keys()[0], "reject")
        before = census(self.ws.path)
        found = self.ws.must("inspect", "--db", self.ws.database, "--json").json()
        self.assertEqual((found["rows"], found["files_checked"]), (1, False))
        self.same_tree(before, census(self.ws.path))

    def test_a_report_goes_where_it_is_asked_to(self):
        for name, begin in (("report.json", "{"), ("report.HTML", "<!doctype html>")):
            out = os.path.join(self.ws.top, name)
            self.ws.must("inspect", "p1", "--out", out)
            with open(out, encoding="utf-8") as file:
                self.assertTrue(file.read().startswith(begin))
        self.assertFalse(os.path.exists(os.path.join(self.ws.path, "data/daily_summaries")))

    def test_problems_give_one_and_a_final_check_counts_open_crops(self):
        keys = self.ws.keys()
        self.decide(keys[0], "crop", "--select", "1")
        self.assertEqual(self.ws.run("inspect", "p1").code, FINE)
        outcome = self.ws.run("inspect", "p1", "--final")
        self.assertEqual(outcome.code, FINDINGS)
        self.assertIn("crop_open", outcome.out)
        execute(self.ws.database, "UPDATE ai_decisions SET image_width=4096")
        self.assertEqual(self.ws.run("inspect", "p1").code, FINDINGS)
        self.assertEqual(self.ws.run("inspect", "--db", self.ws.database).code, FINE)  # the file alone does not know

    def test_validate_prints_the_sentences_of_the_scripts(self):
        keys = self.ws.keys()
        group_id = self.decide(keys[0], "crop", "--select", "1")
        outcome = self.ws.run("validate", "--db", self.ws.database, "--verbose")
        self.assertEqual(outcome.code, FINDINGS)
        created = self.ws.rows("SELECT timestamp FROM ai_decisions")[0][0]
        self.assertEqual(outcome.lines(), ["Found 1 images marked for crop but not yet cropped", f"  - Incomplete: {group_id} (created {created})"])
        self.ws.must("crop", "p1", keys[0], "--crop", "0.1,0.1,0.9,0.9")
        self.assertEqual(self.ws.must("validate", "--db", self.ws.database).out, "")
        self.assertEqual(self.ws.run("validate", "--db", "/nowhere.db").code, USAGE)

    def test_stats_name_what_they_were_counted_over(self):
        self.decide(self.ws.keys()[0], "reject")
        found = self.ws.must("stats", "p1", "--json").json()
        self.assertEqual(found, self.ws.must("stats", "--db", self.ws.database, "--json").json())
        self.assertEqual(found["by_action"], {"reject": 1})
        self.assertEqual(found["selection_accuracy"], {"hits": 0, "of": 0, "percent": None})

    def test_repair_is_one_step_and_leaves_a_report(self):
        for key in self.ws.keys():
            self.decide(key, "approve", "--select", "0")
        execute(self.ws.database, "UPDATE ai_decisions SET image_width=4096")
        before = self.ws.rows()
        planned = self.ws.must("repair", "p1", "--dry-run", "--json").json()["repairs"]
        self.assertEqual([repair["check"] for repair in planned], ["size_differs"] * 3)
        self.assertEqual(self.ws.rows(), before)
        self.assertEqual(self.ws.must("repair", "p1", "--json").json()["changed_rows"], 3)
        self.assertEqual(self.ws.run("inspect", "p1").code, FINE)
        self.assertEqual(len(os.listdir(os.path.join(self.ws.path, "data/daily_summaries"))), 2)
        self.ws.must("undo", "p1")
        self.assertEqual(self.ws.rows(), before)

    def test_damage_gives_three(self):
        with open(self.ws.database, "r+b") as file:
            file.seek(4096)
            file.write(b"\xa5" * 2000)
        outcome = self.ws.run("inspect", "--db", self.ws.database)
        self.assertEqual(outcome.code, DAMAGED, str(outcome))


if __name__ == "__main__":
    unittest.main()

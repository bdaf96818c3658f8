# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Deciding, taking back and looking back on the command line."""

import hashlib
import json
import os
import sqlite3
import subprocess
import unittest

from harness import (CLI, DAMAGED, FINDINGS, FINE, LOCKED, REFUSED, STAGES, USAGE, ProjectTest, census, execute, image_name,
                     png, rows)


class Groups(ProjectTest):
    def test_groups_and_leftovers_have_their_shape(self):
        self.ws.write("holiday.JPG", png(16, 16))
        self.ws.add_group(9, STAGES[:1])
        found = self.ws.must("groups", "p1").json()
        self.assertEqual(list(found), ["groups", "leftovers"])
        self.assertEqual(len(found["groups"]), 3)
        self.assertEqual([group["images"] for group in found["leftovers"]], [[image_name(9, STAGES[0], 0)], ["holiday.JPG"]])
        first = found["groups"][0]
        for member in ("key", "images", "stages", "state"):
            self.assertIn(member, first)
        self.assertEqual(first["images"], [image_name(0, STAGES[0], 0), image_name(0, STAGES[1], 1)])
        self.assertEqual(first["stages"], [1.0, 2.0])
        self.assertEqual(first["state"], "undecided")

    def test_a_query_picks_and_orders(self):
        self.ws.write("holiday.JPG", png(16, 16))
        keys = [group["key"] for group in self.ws.groups()]
        self.decide(keys[1], "reject")
        found = self.ws.must("groups", "p1", "--json", "--query", "state:undecided -name:HOLIDAY", "--sort", "-name").json()
        self.assertEqual(found["count"], len(keys) - 1)
        self.assertEqual([group["key"] for group in found["groups"]], [key for key in reversed(keys) if key != keys[1]])
        found = self.ws.must("groups", "p1", "--json", "--query", "action:reject", "--limit", "5").json()
        self.assertEqual([(group["key"], group["state"], group["kind"]) for group in found["groups"]], [(keys[1], "rejected", "group")])
        self.assertTrue(found["groups"][0]["annotator"])
        lines = self.ws.must("groups", "p1", "--query", "kind:single").out.splitlines()
        self.assertEqual([line.split("\t")[1:] for line in lines], [["undecided", "photos/holiday.JPG"]])
        found = self.ws.must("groups", "p1", "--json", "--query", "", "--limit", "1").json()
        self.assertEqual((found["count"], len(found["groups"])), (len(keys) + 1, 1))

    def test_rows_without_images_are_listed_by_queries(self):
        execute(self.ws.database, "INSERT INTO ai_decisions (group_id, timestamp, project_id, directory, images, user_selected_index,"
                " user_action, image_width, image_height) VALUES ('lost', '2026-01-02T03:04:05Z', 'p1', 'old', '[\"a.png\", \"b.png\"]', 1,"
                " 'approve', 9, 9)")
        found = self.ws.must("groups", "p1", "--json", "--query", "kind:row date:2026-01").json()
        self.assertEqual([(group["group_id"], group["cover"], group["missing"], group["reason"]) for group in found["groups"]],
                         [("lost", "b.png", 2, "no image matches")])

    def test_a_wrong_query_says_where(self):
        for words, text in ((["--query", "state:done"], "column 7"), (["--sort", "colour"], "sharpness"), (["--limit", "x"], "--limit")):
            outcome = self.ws.must("groups", "p1", *words, code=USAGE)
            self.assertIn(text, outcome.err)

    def test_keys_are_made_from_the_paths_and_stay(self):
        group = self.ws.groups()[0]
        text = "\0".join("photos/" + name for name in group["images"])
        self.assertEqual(group["key"], "g_" + hashlib.sha256(text.encode()).hexdigest()[:16])
        self.decide(group["key"], "approve", "--select", "1")
        self.ws.must("finalize", "p1")
        self.assertEqual(self.ws.groups()[0]["key"], group["key"])

    def test_the_same_disk_gives_the_same_list(self):
        self.assertEqual(self.ws.must("groups", "p1").out, self.ws.must("groups", "p1").out)

    def test_scan_counts(self):
        os.symlink("/etc/passwd", os.path.join(self.ws.images, "link.png"))
        found = self.ws.must("scan", "p1", "--json").json()
        self.assertEqual((found["images"], found["groups"], found["leftovers"], found["decided"]), (6, 3, 0, 0))
        self.assertEqual(found["skipped"], [{"path": "photos/link.png", "reason": "symbolic link"}])

    def test_a_time_gap_and_folders_divide(self):
        for words, expected in ((["--time-gap", "0.001"], 0), (["--per-folder"], 3), ([], 3)):
            name = "q" + str(len(words)) + str(expected)
            self.ws.must("project", "create", name, "--images", self.ws.images, *words)
            self.assertEqual(len(self.ws.must("groups", name).json()["groups"]), expected)


class Decide(ProjectTest):
    def row(self, group_id):
        connection = sqlite3.connect(self.ws.database)
        connection.row_factory = sqlite3.Row
        found = dict(connection.execute("SELECT * FROM ai_decisions WHERE group_id=?", (group_id,)).fetchone())
        connection.close()
        return found

    def test_an_approval_is_a_whole_row(self):
        key = self.ws.keys()[1]
        group_id = self.decide(key, "approve", "--select", "1")
        row = self.row(group_id)
        self.assertRegex(row["timestamp"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")
        self.assertTrue(group_id.endswith("_batch001_img002"), group_id)
        self.assertEqual(row["images"], json.dumps([image_name(1, STAGES[0], 0), image_name(1, STAGES[1], 1)]))
        self.assertEqual((row["project_id"], row["directory"], row["batch_number"]), ("p1", "photos", 1))
        self.assertEqual((row["user_action"], row["user_selected_index"], row["image_width"], row["image_height"]), ("approve", 1, 48, 32))
        for column in ("ai_selected_index", "ai_crop_coords", "ai_confidence", "final_crop_coords", "crop_timestamp", "selection_match",
                       "crop_match", "ai_crop_accepted"):
            self.assertIsNone(row[column], column)

    def test_a_crop_with_numbers_is_complete_and_keeps_them(self):
        for text, stored in (("0.1,0.2,0.8,0.9", "[0.1, 0.2, 0.8, 0.9]"), ("0,0,0.30000000000000004,1", "[0.0, 0.0, 0.30000000000000004, 1.0]"),
                             ("1e-07,0,1,0.5", "[1e-07, 0.0, 1.0, 0.5]")):
            row = self.row(self.decide(self.ws.keys()[0], "crop", "--select", "0", "--crop", text))
            self.assertEqual(row["final_crop_coords"], stored)
            self.assertEqual(json.dumps(json.loads(row["final_crop_coords"])), stored)
            self.assertEqual(row["crop_timestamp"], row["timestamp"])
            self.assertEqual(row["user_action"], "crop")

    def test_a_crop_of_every_pixel_is_an_approval(self):
        row = self.row(self.decide(self.ws.keys()[0], "crop", "--select", "0", "--crop", "0,0,1,1"))
        self.assertEqual((row["user_action"], row["final_crop_coords"]), ("approve", None))

    def test_a_crop_for_later_waits_in_the_queue(self):
        key = self.ws.keys()[0]
        group_id = self.decide(key, "crop", "--select", "1")
        self.assertIsNone(self.row(group_id)["final_crop_coords"])
        self.assertEqual(self.ws.groups()[0]["state"], "crop later")
        self.assertEqual(self.ws.must("crop", "p1", key, "--crop", "0.25,0.25,0.75,0.75").out, f"ack {group_id}\n")
        self.assertEqual(self.row(group_id)["final_crop_coords"], "[0.25, 0.25, 0.75, 0.75]")
        self.assertIsNotNone(self.row(group_id)["crop_timestamp"])

    def test_a_reject_needs_no_selection_and_counts_for_nothing(self):
        row = self.row(self.decide(self.ws.keys()[0], "reject"))
        self.assertEqual((row["user_action"], row["user_selected_index"], row["selection_match"]), ("reject", 0, None))

    def test_a_single_needs_no_selection(self):
        self.ws.write("holiday.png", png(20, 10))
        key = self.ws.must("groups", "p1").json()["leftovers"][0]["key"]
        row = self.row(self.decide(key, "approve"))
        self.assertEqual((row["images"], row["user_selected_index"], row["image_width"]), ('["holiday.png"]', 0, 20))

    def test_a_group_needs_a_selection_that_is_there(self):
        key = self.ws.keys()[0]
        self.expect(self.ws.run("decide", "p1", key, "approve"), USAGE, "--select")
        self.assertNotEqual(self.ws.run("decide", "p1", key, "approve", "--select", "2").code, FINE)
        self.expect(self.ws.run("decide", "p1", "g_0123456789abcdef", "reject"), USAGE, "g_0123456789abcdef")
        self.assertEqual(self.ws.rows(), [])

    def test_deciding_again_replaces_and_keeps_the_id(self):
        key = self.ws.keys()[0]
        first = self.decide(key, "approve", "--select", "1")
        self.assertEqual(self.decide(key, "reject"), first)
        self.assertEqual(self.decide(first, "approve", "--select", "0"), first)  # an id names its group too
        self.assertEqual(len(self.ws.rows()), 1)
        self.assertEqual(self.row(first)["user_selected_index"], 0)

    def test_a_dry_run_stores_nothing(self):
        before = census(self.ws.path)
        key = self.ws.keys()[0]
        self.assertEqual(self.ws.run("decide", "p1", key, "reject", "--dry-run").code, FINE)
        self.same_tree(before, census(self.ws.path))

    def test_nothing_is_left_beside_the_database(self):
        self.decide(self.ws.keys()[0], "reject")
        self.assertEqual(self.ws.small_files(), [])
        self.assertEqual(rows(self.ws.database, "PRAGMA journal_mode"), [("delete",)])

    def test_sets_of_five_are_split_first(self):
        stages = ("0_draft", "1_generated", "1.5_face_swapped", "2_upscaled", "3_enhanced")
        self.ws.add_group(8, stages)
        large = [group for group in self.ws.groups() if group["kind"] == "oversize"]
        self.assertEqual([len(group["images"]) for group in large], [5])
        self.expect(self.ws.run("decide", "p1", large[0]["key"], "approve", "--select", "1"), REFUSED, "split")
        parts = self.ws.must("split", "p1", large[0]["key"]).lines()
        self.assertEqual(len(parts), 2)
        self.decide(parts[0], "approve", "--select", "1")
        self.expect(self.ws.run("split", "p1", parts[0]), REFUSED)
        self.ws.must("undo", "p1")
        self.ws.must("undo", "p1")
        self.assertIn(large[0]["key"], self.ws.keys())


class Feed(ProjectTest):
    group_count = 6

    def feed(self, lines, *more, code=FINE, through_stdin=True):
        text = b"".join(line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n" for line in lines)
        if through_stdin:
            return self.ws.must("decide", "p1", "--from", "-", *more, stdin=text, code=code)
        path = os.path.join(self.ws.top, "decisions.jsonl")
        with open(path, "wb") as file:
            file.write(text)
        return self.ws.must("decide", "p1", "--from", path, *more, code=code)

    def test_each_line_is_answered_and_stored(self):
        keys = self.ws.keys()
        lines = [{"group": key, "action": "approve", "select": index % 2} for index, key in enumerate(keys)]
        lines[2] = {"group": keys[2], "action": "crop", "select": 1, "crop": [0.1, 0.1, 0.9, 0.9]}
        lines[3] = {"group": keys[3], "action": "reject"}
        outcome = self.feed(lines, through_stdin=False)
        acks = [line.split() for line in outcome.lines()]
        self.assertEqual([(word, number) for word, _, number in acks], [("ack", str(number)) for number in range(1, 7)])
        stored = {row[0] for row in self.ws.rows("SELECT group_id FROM ai_decisions")}
        self.assertEqual(stored, {group_id for _, group_id, _ in acks})
        self.assertEqual(self.ws.rows("SELECT user_action, count(*) FROM ai_decisions GROUP BY 1"), [("approve", 4), ("crop", 1), ("reject", 1)])

    def test_bad_lines_are_refused_by_number_and_the_rest_goes_on(self):
        key = self.ws.keys()[0]
        outcome = self.feed(
            [b"not json\n", b"\n", {"group": key}, {"group": key, "action": "fly"}, {"group": "g_0", "action": "reject"},
             {"group": key, "action": "approve"}, {"group": key, "action": "approve", "select": 7},
             {"group": key, "action": "crop", "select": 0, "crop": [0.9, 0, 0.1, 1]}, {"group": key, "action": "approve", "select": "0"},
             [1, 2], b'{"group": "\xff\xfe", "action": "reject"}\n', {"group": key, "action": "approve", "select": 1}],
            code=FINDINGS)
        answers = [line.split(" ", 2) for line in outcome.lines()]
        self.assertEqual([int(answer[1]) for answer in answers if answer[0] == "nak"], [1, 3, 4, 5, 6, 7, 8, 9, 10, 11])
        self.assertEqual([answer[2] for answer in answers if answer[0] == "ack"], ["12"])
        self.assertTrue(all(answer[2] for answer in answers if answer[0] == "nak"))
        self.assertEqual(len(self.ws.rows()), 1)

    def test_each_line_is_one_step_to_take_back(self):
        keys = self.ws.keys()
        self.feed([{"group": key, "action": "reject"} for key in keys] + [{"group": keys[0], "action": "approve", "select": 0}])
        self.assertEqual(len(self.ws.rows()), 6)
        self.ws.must("undo", "p1")
        self.assertEqual(self.ws.rows("SELECT count(*) FROM ai_decisions WHERE user_action='reject'"), [(6,)])
        for _ in keys:
            self.ws.must("undo", "p1")
        self.assertEqual(self.ws.rows(), [])
        self.expect(self.ws.run("undo", "p1"), REFUSED)

    def test_the_same_group_twice_is_one_row_with_the_last_word(self):
        key = self.ws.keys()[0]
        outcome = self.feed([{"group": key, "action": "reject"}, {"group": key, "action": "approve", "select": 1}])
        self.assertEqual(len({line.split()[1] for line in outcome.lines()}), 1)
        self.assertEqual(self.ws.rows("SELECT user_action, user_selected_index FROM ai_decisions"), [("approve", 1)])

    def test_acknowledgements_come_while_the_feed_goes_on(self):
        keys = self.ws.keys()
        process = subprocess.Popen([CLI, "--workspace", self.ws.path, "decide", "p1", "--from", "-"], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, env=self.ws.env)
        for number, key in enumerate(keys, 1):
            process.stdin.write(json.dumps({"group": key, "action": "reject"}).encode() + b"\n")
            process.stdin.flush()
            word, group_id, line = process.stdout.readline().split()
            self.assertEqual((word, line), (b"ack", str(number).encode()))
            self.assertEqual(rows(self.ws.database, "SELECT user_action FROM ai_decisions WHERE group_id=?", group_id.decode()), [("reject",)])
        process.stdin.close()
        self.assertEqual(process.wait(), FINE)
        process.stdout.close()

    def test_with_json_there_is_one_document(self):
        keys = self.ws.keys()
        found = self.feed([{"group": keys[0], "action": "reject"}, b"x\n"], "--json", code=FINDINGS).json()
        self.assertEqual((found["stored"], found["refused"]), (1, 1))

    def test_a_file_that_is_not_there_is_named(self):
        self.expect(self.ws.run("decide", "p1", "--from", "/nowhere.jsonl"), USAGE, "/nowhere.jsonl")

    def test_a_line_without_end_is_bounded(self):
        outcome = self.ws.run("decide", "p1", "--from", "-", stdin=b"[" * 3_000_000)
        self.assertNotIn(outcome.code, (FINE, 70), str(outcome))
        self.assertEqual(self.ws.rows(), [])


class BackAndForth(ProjectTest):
    def test_nothing_to_do_is_refused(self):
        self.expect(self.ws.run("undo", "p1"), REFUSED, "nothing to undo")
        self.expect(self.ws.run("redo", "p1"), REFUSED, "nothing to redo")

    def test_undo_and_redo_walk_over_runs_of_the_program(self):
        keys = self.ws.keys()
        states = [self.ws.rows()]
        for key, words in zip(keys + keys[:1], (["approve", "--select", "1"], ["crop", "--select", "0", "--crop", "0.1,0.1,0.5,0.5"],
                                                ["reject"], ["reject"])):
            self.decide(key, *words)
            states.append(self.ws.rows())
        for state in reversed(states[:-1]):
            self.ws.must("undo", "p1")
            self.assertEqual(self.ws.rows(), state)
        for state in states[1:]:
            self.ws.must("redo", "p1")
            self.assertEqual(self.ws.rows(), state)
        self.ws.must("ledger", "verify", "p1")

    def test_a_new_decision_clears_redo(self):
        keys = self.ws.keys()
        self.decide(keys[0], "reject")
        self.ws.must("undo", "p1")
        self.decide(keys[1], "reject")
        self.expect(self.ws.run("redo", "p1"), REFUSED)

    def test_a_row_that_a_script_changed_is_a_conflict_and_left_alone(self):
        group_id = self.decide(self.ws.keys()[0], "approve", "--select", "0")
        execute(self.ws.database, "UPDATE ai_decisions SET ai_confidence=0.5")
        before = self.ws.rows()
        self.expect(self.ws.run("undo", "p1"), REFUSED, group_id, "ai_confidence")
        self.assertEqual(self.ws.rows(), before)

    def test_history_is_kept_of_what_was_taken_back(self):
        key = self.ws.keys()[0]
        group_id = self.decide(key, "reject")
        self.ws.must("undo", "p1")
        entries = self.ws.must("history", "p1", "--json").json()["entries"]
        self.assertEqual([entry["kind"] for entry in entries[:2]], ["undo", "decide"])
        self.assertEqual(entries[0]["before"]["group_id"], group_id)
        self.assertIsNone(entries[0]["after"])
        self.assertEqual([entry["seq"] for entry in entries], sorted((entry["seq"] for entry in entries), reverse=True))
        self.assertEqual(len(self.ws.must("history", "p1", "--limit", "1", "--json").json()["entries"]), 1)

    def test_history_of_a_project_nobody_worked_on_is_empty(self):
        before = census(self.ws.path)
        self.assertEqual(self.ws.must("history", "p1", "--json").json(), {"entries": []})
        self.ws.must("ledger", "verify", "p1")
        self.same_tree(before, census(self.ws.path))

    def test_the_ledger_notices_what_others_did(self):
        self.decide(self.ws.keys()[0], "reject")
        found = self.ws.must("ledger", "verify", "p1", "--json").json()
        self.assertTrue(found["sound"])
        execute(self.ws.database, "UPDATE ai_decisions SET directory='x'")
        self.assertEqual(self.ws.run("ledger", "verify", "p1").code, FINDINGS)
        execute(self.ws.database, "DROP TRIGGER ps_ledger_no_update", "UPDATE ps_ledger SET detail='{}'")
        self.assertEqual(self.ws.run("ledger", "verify", "p1").code, DAMAGED)

    def test_two_cannot_work_at_once_but_one_may_look(self):
        key = self.ws.keys()[0]
        worker = subprocess.Popen([CLI, "--workspace", self.ws.path, "decide", "p1", "--from", "-"], stdin=subprocess.PIPE,
                                  stdout=subprocess.PIPE, env=self.ws.env)
        worker.stdin.write(json.dumps({"group": key, "action": "reject"}).encode() + b"\n")
        worker.stdin.flush()
        self.assertTrue(worker.stdout.readline().startswith(b"ack "))
        self.expect(self.ws.run("decide", "p1", key, "approve", "--select", "0"), LOCKED, f"process {worker.pid}")
        self.assertEqual(self.ws.groups()[0]["state"], "reject")
        self.assertEqual(self.ws.must("stats", "p1", "--json").json()["rows"], 1)
        worker.stdin.close()
        self.assertEqual(worker.wait(), FINE)
        worker.stdout.close()
        self.decide(key, "approve", "--select", "0")


if __name__ == "__main__":
    unittest.main()

# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The scripts go on working: what they do with Python's sqlite3 and json, while and after Proofsheet worked."""

import datetime
import json
import os
import sqlite3
import subprocess
import unittest

from harness import CLI, FINDINGS, FINE, STAGES, ProjectTest, Workspace, execute, image_name, png, rows

COLUMNS = ("group_id", "timestamp", "project_id", "directory", "batch_number", "images", "ai_selected_index", "ai_crop_coords",
           "ai_confidence", "user_selected_index", "user_action", "final_crop_coords", "crop_timestamp", "image_width",
           "image_height", "selection_match", "crop_match")


def now():
    return datetime.datetime.utcnow().isoformat() + "Z"


def log_decision(database, group_id, images, selected, action, size, ai_index=None, ai_crop=None, confidence=None):
    """A decision as the reviewer of the scripts stores it: one connection, 17 columns by name, default settings."""
    assert 2 <= len(images) <= 4 and 0 <= selected < len(images)
    connection = sqlite3.connect(database)
    try:
        connection.execute(
            f"INSERT INTO ai_decisions ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})",
            (group_id, now(), "p1", "photos", 1, json.dumps(images), ai_index, json.dumps(ai_crop) if ai_crop else None, confidence,
             selected, action, None, None, size[0], size[1], ai_index == selected, None))
        connection.commit()
    finally:
        connection.close()


def crop_matches(ai, user, tolerance=0.05):
    return all(not abs(a - b) > tolerance for a, b in zip(ai, user))


def update_with_crop(database, group_id, coords):
    """A crop as the cropper of the scripts stores it."""
    connection = sqlite3.connect(database)
    try:
        found = connection.execute("SELECT ai_crop_coords FROM ai_decisions WHERE group_id = ?", (group_id,)).fetchone()
        if found is None:
            raise ValueError(f"Group ID not found: {group_id}")
        match = crop_matches(json.loads(found[0]), coords) if found[0] else None
        connection.execute("UPDATE ai_decisions SET final_crop_coords = ?, crop_timestamp = ?, crop_match = ? WHERE group_id = ?",
                           (json.dumps(coords), now(), match, group_id))
        connection.commit()
    finally:
        connection.close()


class OnOurDatabase(ProjectTest):
    def images(self, number):
        return [image_name(number, STAGES[slot], slot) for slot in (0, 1)]

    def test_a_new_database_takes_the_schema_of_the_scripts_again(self):
        before = rows(self.ws.database, "SELECT sql FROM sqlite_schema ORDER BY name")
        connection = sqlite3.connect(self.ws.database)
        with open(os.path.join(self.ws.path, "data/schema/ai_training_decisions_v3.sql"), encoding="utf-8") as file:
            connection.executescript(file.read())
        connection.close()
        self.assertEqual(rows(self.ws.database, "SELECT sql FROM sqlite_schema ORDER BY name"), before)
        self.assertEqual(rows(self.ws.database, "PRAGMA user_version"), [(0,)])

    def test_their_rows_are_ours(self):
        log_decision(self.ws.database, "p1_group_20251021_234530", self.images(0), 1, "approve", (48, 32), 1, [0.1, 0.1, 0.9, 0.9], 0.75)
        log_decision(self.ws.database, "p1_group_20251021T170444198868_batch001_img002", self.images(1), 1, "crop", (48, 32))
        groups = self.ws.groups()
        self.assertEqual([group["state"] for group in groups], ["approve", "crop later", "undecided"])
        self.assertEqual(groups[0]["group_id"], "p1_group_20251021_234530")
        self.assertEqual(self.ws.run("inspect", "p1").code, FINE)
        update_with_crop(self.ws.database, groups[1]["group_id"], [0.25, 0.0, 0.75, 1.0])
        self.ws.must("inspect", "p1", "--final")
        self.ws.must("finalize", "p1")
        self.assertIn("__selected/" + self.images(0)[1], self.ws.census())

    def test_our_rows_are_theirs(self):
        keys = self.ws.keys()
        crop_id = self.decide(keys[0], "crop", "--select", "1", "--crop", "0.1,0.2,0.8,1e-01".replace("1e-01", "0.9"))
        self.decide(keys[1], "approve", "--select", "0")
        later = self.decide(keys[2], "crop", "--select", "0")
        # What the trainers read.
        connection = sqlite3.connect(self.ws.database)
        connection.row_factory = sqlite3.Row
        for row in connection.execute("SELECT * FROM ai_decisions"):
            names = json.loads(row["images"])
            self.assertEqual(json.dumps(names), row["images"])
            self.assertTrue(os.path.isfile(os.path.join(self.ws.path, row["directory"], names[row["user_selected_index"]])))
            datetime.datetime.fromisoformat(row["timestamp"][:-1])
        self.assertEqual([row["group_id"] for row in connection.execute("SELECT * FROM incomplete_crops")], [later])
        performance = connection.execute("SELECT * FROM ai_performance").fetchone()
        self.assertEqual(tuple(performance), ("p1", 3, 0, 0, 0.0, 0.0))
        connection.close()
        # And what the cropper does.
        update_with_crop(self.ws.database, later, [0.0, 0.0, 0.5, 0.5])
        with self.assertRaises(ValueError):
            update_with_crop(self.ws.database, "unknown", [0.0, 0.0, 0.5, 0.5])
        self.assertEqual([group["state"] for group in self.ws.groups()], ["crop", "approve", "crop"])
        self.assertEqual(json.loads(self.ws.rows(f"SELECT final_crop_coords FROM ai_decisions WHERE group_id='{crop_id}'")[0][0]), [0.1, 0.2, 0.8, 0.9])
        with self.assertRaises(sqlite3.IntegrityError):
            log_decision(self.ws.database, later, self.images(2), 0, "approve", (48, 32))

    def test_json_columns_are_those_of_python(self):
        names = ["20250705_235900_stage1_ä ö.png", "20250705_235901_stage2_\U0001f600 \"q\".png", "20250705_235902_stage3_a\tb\\c.png"]
        for slot, name in enumerate(names):
            self.ws.write(name, png(48, 32, slot))
        key = next(group["key"] for group in self.ws.groups() if group["images"][0] == names[0])
        numbers = [0.1 + 0.2 - 0.3, 1e-7, 0.30000000000000004, 1]
        self.decide(key, "crop", "--select", "2", "--crop", ",".join(repr(number) for number in numbers))
        found = self.ws.rows("SELECT images, final_crop_coords FROM ai_decisions")[0]
        self.assertEqual(found, (json.dumps(names), json.dumps([float(number) for number in numbers])))

    def test_both_sides_work_at_the_same_time(self):
        """The scripts insert and crop while a session of ours is open; nobody overwrites anybody, and each sees the other."""
        keys = self.ws.keys()
        ours = subprocess.Popen([CLI, "--workspace", self.ws.path, "decide", "p1", "--from", "-"], stdin=subprocess.PIPE,
                                stdout=subprocess.PIPE, env=self.ws.env)

        def say(**line):
            ours.stdin.write(json.dumps(line).encode() + b"\n")
            ours.stdin.flush()
            return ours.stdout.readline().decode().split(" ", 2)

        answer = say(group=keys[0], action="crop", select=1)
        self.assertEqual(answer[0], "ack")
        first = answer[1]
        update_with_crop(self.ws.database, first, [0.1, 0.1, 0.5, 0.5])
        log_decision(self.ws.database, "p1_group_20251021_000000", self.images(1), 0, "approve", (48, 32))
        answer = say(group=keys[2], action="reject")
        self.assertEqual(answer[0], "ack")
        # Ours sees the row of the script and does not decide its group a second time behind its back.
        say(group=keys[1], action="reject")
        ours.stdin.close()
        self.assertEqual(ours.wait() in (FINE, FINDINGS), True)
        ours.stdout.close()
        found = dict(self.ws.rows("SELECT group_id, final_crop_coords FROM ai_decisions"))
        self.assertEqual(found[first], "[0.1, 0.1, 0.5, 0.5]")
        self.assertEqual(len(found), 3)
        self.assertIn("p1_group_20251021_000000", found)
        self.assertEqual([group["state"] for group in self.ws.groups()][0], "crop")
        self.assertEqual(self.ws.small_files(), [])
        verified = self.ws.run("ledger", "verify", "p1", "--json")
        self.assertEqual((verified.code, verified.json()["first_bad"], verified.json()["changed"]), (FINDINGS, None, [first]))
        self.decide(first, "crop", "--select", "1", "--crop", "0.2,0.2,0.6,0.6")  # the next one to work finds it and writes it down
        self.assertTrue(self.ws.must("ledger", "verify", "p1", "--json").json()["sound"])
        kinds = [entry["kind"] for entry in self.ws.must("history", "p1", "--json").json()["entries"]]
        self.assertEqual(kinds[:2], ["decide", "external change"])

    def test_a_script_that_copies_the_file_alone_has_it_whole(self):
        for key in self.ws.keys():
            self.decide(key, "reject")
        copy = os.path.join(self.ws.top, "copy.db")
        with open(self.ws.database, "rb") as source, open(copy, "wb") as target:
            target.write(source.read())
        self.assertEqual(rows(copy, "SELECT count(*) FROM ai_decisions"), [(3,)])
        self.assertEqual(rows(copy, "PRAGMA integrity_check"), [("ok",)])

    def test_a_script_that_holds_the_file_is_not_cut_off(self):
        connection = sqlite3.connect(self.ws.database)
        self.assertEqual(connection.execute("SELECT count(*) FROM ai_decisions").fetchone(), (0,))
        self.decide(self.ws.keys()[0], "reject")
        self.assertEqual(connection.execute("SELECT count(*) FROM ai_decisions").fetchone(), (1,))
        with connection:
            connection.execute("UPDATE ai_decisions SET directory='theirs'")
        connection.close()
        self.assertEqual(self.ws.rows("SELECT directory FROM ai_decisions"), [("theirs",)])
        self.assertEqual(self.ws.run("ledger", "verify", "p1").code, FINDINGS)
        self.decide(self.ws.keys()[1], "reject")  # work goes on
        self.assertEqual(self.ws.must("ledger", "verify", "p1", "--json").json()["changed"], [])  # and the change is in the ledger

    def test_sidecars_are_what_the_cropper_reads(self):
        key = self.ws.keys()[0]
        self.ws.write(self.images(0)[1][:-4] + ".decision", json.dumps({"group_id": "old", "note": "ours"}, indent=2).encode())
        group_id = self.decide(key, "crop", "--select", "1")
        self.ws.must("finalize", "p1")
        image = os.path.join(self.ws.path, "__crop", self.images(0)[1])
        with open(os.path.splitext(image)[0] + ".decision", encoding="utf-8") as file:
            text = file.read()
        sidecar = json.loads(text)
        self.assertEqual(text, json.dumps(sidecar, indent=2))
        self.assertEqual((sidecar["group_id"], sidecar["needs_crop"], sidecar["ai_route"], sidecar["note"]), (group_id, True, "manual", "ours"))


class OnTheirDatabase(unittest.TestCase):
    def test_a_database_of_seventeen_columns_without_views_is_worked_on_as_it_is(self):
        ws = Workspace()
        self.addCleanup(ws.close)
        for number in range(2):
            ws.add_group(number)
        ws.create()
        os.remove(ws.database)
        execute(ws.database, "CREATE TABLE ai_decisions (group_id TEXT PRIMARY KEY, timestamp TEXT NOT NULL, project_id TEXT NOT NULL, "
                "directory TEXT, batch_number INTEGER, images TEXT NOT NULL, ai_selected_index INTEGER, ai_crop_coords TEXT, "
                "ai_confidence REAL, user_selected_index INTEGER NOT NULL, user_action TEXT NOT NULL, final_crop_coords TEXT, "
                "crop_timestamp TEXT, image_width INTEGER NOT NULL, image_height INTEGER NOT NULL, selection_match BOOLEAN, "
                "crop_match BOOLEAN, CHECK (user_action IN ('approve', 'crop', 'reject')))")
        ours = "name LIKE 'ps\\_%' ESCAPE '\\' OR name LIKE 'sqlite\\_%' ESCAPE '\\'"
        schema = rows(ws.database, f"SELECT sql FROM sqlite_schema WHERE NOT ({ours})")
        names = [image_name(0, STAGES[slot], slot) for slot in (0, 1)]
        log_decision(ws.database, "p1_legacy_0001", names, 1, "approve", (48, 32))
        ws.must("decide", "p1", ws.keys()[1], "reject")
        self.assertEqual(len(rows(ws.database, "SELECT * FROM ai_decisions")), 2)
        self.assertEqual(rows(ws.database, f"SELECT sql FROM sqlite_schema WHERE NOT ({ours})"), schema)

    def test_a_prediction_database_is_read_and_never_written(self):
        ws = Workspace()
        self.addCleanup(ws.close)
        ws.add_group(0)
        ws.create()
        names = [image_name(0, STAGES[slot], slot) for slot in (0, 1)]
        predictions = ws.database[:-3] + "_ai_predictions_temp.db"
        execute(predictions, "CREATE TABLE ai_decisions (group_id TEXT PRIMARY KEY, project_id TEXT, images TEXT NOT NULL, "
                "ai_selected_index INTEGER, ai_crop_coords TEXT, ai_confidence REAL)",
                ("INSERT INTO ai_decisions VALUES ('p1_group_20250705_1', 'p1', ?, 1, '[0.1, 0.1, 0.9, 0.9]', 0.75)", (json.dumps(names),)))
        with open(predictions, "rb") as file:
            before = file.read()
        ws.must("decide", "p1", ws.keys()[0], "approve", "--select", "1")
        with open(predictions, "rb") as file:
            self.assertEqual(file.read(), before)
        # Nothing was on a screen, so nothing of it is stored.
        self.assertEqual(rows(ws.database, "SELECT ai_selected_index, ai_crop_accepted FROM ai_decisions"), [(None, None)])


if __name__ == "__main__":
    unittest.main()

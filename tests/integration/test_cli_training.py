# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Training on the command line: from decisions and images to a model, and what cannot be learned from."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import unittest

from harness import CLI, FINDINGS, FINE, PATIENCE, REFUSED, USAGE, environment, png, run

STAGES = ("stage1_generated", "stage2_upscaled", "stage3_enhanced")
SIDES = (40, 72, 56)  # the second one is the largest


def read(path):
    with open(path, "rb") as file:
        return file.read()


class Training(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        """A project of 40 groups: the largest picture is picked, whatever its stage; half are cropped to the left or the right."""
        cls.folder = tempfile.mkdtemp(prefix="proofsheet-training-")
        images = os.path.join(cls.folder, "images")
        os.mkdir(images)
        for group in range(40):
            for stage, name in enumerate(STAGES):
                side = SIDES[(group + stage) % 3]
                path = os.path.join(images, f"20250705_{100000 + group * 100 + stage}_{name}.png")
                with open(path, "wb") as file:
                    file.write(png(side, side if group % 4 else side // 2, group * 3 + stage))
        cls.call("project", "create", "p1", "--images", images)
        cls.call("embed", "--project", "p1", "--jobs", "2")
        groups = cls.call("groups", "p1", "--json").json()["groups"]
        lines = []
        for number, group in enumerate(groups):
            best = max(range(3), key=lambda k: SIDES[(number + k) % 3])
            line = {"group": group["key"], "action": "approve", "select": best}
            if number % 2:
                left = 0.05 if number % 4 == 1 else 0.3
                line.update(action="crop", crop=[left, 0.1, left + 0.6, 0.8])
            lines.append(json.dumps(line))
        cls.call("decide", "p1", "--from", "-", stdin="\n".join(lines).encode())
        cls.database = os.path.join(cls.folder, "data/training/ai_training_decisions/p1.db")

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    @classmethod
    def call(cls, *arguments, expected=FINE, stdin=b""):
        outcome = run(*arguments, "--workspace", cls.folder, stdin=stdin)
        assert outcome.code == expected, str(outcome)
        return outcome

    def setUp(self):
        self.out = tempfile.mkdtemp(prefix="proofsheet-models-")
        self.addCleanup(shutil.rmtree, self.out)

    def train(self, task="ranker", *more, name="ranker_v7.pt", expected=FINE, database=None):
        return self.call("train", task, "--db", database or self.database, "--out", os.path.join(self.out, name), "--json", *more,
                         expected=expected)

    def database_with(self, *statements):
        path = os.path.join(self.out, "p2.db")
        with sqlite3.connect(self.database) as source, sqlite3.connect(path) as target:
            source.backup(target)
            for statement in statements:
                target.execute(statement)
        return path

    def refuses(self, sentence, *statements, task="ranker"):
        outcome = self.train(task, expected=REFUSED, database=self.database_with(*statements))
        self.assertIn(sentence, outcome.err)
        self.assertEqual(["p2.db"], os.listdir(self.out))

    def test_a_ranker_is_written_with_its_figures(self):
        outcome = self.train()
        report = outcome.json()["report"]
        self.assertEqual({"highest stage", "first", "random"}, {score["name"] for score in report["baselines"]} & {"highest stage", "first", "random"})
        self.assertEqual(40, outcome.json()["groups"])
        epochs = [json.loads(line) for line in outcome.err.splitlines() if line.startswith("{")]
        self.assertGreater(len(epochs), 5)
        self.assertEqual({"epoch", "epochs", "train_loss", "hold_out_loss", "hold_out_score", "variant"}, set(epochs[0]))
        metadata = json.loads(read(os.path.join(self.out, "ranker_v7_metadata.json")))
        self.assertEqual("v7", metadata["model_version"])
        self.assertEqual(report, metadata["proofsheet"]["report"])
        held = set(metadata["proofsheet"]["split"]["hold_out"])
        self.assertEqual(report["hold_out_groups"], len(held))
        # The next one holds the same groups out, and nothing is replaced.
        self.train(name="ranker_v8.pt")
        again = json.loads(read(os.path.join(self.out, "ranker_v8_metadata.json")))
        self.assertEqual(held, set(again["proofsheet"]["split"]["hold_out"]))
        self.assertIn("ranker_v7", self.train(expected=REFUSED).err)

    def test_the_same_seed_gives_the_same_model(self):
        models = []
        for name, seed in (("a/ranker_v1.pt", "1"), ("b/ranker_v1.pt", "1"), ("c/ranker_v1.pt", "2")):
            self.train("ranker", "--seed", seed, "--epochs", "3", name=name)
            models.append(read(os.path.join(self.out, name)))
        self.assertEqual(models[0], models[1])
        self.assertNotEqual(models[0], models[2])

    def test_a_crop_proposer_is_written(self):
        outcome = self.train("crop", name="crop_proposer_v1.pt")
        self.assertEqual(20, outcome.json()["groups"])
        self.assertEqual(20, outcome.json()["excluded"]["approved whole"])

    def test_what_cannot_be_learned_from_is_refused_and_leaves_nothing(self):
        self.refuses("no decisions", "DELETE FROM ai_decisions")
        self.refuses("too few", "DELETE FROM ai_decisions WHERE rowid > (SELECT rowid FROM ai_decisions ORDER BY rowid LIMIT 1 OFFSET 2)")
        self.refuses("every decision is a reject", "UPDATE ai_decisions SET user_action = 'reject'")
        self.refuses("same box", "UPDATE ai_decisions SET user_action = 'crop', final_crop_coords = '[0.1, 0.1, 0.9, 0.9]'", task="crop")

    def test_what_makes_no_sense_is_said_so(self):
        self.assertIn("--db", self.call("train", "ranker", expected=USAGE).err)
        for option, value in (("--epochs", "0"), ("--epochs", "x"), ("--batch-size", "-1"), ("--learning-rate", "0"), ("--features", "all"), ("--threads", "0")):
            self.assertIn(option, self.train("ranker", option, value, expected=USAGE).err)
        self.train("ranker", database=os.path.join(self.out, "none.db"), expected=USAGE)

    def test_a_stopped_training_leaves_nothing(self):
        process = subprocess.Popen([CLI, "train", "ranker", "--db", self.database, "--out", os.path.join(self.out, "ranker_v1.pt"), "--json", "--epochs", "100000",
                                    "--features", "context", "--workspace", self.folder, "--hold-out", "none"],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
        process.stderr.readline()  # it is learning
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)
        self.assertEqual(FINDINGS, process.returncode)
        self.assertEqual([], os.listdir(self.out))

    def test_the_plan_writes_nothing(self):
        self.assertEqual(40, self.train("ranker", "--dry-run").json()["groups"])
        self.assertEqual([], os.listdir(self.out))


if __name__ == "__main__":
    unittest.main()

# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""similar and map from outside, and the lists that need embeddings."""

import json
import os
import unittest

from harness import FINE, USAGE, Workspace, png


class Similar(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.space = Workspace()
        cls.addClassCleanup(cls.space.close)
        for number in range(1, 7):
            cls.space.add_group(number)
        # The twin of group 3: other names, the same pictures.
        for slot in range(2):
            cls.space.write(f"20250705_12000{slot}_stage{slot + 1}_twin.png", png(48, 32, seed=30 + slot))
        cls.space.create()
        cls.space.must("embed", "--project", "p1")

    def groups(self, *arguments):
        return [group["key"] for group in self.space.must("groups", "p1", "--json", *arguments).json()["groups"]]

    def test_the_twin_is_the_most_similar(self):
        cover = self.space.must("groups", "p1", "--json", "--query", "name:twin").json()["groups"][0]
        outcome = self.space.must("similar", cover["key"], "--project", "p1", "--count", "3", "--json").json()
        self.assertEqual(len(outcome["similar"]), 3)
        self.assertGreater(outcome["similar"][0]["cosine"], 0.9999)
        self.assertGreaterEqual(outcome["similar"][0]["cosine"], outcome["similar"][2]["cosine"])
        self.assertNotEqual(outcome["similar"][0]["path"], "photos/" + cover["cover"])
        by_path = self.space.must("similar", "photos/" + cover["cover"], "--project", "p1", "--count", "3", "--json").json()
        self.assertEqual(by_path["similar"], outcome["similar"])

    def test_what_has_no_embedding_is_not_found(self):
        self.assertNotEqual(self.space.run("similar", "photos/none.png", "--project", "p1").code, FINE)
        self.assertEqual(self.space.run("similar", "x").code, USAGE)
        self.assertEqual(self.space.run("similar", "x", "--project", "p1", "--count", "0").code, USAGE)

    def test_a_map_is_the_same_twice(self):
        places = []
        for name in ("a.json", "b.json"):
            path = os.path.join(self.space.top, name)
            self.space.must("map", "--project", "p1", "--out", path)
            with open(path, encoding="utf-8") as file:
                places.append(file.read())
        self.assertEqual(places[0], places[1])
        points = json.loads(places[0])["points"]
        self.assertEqual(sorted(point["group"] for point in points), sorted(self.groups("--query", "kind:group or kind:single")))
        for point in points:
            self.assertTrue(-1 <= point["x"] <= 1 and -1 <= point["y"] <= 1, point)
        self.assertNotEqual(self.space.run("map", "--project", "p1", "--out", path).code, FINE)  # never replaced
        self.space.must("map", "--project", "p1", "--out", path, "--force")

    def test_lists(self):
        everything = self.groups("--query", "")
        first = everything[0]
        similar = self.groups("--query", f"similar:{first}", "--sort", "similar")
        self.assertEqual(similar[0], first)
        self.assertEqual(sorted(similar), sorted(everything))
        self.assertEqual(sorted(self.groups("--sort", "representative")), sorted(everything))
        self.assertEqual(self.groups("--query", "duplicate:yes", "--sort", "duplicates"), [])  # nothing was surveyed
        self.space.run("duplicates", "p1")
        self.assertNotEqual(self.groups("--query", "duplicate:yes", "--sort", "duplicates"), [])
        self.space.must("groups", "p1", "--query", "quality:ugly", code=USAGE)


if __name__ == "__main__":
    unittest.main()

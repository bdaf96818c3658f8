# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the window ends when the system ends it: the database alone is a whole copy afterwards."""

import os
import signal
import subprocess
import time
import unittest

from harness import BIN, PATIENCE, project

WINDOW = os.path.join(BIN, "proofsheet")


class WindowEnd(unittest.TestCase):
    def setUp(self):
        # A name as people give it.
        self.ws = project(2, stem="Fotos für Prüfung", images="Bilder größer")
        self.addCleanup(self.ws.close)

    def start(self):
        """The window over the project, when it works on it: the log of SQLite is there."""
        env = dict(self.ws.env, QT_QPA_PLATFORM="offscreen", HOME=self.ws.top, XDG_RUNTIME_DIR=self.ws.top,
                   XDG_CONFIG_HOME=os.path.join(self.ws.top, "config"))
        process = subprocess.Popen([WINDOW, "--workspace", self.ws.path, "--project", "p1"], env=env,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(process.kill)
        end = time.monotonic() + PATIENCE
        while not os.path.exists(self.ws.database + "-wal"):
            self.assertIsNone(process.poll(), "the window ended by itself")
            self.assertLess(time.monotonic(), end, "the project was never opened for work")
            time.sleep(0.05)
        return process

    def test_a_polite_signal_closes_the_project(self):
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            with self.subTest(signal=number.name):
                process = self.start()
                process.send_signal(number)
                self.assertEqual(process.wait(PATIENCE), 0)
                self.assertEqual(self.ws.small_files(), [])

    def test_control_a_kill_leaves_the_log_behind(self):
        process = self.start()
        process.kill()
        process.wait(PATIENCE)
        self.assertIn("p1.db-wal", self.ws.small_files())
        self.ws.must("undo", "p1", code=5)  # nothing to undo, and the program that comes next puts things in order
        self.assertEqual(self.ws.small_files(), [])

    def test_a_second_window_may_only_look(self):
        first = self.start()
        before = sorted(self.ws.small_files())
        self.ws.must("undo", "p1", code=4)
        self.assertEqual(sorted(self.ws.small_files()), before)
        first.send_signal(signal.SIGTERM)
        self.assertEqual(first.wait(PATIENCE), 0)


if __name__ == "__main__":
    unittest.main()

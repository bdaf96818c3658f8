# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""SIGKILL at random moments of `decide --from`: whatever was acknowledged is in the table."""

import fcntl
import json
import os
import random
import select
import signal
import sqlite3
import subprocess
import sys
import time
import unittest

from harness import CLI, PATIENCE, project, rows

KILLS = int(os.environ.get("PS_KILLS", "300"))
SEED = int(os.environ.get("PS_SEED", "20260701"))
GROUPS = 30
LINES = 240

# Tells what it has stored before it is stored.
CAREFUL_LOOKING_WRITER = """
import json, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA journal_mode=WAL")
connection.execute("BEGIN")
for number, line in enumerate(open(sys.argv[2]), 1):
    wanted = json.loads(line)
    connection.execute("UPDATE ai_decisions SET user_selected_index=?, final_crop_coords=? WHERE group_id=?",
                       (wanted["select"], json.dumps(wanted["crop"]), wanted["group"]))
    print("ack", wanted["group"], number, flush=True)
    if number % 50 == 0:
        connection.execute("COMMIT")
        connection.execute("BEGIN")
connection.execute("COMMIT")
"""


def crop_of(run, line):
    """A box that no other line of no other run has: the row tells which line it comes from."""
    return [run / 8192, line / 8192, 0.9375, 0.9375]


def line_of(row_crop, run):
    """The line of this run that stored the crop; 0 when it comes from an earlier one."""
    x1, y1 = json.loads(row_crop)[:2]
    return round(y1 * 8192) if round(x1 * 8192) == run else 0


def run_and_kill(command, delay, enough=LINES + 1):
    """Starts a writer, reads its answers and kills it `delay` seconds after its start, or once it has given `enough`
    answers. Returns the answers, whether it died of it, and its process."""
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, start_new_session=True)
    if enough <= LINES:
        fcntl.fcntl(process.stdout, fcntl.F_SETPIPE_SZ, 4096)  # so that the writer is never far ahead of what was read
    output = b""
    deadline = time.monotonic() + delay
    is_open = True
    while is_open and output.count(b"\n") < enough and (left := deadline - time.monotonic()) > 0:
        if select.select([process.stdout], [], [], left)[0]:
            chunk = os.read(process.stdout.fileno(), 4096)
            output += chunk
            is_open = bool(chunk)
    if not is_open:
        process.wait(PATIENCE)
    process.send_signal(signal.SIGKILL)
    output += process.stdout.read()
    process.stdout.close()
    process.wait(PATIENCE)
    answers = [line.decode().split() for line in output.split(b"\n")[:-1]]  # what has no end was not said
    return answers, process.returncode == -signal.SIGKILL, process.pid


def lost(database, run, answers):
    """Lines that were acknowledged and are not in the table, nor overwritten by a later line of the same run."""
    acknowledged = {}
    for _, group_id, number in answers:
        acknowledged[group_id] = max(int(number), acknowledged.get(group_id, 0))
    stored = dict(rows(database, "SELECT group_id, final_crop_coords FROM ai_decisions"))
    return [(group_id, number) for group_id, number in acknowledged.items()
            if group_id not in stored or line_of(stored[group_id], run) < number]


def sessions_alive(sessions):
    alive = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as file:
                    fields = file.read().rsplit(") ", 1)[1].split()
            except OSError:
                continue
            if int(fields[3]) in sessions and fields[0] != "Z":
                alive.append(int(name))
    return alive


class Kills(unittest.TestCase):
    def setUp(self):
        self.ws = project(GROUPS)
        self.addCleanup(self.ws.close)
        self.random = random.Random(SEED)
        self.feed = os.path.join(self.ws.top, "feed.jsonl")
        self.keys = self.ws.keys()
        self.command = [CLI, "--workspace", self.ws.path, "decide", "p1", "--from", self.feed]
        os.environ["XDG_CACHE_HOME"] = os.path.join(self.ws.top, "cache")

    def write_feed(self, run, groups):
        with open(self.feed, "w", encoding="utf-8") as file:
            for line in range(1, LINES + 1):
                wanted = {"group": groups[self.random.randrange(len(groups))], "action": "crop", "select": line % 2, "crop": crop_of(run, line)}
                file.write(json.dumps(wanted) + "\n")

    def duration(self, command):
        begin = time.monotonic()
        subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)
        return time.monotonic() - begin

    def sound(self):
        connection = sqlite3.connect(self.ws.database)
        self.assertEqual(connection.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
        connection.close()
        self.assertTrue(self.ws.must("ledger", "verify", "p1", "--json").json()["sound"])

    def test_nothing_that_was_acknowledged_is_lost(self):
        print(f"seed {SEED}, {KILLS} kills", file=sys.stderr)
        self.write_feed(4000, self.keys)
        whole = self.duration(self.command)
        kills = acknowledged = early = late = runs = 0
        sessions = set()
        while kills < KILLS:
            runs += 1
            self.assertLess(runs, 4 * KILLS + 100, "too few of the runs were hit")
            self.write_feed(runs, self.keys)
            enough = self.random.randrange(1, LINES) if runs % 3 == 0 else LINES + 1
            answers, was_killed, pid = run_and_kill(self.command, self.random.uniform(0, 1.05 * whole), enough)
            sessions.add(pid)
            self.assertEqual({answer[0] for answer in answers} - {"ack"}, set())
            self.assertEqual(lost(self.ws.database, runs, answers), [], f"run {runs}, seed {SEED}")
            self.assertEqual(rows(self.ws.database, "PRAGMA quick_check"), [("ok",)])
            kills += was_killed
            acknowledged += len(answers)
            early += was_killed and not answers
            late += was_killed and len(answers) == LINES
            if runs % 50 == 0:
                self.sound()
        self.sound()
        # What the last one left is taken up, and work goes on.
        self.ws.must("decide", "p1", self.keys[0], "approve", "--select", "0")
        self.ws.must("inspect", "p1")
        deadline = time.monotonic() + PATIENCE
        while sessions_alive(sessions) and time.monotonic() < deadline:
            time.sleep(0.05)
        self.assertEqual(sessions_alive(sessions), [], "helpers of killed programs live on")
        print(f"{kills} kills in {runs} runs of {whole:.2f} s, {acknowledged} lines acknowledged, none lost; "
              f"{early} died before the first line, {late} after the last", file=sys.stderr)
        # The kills fell before, between and behind the lines.
        self.assertGreater(early, 0)
        self.assertGreater(kills - early - late, KILLS // 5)
        self.assertGreater(acknowledged, 20 * KILLS)

    def test_a_writer_that_tells_too_early_is_caught(self):
        self.write_feed(4000, self.keys)
        self.ws.must("decide", "p1", "--from", self.feed)
        ids = [row[0] for row in rows(self.ws.database, "SELECT group_id FROM ai_decisions")]
        command = [sys.executable, "-c", CAREFUL_LOOKING_WRITER, self.ws.database, self.feed]
        self.write_feed(4001, ids)
        self.duration(command)
        caught = 0
        for run in range(1, 61):
            self.write_feed(run, ids)
            answers, _, _ = run_and_kill(command, PATIENCE, self.random.randrange(1, LINES))
            caught += len(lost(self.ws.database, run, answers)) > 0
        print(f"the control lost rows in {caught} of 60 runs", file=sys.stderr)
        self.assertGreater(caught, 2)


if __name__ == "__main__":
    unittest.main()

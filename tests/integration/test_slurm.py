# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The example for array jobs, run by slurmctld and slurmd of Debian on this machine."""

import getpass
import os
import shutil
import socket
import subprocess
import tempfile
import time
import unittest

from harness import CLI, FINE, environment, png, run

SCRIPT = os.path.join(os.environ["PS_SOURCE_DIR"], "packaging", "examples", "slurm_embed.sh")
PATIENCE = 120


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


CONFIGURATION = """
ClusterName=proofsheet
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={control_port}
SlurmdPort={node_port}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={top}/munge.socket
CredType=cred/munge
StateSaveLocation={top}/state
SlurmdSpoolDir={top}/spool
SlurmctldPidFile={top}/slurmctld.pid
SlurmdPidFile={top}/slurmd.pid
SlurmctldLogFile={top}/slurmctld.log
SlurmdLogFile={top}/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
ReturnToService=2
SwitchType=switch/none
NodeName={host} NodeAddr=127.0.0.1 CPUs={cpus} RealMemory=1000 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


def missing():
    names = [name for name in ("slurmctld", "slurmd", "munged", "sbatch") if not shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin:/sbin")]
    return f"not installed: {', '.join(names)}" if names else None


@unittest.skipIf(missing(), missing())
class ArrayJob(unittest.TestCase):
    def setUp(self):
        self.top = tempfile.mkdtemp(prefix="proofsheet-slurm-")
        self.addCleanup(shutil.rmtree, self.top, True)
        for folder in ("state", "spool", "munge", "work/images", "work/data/projects"):
            os.makedirs(os.path.join(self.top, folder))
        os.chmod(self.top, 0o755)
        self.env = environment(SLURM_CONF=os.path.join(self.top, "slurm.conf"), PROOFSHEET_CLI=CLI,
                               PATH=os.environ["PATH"] + ":/usr/sbin:/sbin")
        with open(self.env["SLURM_CONF"], "w", encoding="ascii") as file:
            file.write(CONFIGURATION.format(host=socket.gethostname().split(".")[0], control_port=free_port(), node_port=free_port(),
                                            user=getpass.getuser(), top=self.top, cpus=os.cpu_count()))
        self.start_cluster()

    def daemon(self, *arguments):
        with open(os.path.join(self.top, os.path.basename(arguments[0]) + ".out"), "wb") as out:
            process = subprocess.Popen(arguments, env=self.env, stdout=out, stderr=out, stdin=subprocess.DEVNULL)
        self.addCleanup(self.end, process)

    @staticmethod
    def end(process):
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def start_cluster(self):
        key = os.path.join(self.top, "munge", "key")
        with open(key, "wb") as file:
            file.write(os.urandom(1024))
        os.chmod(key, 0o600)
        munge = os.path.join(self.top, "munge")
        os.chmod(munge, 0o700)
        self.daemon("munged", "--foreground", "--force", f"--key-file={key}", f"--socket={self.top}/munge.socket",
                    f"--pid-file={munge}/pid", f"--log-file={munge}/log", f"--seed-file={munge}/seed")
        self.wait_for(lambda: os.path.exists(os.path.join(self.top, "munge.socket")), "munged")
        self.daemon("slurmctld", "-D")
        self.daemon("slurmd", "-D", "-N", socket.gethostname().split(".")[0])
        self.wait_for(lambda: "idle" in self.ask("sinfo", "-h", "-o", "%t"), "the cluster")

    def ask(self, *arguments):
        return subprocess.run(arguments, env=self.env, capture_output=True, check=False, timeout=60).stdout.decode()

    def wait_for(self, condition, what):
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end:
                self.fail(f"{what} did not come up:\n{self.logs()}")
            time.sleep(0.2)

    def logs(self):
        texts = []
        for name in sorted(os.listdir(self.top)):
            if name.endswith((".log", ".out")):
                with open(os.path.join(self.top, name), encoding="utf-8", errors="replace") as file:
                    texts.append(f"--- {name}\n{file.read()[-1500:]}")
        return "\n".join(texts)

    def test_every_part_is_done_once_and_all_of_it_is_there(self):
        work = os.path.join(self.top, "work")
        for number in range(20):
            with open(os.path.join(work, "images", f"{number}.png"), "wb") as file:
                file.write(png(60 + number, 64, number))
        submitted = subprocess.run(
            ["sbatch", "--parsable", "--wait", "--array=3-6", "--cpus-per-task=1", "--mem-per-cpu=0", "--chdir", work,
             "--output", os.path.join(work, "part-%a.json"), SCRIPT, "images", "data/ai_data/cache"],
            env=self.env, capture_output=True, check=False, timeout=300)
        self.assertEqual(submitted.returncode, 0, submitted.stderr.decode() + self.logs())
        cache = os.path.join(work, "data", "ai_data", "cache")
        self.assertEqual(sorted(name for name in os.listdir(cache) if name.startswith("processed_images")),
                         [f"processed_images.shard-{i}-of-4.jsonl" for i in range(4)])
        merged = run("embed", "merge", "--out", cache, "--json")
        self.assertEqual((merged.code, merged.json()["lines"]), (FINE, 40), merged)
        report = run("embed", "report", "--input", os.path.join(work, "images"), "--out", cache, "--json")
        self.assertEqual((report.code, report.json()["current"]), (FINE, 20), report)


if __name__ == "__main__":
    unittest.main()

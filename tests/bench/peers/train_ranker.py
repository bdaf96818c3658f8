# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ranker in PyTorch, for comparison: python3 train_ranker.py FOLDER THREADS. Prints one JSON line.

Reads winners.f32, losers.f32 and held_winners.f32, held_losers.f32 of 512 numbers each, which proofsheet-bench writes.
OPENBLAS_CORETYPE has to be set before, or OpenBLAS as Debian builds it takes a kernel of 2004.
"""

import json
import sys
import time

import numpy
import torch

SIZE = 512
BATCH = 256
EPOCHS = 30
MARGIN = 0.5


def read(folder, name):
    return torch.from_numpy(numpy.fromfile(f"{folder}/{name}.f32", dtype="<f4").reshape(-1, SIZE).copy())


def main():
    folder, threads = sys.argv[1], int(sys.argv[2])
    torch.set_num_threads(threads)
    torch.manual_seed(42)
    winners, losers = read(folder, "winners"), read(folder, "losers")
    net = torch.nn.Sequential(torch.nn.Linear(SIZE, 256), torch.nn.ReLU(), torch.nn.Dropout(0.3),
                              torch.nn.Linear(256, 64), torch.nn.ReLU(), torch.nn.Linear(64, 1))
    adam = torch.optim.Adam(net.parameters(), lr=1e-3, foreach=True)
    start, cpu = time.perf_counter(), time.process_time()
    net.train()
    for _ in range(EPOCHS):
        order = torch.randperm(len(winners))
        for first in range(0, len(order), BATCH):
            batch = order[first:first + BATCH]
            scores = net(torch.cat((winners[batch], losers[batch])))
            loss = torch.relu(MARGIN - (scores[:len(batch)] - scores[len(batch):])).mean()
            adam.zero_grad(set_to_none=True)
            loss.backward()
            adam.step()
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    net.eval()
    with torch.no_grad():
        right = (net(read(folder, "held_winners")) > net(read(folder, "held_losers"))).float().mean().item()
    print(json.dumps({"seconds": seconds, "cpu_seconds": cpu, "accuracy": right, "threads": threads, "version": torch.__version__}))


if __name__ == "__main__":
    main()

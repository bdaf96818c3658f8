#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Times the usual library on the vectors that `proofsheet-bench --only similarity --dir DIR` left in DIR.

    python3 similarity_faiss.py DIR/similarity-clustered.vec [--queries 20] [--threads 1]

Needs faiss (pip install faiss-cpu, or Debian's python3-faiss) and numpy. Prints one JSON document."""

import argparse
import json
import struct
import time

import faiss
import numpy

HEADER_BYTES = 4096


def vectors_of(path):
    with open(path, "rb") as file:
        magic, version, dimension, element, _, count = struct.unpack("<8sIIIIQ", file.read(32))
    if magic != b"PSVECTOR" or version != 1 or element != 1:
        raise SystemExit(f"{path}: not a file of vectors")
    return numpy.memmap(path, dtype="<f4", mode="r", offset=HEADER_BYTES, shape=(count, dimension))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--queries", type=int, default=20)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    faiss.omp_set_num_threads(options.threads)
    vectors = vectors_of(options.file)
    index = faiss.IndexFlatIP(vectors.shape[1])
    for first in range(0, len(vectors), 65536):
        index.add(numpy.ascontiguousarray(vectors[first : first + 65536]))
    random = numpy.random.default_rng(1)
    times = []
    for row in random.integers(0, len(vectors), options.queries):
        query = numpy.ascontiguousarray(vectors[row : row + 1])
        begin = time.perf_counter()
        index.search(query, 10)
        times.append(1000 * (time.perf_counter() - begin))
    times.sort()
    print(
        json.dumps(
            {
                "peer": "faiss " + faiss.__version__ + " IndexFlatIP",
                "vectors": len(vectors),
                "threads": options.threads,
                "query_ms_median": times[len(times) // 2],
                "query_ms_best": times[0],
            }
        )
    )


if __name__ == "__main__":
    main()

#!/bin/bash
# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The embeddings of a folder as an array job: each task computes one part of the images and writes to files of its own, so no task
# waits for another, and a task that is repeated goes on where it was. From the workspace:
#
#     id=$(sbatch --parsable --array=0-7 slurm_embed.sh images data/ai_data/cache --model clip.onnx)
#     sbatch --dependency=afterok:$id --wrap "proofsheet-cli embed merge --out data/ai_data/cache"
#
# The merge is for scripts that read processed_images.jsonl alone; Proofsheet reads the parts as they are.
#SBATCH --job-name=proofsheet-embed
#SBATCH --array=0-7
#SBATCH --cpus-per-task=2
#SBATCH --mem-per-cpu=3G
set -euo pipefail

images=$1
cache=$2
shift 2
cli=${PROOFSHEET_CLI:-proofsheet-cli}
part=$((SLURM_ARRAY_TASK_ID - SLURM_ARRAY_TASK_MIN))

exec "$cli" embed --input "$images" --out "$cache" --shard "$part/$SLURM_ARRAY_TASK_COUNT" \
    --jobs "${SLURM_CPUS_PER_TASK:-1}" --json "$@"

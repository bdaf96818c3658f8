#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens releases of every format with the loaders that people train with, and compares what those give back.

    run_loaders.py --cli PROGRAM --work FOLDER      makes the demo, exports it to every format and checks the releases
    run_loaders.py --releases FOLDER                checks FOLDER/<format> for every format that is there

What must come back is taken from release_items.jsonl and from the image files alone. Prints one line for each loader and
format, "not run" for a loader that is not installed. Exit 0: everything that could be run gave equal images, classes and
boxes; 1: something differs or could not be exported.
"""

import argparse
import collections
import csv
import glob
import importlib
import importlib.metadata
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import xml.etree.ElementTree

SIDES = ("train", "val", "test")
SPLIT = "0.6,0.25,0.15"
FORMATS = ("v3", "jsonl", "preferences", "crops", "csv", "yolo", "yolo-cls", "coco", "voc", "cvat", "imagefolder", "webdataset")
WITHOUT_SIDES = ("v3", "csv")


class Different(Exception):
    """What a loader gives is not what was exported."""


def same(what, found, expected):
    if found != expected:
        raise Different(f"{what}: {short(found)} instead of {short(expected)}")


def short(value):
    text = repr(value)
    return text if len(text) <= 300 else text[:300] + " ..."


class Expected:
    """What a release holds, from its list of items: name -> (side, action, crop)."""

    def __init__(self, folder):
        self.folder = folder
        self.items = {}
        with open(os.path.join(folder, "release_items.jsonl"), encoding="utf-8") as lines:
            for line in lines:
                item = json.loads(line)
                self.items[item["name"]] = item

    def on(self, side):
        return {name: item for name, item in self.items.items() if (item["side"] or "train") == side}

    def sides(self):
        return [side for side in SIDES if self.on(side)]

    def size(self, path):
        from PIL import Image
        with Image.open(path) as image:
            return image.size

    def box(self, name, size):
        """[x1, y1, x2, y2] in pixels, cut off as crops are; None without a crop."""
        crop = self.items[name].get("crop")
        if crop is None:
            return None
        return [int(value * dimension) for value, dimension in zip(crop, (*size, *size))]

    def boxes(self, side, path_of):
        """name -> list of boxes, for every image of a side."""
        found = {}
        for name in self.on(side):
            box = self.box(name, self.size(os.path.join(self.folder, path_of(name))))
            found[name] = [] if box is None else [box]
        return found


def counted(boxes):
    return f"{len(boxes)} images, {sum(map(len, boxes.values()))} boxes"


# ---- COCO ----------------------------------------------------------------------------------------------------------

def coco_with_pycocotools(release):
    from pycocotools.coco import COCO
    told = []
    for side in release.sides():
        with Silence():
            coco = COCO(os.path.join(release.folder, "annotations", side + ".json"))
        same("categories", [c["name"] for c in coco.loadCats(coco.getCatIds())], ["crop"])
        found = {}
        for image in coco.loadImgs(coco.getImgIds()):
            path = os.path.join(release.folder, "images", side, image["file_name"])
            same("size", (image["width"], image["height"]), release.size(path))
            found[image["file_name"]] = [
                [a["bbox"][0], a["bbox"][1], a["bbox"][0] + a["bbox"][2], a["bbox"][1] + a["bbox"][3]]
                for a in coco.loadAnns(coco.getAnnIds(imgIds=image["id"]))]
        same(side, found, release.boxes(side, lambda name: f"images/{side}/{name}"))
        told.append(f"{side} {counted(found)}")
    return told


def coco_with_torchvision(release):
    from torchvision.datasets import CocoDetection
    told = []
    for side in release.sides():
        with Silence():
            data = CocoDetection(os.path.join(release.folder, "images", side),
                                 os.path.join(release.folder, "annotations", side + ".json"))
        same(f"images of {side}", len(data), len(release.on(side)))
        boxes = 0
        for image, targets in data:
            image.load()
            boxes += len(targets)
        same(f"boxes of {side}", boxes, sum(item.get("crop") is not None for item in release.on(side).values()))
        told.append(f"{side} {len(data)} images, {boxes} boxes")
    return told


# ---- YOLO ----------------------------------------------------------------------------------------------------------

def yolo_with_ultralytics(release):
    from ultralytics.data.dataset import YOLODataset
    from ultralytics.data.utils import check_det_dataset
    told = []
    with Silence():
        data = check_det_dataset(os.path.join(release.folder, "data.yaml"), autodownload=False)
    same("names", data["names"], {0: "crop"})
    for side in release.sides():
        with Silence():
            dataset = YOLODataset(img_path=data[side], data=data, task="detect", augment=False, imgsz=64)
        found = {}
        for label in dataset.labels:
            height, width = label["shape"]
            found[os.path.basename(label["im_file"])] = [
                [round((x - w / 2) * width), round((y - h / 2) * height), round((x + w / 2) * width),
                 round((y + h / 2) * height)]
                for x, y, w, h in label["bboxes"].astype("float64").tolist()]
        same(side, found, release.boxes(side, lambda name: f"images/{side}/{name}"))
        dataset[0]  # an image is really read
        told.append(f"{side} {counted(found)}")
    return told


def classes_of_folders(release, side, classes, samples):
    """How many images each class has by a loader, against the list of items."""
    with open(os.path.join(release.folder, "classes.json"), encoding="utf-8") as file:
        real = json.load(file)
    found = collections.Counter(real[classes[number]] for number in samples)
    same(f"classes of {side}", found, collections.Counter(item["action"] for item in release.on(side).values()))
    return f"{side} {dict(sorted(found.items()))}"


def yolo_cls_with_torchvision(release):
    from torchvision.datasets import ImageFolder
    told = []
    for side in release.sides():
        data = ImageFolder(os.path.join(release.folder, side))
        data[0]
        told.append(classes_of_folders(release, side, data.classes, [number for _, number in data.samples]))
    return told


def yolo_cls_with_ultralytics(release):
    from ultralytics.cfg import get_cfg
    from ultralytics.data.dataset import ClassificationDataset
    from ultralytics.data.utils import check_cls_dataset
    with Silence():
        data = check_cls_dataset(release.folder)
    told = []
    options = get_cfg(overrides={"imgsz": 64})
    for side in release.sides():
        with Silence():
            dataset = ClassificationDataset(str(data[side]), args=options)
        same(f"images of {side}", len(dataset.samples), len(release.on(side)))
        told.append(classes_of_folders(release, side, dataset.base.classes, [sample[1] for sample in dataset.samples]))
    return told


# ---- Pascal VOC ----------------------------------------------------------------------------------------------------

def voc_with_torchvision(release):
    from torchvision.datasets import VOCDetection
    told = []
    with tempfile.TemporaryDirectory() as root:
        # The loader knows the tree of the challenge only, and JPEG only: other images get a second name there.
        year = os.path.join(root, "VOCdevkit", "VOC2007")
        os.makedirs(os.path.join(year, "JPEGImages"))
        for part in ("Annotations", "ImageSets"):
            os.symlink(os.path.join(release.folder, part), os.path.join(year, part))
        for name in release.items:
            os.symlink(os.path.join(release.folder, "JPEGImages", name),
                       os.path.join(year, "JPEGImages", os.path.splitext(name)[0] + ".jpg"))
        for side in release.sides():
            found = {}
            for image, target in VOCDetection(root, year="2007", image_set=side):
                annotation = target["annotation"]
                same("size", (int(annotation["size"]["width"]), int(annotation["size"]["height"])), image.size)
                found[annotation["filename"]] = []
                for thing in annotation.get("object", []):
                    same("class", thing["name"], "crop")
                    box = {edge: int(value) for edge, value in thing["bndbox"].items()}
                    found[annotation["filename"]].append([box["xmin"] - 1, box["ymin"] - 1, box["xmax"], box["ymax"]])
            same(side, found, release.boxes(side, lambda name: f"JPEGImages/{name}"))
            told.append(f"{side} {counted(found)}")
    return told


# ---- Hugging Face, WebDataset --------------------------------------------------------------------------------------

def imagefolder_with_datasets(release):
    import datasets
    told = []
    datasets.disable_progress_bars()
    names = {"train": "train", "val": "validation", "test": "test"}
    parts = {}
    # A side without any box is a configuration of its own.
    for config in datasets.get_dataset_config_names(release.folder):
        with Silence():
            parts.update(datasets.load_dataset(release.folder, config))
    same("splits", sorted(parts), sorted(names[side] for side in release.sides()))
    for side in release.sides():
        found = {}
        for row in parts[names[side]]:
            name = os.path.basename(row["image"].filename)
            same("size", (row["width"], row["height"]), row["image"].size)
            same("action", row["action"], release.items[name]["action"])
            found[name] = [[x, y, x + w, y + h] for x, y, w, h in row["objects"]["bbox"]]
            same("categories", row["objects"]["categories"], ["crop"] * len(found[name]))
        same(side, found, release.boxes(side, lambda file: f"{side}/{file}"))
        told.append(f"{side} {counted(found)}")
    return told


def webdataset_with_webdataset(release):
    import webdataset
    told = []
    for side in release.sides():
        shards = sorted(glob.glob(os.path.join(release.folder, side + "-*.tar")))
        found, expected = {}, {}
        for sample in webdataset.WebDataset(shards, shardshuffle=False, empty_check=False).decode("pil"):
            about = sample["json"]
            image = next(value for key, value in sample.items() if hasattr(value, "size") and hasattr(value, "mode"))
            same("size", (about["width"], about["height"]), image.size)
            name = about["file_name"]
            same("key", sample["__key__"].split("/")[-1], os.path.splitext(name)[0].replace("%", "%25").replace(".", "%2E"))
            found[name] = [[b["bbox"][0], b["bbox"][1], b["bbox"][0] + b["bbox"][2], b["bbox"][1] + b["bbox"][3]]
                           for b in about["objects"]]
            box = release.box(name, image.size)
            expected[name] = [] if box is None else [box]
        same(f"images of {side}", sorted(found), sorted(release.on(side)))
        same(side, found, expected)
        told.append(f"{side} {counted(found)} in {len(shards)} shards")
    return told


def webdataset_with_tarfile(release):
    told = []
    for side in release.sides():
        names = []
        for shard in sorted(glob.glob(os.path.join(release.folder, side + "-*.tar"))):
            with tarfile.open(shard) as archive:
                names += [entry.name for entry in archive]
        same(f"entries of {side}", len(names), 2 * len(release.on(side)))
        same("neighbours", [name.split(".")[0] for name in names[::2]], [name.split(".")[0] for name in names[1::2]])
        told.append(f"{side} {len(names)} entries")
    return told


# ---- what Python itself reads --------------------------------------------------------------------------------------

def cvat_with_python(release):
    root = xml.etree.ElementTree.parse(os.path.join(release.folder, "annotations.xml")).getroot()
    same("labels", [label.findtext("name") for label in root.iter("label")], ["crop"])
    told = []
    for side in release.sides():
        found = {}
        for image in root.findall(f"image[@subset='{side}']"):
            found[image.get("name")] = [[float(box.get(edge)) for edge in ("xtl", "ytl", "xbr", "ybr")]
                                        for box in image.findall("box")]
        same(side, found, release.boxes(side, lambda name: f"images/{side}/{name}"))
        told.append(f"{side} {counted(found)}")
    return told


def json_lines(path):
    with open(path, encoding="ascii") as lines:
        return [json.loads(line) for line in lines]


def jsonl_with_datasets(release):
    import datasets
    datasets.disable_progress_bars()
    with Silence():
        data = datasets.load_dataset("json", data_files=sorted(glob.glob(os.path.join(release.folder, "batch_*.jsonl"))))
    rows = data["train"]
    same("rows", sorted(rows["group_id"]), sorted({item["group_id"] for item in release.items.values()}))
    return [f"{rows.num_rows} rows, {len(rows.column_names)} columns"]


def jsonl_with_python(release):
    rows = []
    for path in sorted(glob.glob(os.path.join(release.folder, "batch_*.jsonl"))):
        rows += json_lines(path)
    same("keys", len({tuple(row) for row in rows}), 1)
    same("ids", len({row["group_id"] for row in rows}), len(rows))
    return [f"{len(rows)} rows"]


def crops_with_python(release):
    rows = json_lines(os.path.join(release.folder, "crops.jsonl"))
    for row in rows:
        size = (row["image_width"], row["image_height"]) * 2
        same("box", row["pixel_box"], [int(v * d) for v, d in zip(row["final_crop_coords"], size)])
    return [f"{len(rows)} crops"]


def preferences_with_python(release):
    samples = json_lines(os.path.join(release.folder, "samples.jsonl"))
    pairs = json_lines(os.path.join(release.folder, "pairs.jsonl"))
    chosen = {sample["group_id"]: sample["images"][sample["selected_index"]] for sample in samples}
    for pair in pairs:
        if pair["relation"] == "preferred":
            same("chosen", pair["chosen"], chosen[pair["group_id"]])
    return [f"{len(samples)} samples, {len(pairs)} pairs"]


def csv_with_python(release):
    with open(os.path.join(release.folder, "decisions.csv"), newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    same("cells", {len(row) for row in rows}, {len(rows[0])})
    return [f"{len(rows) - 1} rows, {len(rows[0])} columns"]


def csv_with_pandas(release):
    import pandas
    rows = pandas.read_csv(os.path.join(release.folder, "decisions.csv"))
    same("ids", rows["group_id"].nunique(), len(rows))
    return [f"{len(rows)} rows, {len(rows.columns)} columns"]


def v3_with_sqlite(release):
    paths = glob.glob(os.path.join(release.folder, "*.db"))
    same("databases", len(paths), 1)
    with sqlite3.connect(f"file:{paths[0]}?mode=ro&immutable=1", uri=True) as connection:
        same("check", connection.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
        count = connection.execute("SELECT count(*) FROM ai_decisions").fetchone()[0]
        performance = connection.execute("SELECT * FROM ai_performance").fetchall()
    return [f"{count} rows, {len(performance)} projects"]


# ---- running -------------------------------------------------------------------------------------------------------

# format -> (loader, module that it needs, check)
CHECKS = {
    "v3": [("sqlite3", None, v3_with_sqlite)],
    "jsonl": [("json", None, jsonl_with_python), ("datasets", "datasets", jsonl_with_datasets)],
    "preferences": [("json", None, preferences_with_python)],
    "crops": [("json", None, crops_with_python)],
    "csv": [("csv", None, csv_with_python), ("pandas", "pandas", csv_with_pandas)],
    "yolo": [("ultralytics", "ultralytics", yolo_with_ultralytics)],
    "yolo-cls": [("torchvision", "torchvision", yolo_cls_with_torchvision),
                 ("ultralytics", "ultralytics", yolo_cls_with_ultralytics)],
    "coco": [("pycocotools", "pycocotools.coco", coco_with_pycocotools),
             ("torchvision", "torchvision", coco_with_torchvision)],
    "voc": [("torchvision", "torchvision", voc_with_torchvision)],
    "cvat": [("xml.etree", None, cvat_with_python)],
    "imagefolder": [("datasets", "datasets", imagefolder_with_datasets)],
    "webdataset": [("tarfile", None, webdataset_with_tarfile), ("webdataset", "webdataset", webdataset_with_webdataset)],
}


class Silence:
    """What loaders print about themselves goes nowhere."""

    def __enter__(self):
        sys.stdout.flush()
        sys.stderr.flush()
        self.kept = os.dup(1), os.dup(2)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        os.close(nowhere)

    def __exit__(self, *_):
        sys.stdout.flush()
        sys.stderr.flush()
        for place, kept in zip((1, 2), self.kept):
            os.dup2(kept, place)
            os.close(kept)


def missing(module):
    """Why a loader cannot be run; None when it can."""
    if module is None:
        return None
    try:
        with Silence():
            importlib.import_module(module)
        return None
    except Exception as problem:  # an extension that does not fit raises whatever it likes
        return f"{type(problem).__name__}: {str(problem).strip().splitlines()[0] if str(problem).strip() else module}"


def version(module):
    if module is None:
        return "Python " + sys.version.split()[0]
    name = module.split(".")[0]
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return getattr(sys.modules.get(name), "__version__", "?")


def check(folder):
    failures = 0
    for name in FORMATS:
        release = os.path.join(folder, name)
        if not os.path.isdir(release):
            continue
        for loader, module, run in CHECKS[name]:
            reason = missing(module)
            if reason:
                print(f"{name:12} {loader:12} not run: {reason}")
                continue
            # Loaders leave caches beside what they read: each gets a copy of its own.
            with tempfile.TemporaryDirectory() as work:
                copy = os.path.join(work, name)
                shutil.copytree(release, copy)
                try:
                    told = "; ".join(run(Expected(copy)))
                    print(f"{name:12} {loader:12} {version(module):12} {told}")
                except Different as difference:
                    failures += 1
                    print(f"{name:12} {loader:12} {version(module):12} DIFFERENT: {difference}")
                except ModuleNotFoundError as problem:
                    print(f"{name:12} {loader:12} not run: {problem}")
                except Exception as problem:
                    failures += 1
                    print(f"{name:12} {loader:12} {version(module):12} FAILED: {type(problem).__name__}: {problem}")
            sys.stdout.flush()
    return failures


def export_demo(cli, work):
    """Makes the demo and exports it to every format; returns how many formats could not be made."""
    def call(*arguments):
        ran = subprocess.run([cli, *arguments], capture_output=True, text=True, check=False)
        return ran.returncode, (ran.stderr.strip() or ran.stdout.strip())

    demo = os.path.join(work, "demo")
    code, told = call("demo", "create", "--to", demo, "--decided")
    if code:
        raise SystemExit(f"the demo could not be made: {told}")
    failures = 0
    for name in FORMATS:
        options = [] if name in WITHOUT_SIDES else ["--split", SPLIT, "--seed", "1"]
        code, told = call("export", "demo", "--workspace", demo, "--format", name, "--to",
                          os.path.join(work, "releases", name), *options)
        if code:
            failures += 1
            print(f"{name:12} {'export':12} FAILED with {code}: {told[-400:]}")
    return failures


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cli", help="proofsheet-cli")
    parser.add_argument("--work", help="an empty folder for the demo and the releases")
    parser.add_argument("--releases", help="check the releases that are there already")
    options = parser.parse_args()
    if bool(options.releases) == bool(options.cli and options.work):
        parser.error("either --releases, or --cli and --work")
    with tempfile.TemporaryDirectory() as home:
        # No loader may look anything up or leave anything behind.
        os.environ.update(HF_HOME=home, HF_HUB_OFFLINE="1", HF_DATASETS_OFFLINE="1", YOLO_CONFIG_DIR=home,
                          YOLO_OFFLINE="true", YOLO_AUTOINSTALL="false", MPLCONFIGDIR=home, XDG_CACHE_HOME=home)
        failures = 0
        releases = options.releases
        if not releases:
            os.makedirs(os.path.join(options.work, "releases"))
            failures = export_demo(options.cli, options.work)
            releases = os.path.join(options.work, "releases")
        failures += check(os.path.abspath(releases))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

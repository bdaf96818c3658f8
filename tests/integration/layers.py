# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may use whom: the edges between the folders, and what their code, build files and programs really use."""

import glob
import os
import re
import subprocess

# "x: y z" means that x may use y and z and all that they may use, and nothing else.
CORE_EDGES = {
    "base": [],
    "db": ["base"],
    "worker": ["base"],
    "network": ["base"],
    "decisions": ["db"],
    "imaging": ["db", "worker"],
    "library": ["decisions", "imaging"],
    "integrity": ["library"],
    "inference": ["imaging"],
    "suggest": ["inference", "library"],
    "exchange": ["integrity"],
    "sources": ["library", "network"],
    "collect": ["library", "network"],
}

# Parts that touch hostile bytes: folder -> library. Only workers, tests, the part itself and such parts of folders above use them.
WORKER_ONLY = {
    "core/exchange/unpacking": "ps_unpacking",
    "core/imaging/codecs": "ps_codecs",
    "core/inference/runtimes": "ps_runtimes",
}

# Parts without a window that use more of Qt than its core: folder -> modules.
MORE_QT = {"core/network": ("QtNetwork",)}

# What of ui/ has no window: header -> library.
WINDOWLESS_UI = {"ui/common/error_text.h": "ps_ui_text", "ui/common/program.h": "ps_ui_text"}
WINDOWLESS_APPS = ("app/cli", "app/worker", "app/collector")

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
LIBRARY = re.compile(r"ps_add_library\s*\(\s*(\w+)([^)]*)\)")
LINK = re.compile(r"target_link_libraries\s*\(\s*([\w-]+)([^)]*)\)")


def reachable(folder):
    """The folder itself and every folder of core/ that it may use."""
    found = {folder}
    for used in CORE_EDGES[folder]:
        found |= reachable(used)
    return found


def qt_modules():
    """Header name -> module, for every header of the installed Qt."""
    modules = {}
    for path in glob.glob("/usr/include/*/qt6/Qt*/Q*"):
        modules.setdefault(os.path.basename(path), path.split("/")[-2])
    return modules


def part_of(path):
    """'core/imaging', 'core/imaging/codecs', 'ui' or 'app/cli' for a file of the tree; None for anything else."""
    for part in WORKER_ONLY:
        if path.startswith(part + "/"):
            return part
    pieces = path.split("/")
    if pieces[0] == "ui":
        return "ui"
    if pieces[0] in ("core", "app") and len(pieces) > 2:
        return "/".join(pieces[:2])
    return None


def may_use(user, used):
    if user == used:
        return True
    if used in WORKER_ONLY:  # among themselves they may do what the folders around them may
        return user == "app/worker" or (user in WORKER_ONLY and may_use(os.path.dirname(user), os.path.dirname(used)))
    if user in WORKER_ONLY:
        user = os.path.dirname(user)
    if used.startswith("app/"):
        return False
    if used == "ui":
        return user.startswith("app/") and user not in WINDOWLESS_APPS
    if user.startswith("core/"):
        return user[5:] in CORE_EDGES and used[5:] in reachable(user[5:])
    return used[5:] in CORE_EDGES


def source_files(root, suffixes):
    for top in ("app", "core", "ui"):
        for folder, folders, names in os.walk(os.path.join(root, top)):
            folders.sort()
            for name in sorted(names):
                if name.endswith(suffixes):
                    yield os.path.relpath(os.path.join(folder, name), root)


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as file:
        return file.read()


def needs_no_window(part):
    return part.startswith("core/") or part in WINDOWLESS_APPS


def bad_includes(root, modules):
    """One line for each #include that crosses a layer."""
    problems = []
    for path in source_files(root, (".h", ".cpp")):
        user = part_of(path)
        for quote, header in INCLUDE.findall(read(root, path)):
            if quote == '"':
                used = part_of(header)
                if used and not may_use(user, used) and header not in WINDOWLESS_UI:
                    problems.append(f"{path}: {header}")
                if not used and "/" in header and not header.startswith(("opencv2/", "tests/")):
                    problems.append(f"{path}: {header} is in no known folder")
                if header.startswith("tests/"):
                    problems.append(f"{path}: {header}")
            elif needs_no_window(user):
                name = header.split("/")[-1]
                module = header.split("/")[0] if header.startswith("Qt") and "/" in header else modules.get(name)
                if module and module not in ("QtCore", *MORE_QT.get(user, ())):
                    problems.append(f"{path}: <{header}> of {module}")
    return problems


def owner_of_library(root):
    """Library -> part, from every ps_add_library()."""
    owners = {}
    for path in source_files(root, ("CMakeLists.txt",)):
        for name, _ in LIBRARY.findall(read(root, path)):
            folder = os.path.dirname(path)
            owners[name] = part_of(folder + "/x")
    return owners


def bad_links(root):
    """One line for each library that the build files link across a layer."""
    owners = owner_of_library(root)
    problems = []
    for path in source_files(root, ("CMakeLists.txt",)):
        user = part_of(os.path.dirname(path) + "/x")
        text = read(root, path)
        for name, body in LIBRARY.findall(text) + LINK.findall(text):
            for word in re.findall(r"[\w:]+", body):
                if word in owners and word not in WINDOWLESS_UI.values() and not may_use(user, owners[word]):
                    problems.append(f"{path}: {name} links {word}")
                qt = word.replace("Qt6::", "Qt") if word.startswith("Qt6::") else "QtCore"
                if qt not in ("QtCore", *MORE_QT.get(user, ())) and needs_no_window(user):
                    problems.append(f"{path}: {name} links {word}")
    return problems


def needed_libraries(program):
    text = subprocess.run(["readelf", "-d", program], check=True, capture_output=True, text=True).stdout
    return re.findall(r"\(NEEDED\).*\[(.+)\]", text)


def bad_libraries(needed):
    """Libraries that a program without a window must not load."""
    wrong = re.compile(r"libQt6?(Gui|Widgets|Svg|PrintSupport)|libQt5|opencv_(highgui|imgcodecs)")
    return [name for name in needed if wrong.search(name)]

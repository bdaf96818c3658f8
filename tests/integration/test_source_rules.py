# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules for the sources that a compiler does not check."""

import os
import re
import tempfile
import unittest

ROOT = os.environ["PS_SOURCE_DIR"]
CODE = (".h", ".cpp", ".py")
TOPS = ("app", "core", "ui", "tests", "cmake", "docs", "packaging", "resources", "translations", ".ci")
LONGEST = 500

# What must not stand in product code, where it may stand all the same, and why.
BANNED = (
    (r"QFile::rename|\.rename\(", (), "copies without fsync across file systems and can lose the only copy"),
    (r"moveToTrash", (), "puts files into the current folder when there is no trash"),
    (r"processEvents", (), "lets a second action run inside the first"),
    (r"\bOFFSET\b", (), "pages by counting; key sets do it in constant time"),
    (r"QSortFilterProxyModel|selectedRows\(|selectedIndexes\(", (), "takes seconds with millions of rows"),
    (r"QImageReader|\bimread\b|\bimdecode\b", (), "pixels come from worker processes only"),
    (r"\bsqlite3_open", ("core/db/",), "only the wrapper opens databases"),
    (r"\bstd::system\(|\bpopen\(", (), "no shell"),
    (r"(?<![\w:.])(::)?rename\(", ("core/base/files",), "replaces what is there"),
    (r"\bemit\b|\bsignals:|\bslots:|\bforeach\s*\(", (), "Q_EMIT, Q_SIGNALS, Q_SLOTS and range-for"),
    (r"std::filesystem::(remove_all|rename|copy)", (), "files are moved by core/base and core/library only"),
)
UNFINISHED = re.compile(r"\bTO" + r"DO\b|\bFIX" + r"ME\b|\bXX" + r"X\b|\b[Ss]t" + r"ubs?\b")


def files(root, tops, suffixes=None):
    for top in tops:
        for folder, folders, names in os.walk(os.path.join(root, top)):
            folders[:] = sorted(name for name in folders if name not in ("__pycache__", "build"))
            for name in sorted(names):
                if suffixes is None or name.endswith(suffixes):
                    yield os.path.relpath(os.path.join(folder, name), root)


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8", errors="replace") as file:
        return file.read()


def without_comments(text):
    return re.sub(r"//[^\n]*|/\*.*?\*/", lambda found: "\n" * found.group().count("\n"), text, flags=re.DOTALL)


def banned_lines(root):
    problems = []
    for path in files(root, ("app", "core", "ui"), (".h", ".cpp")):
        for number, line in enumerate(without_comments(read(root, path)).split("\n"), 1):
            for pattern, allowed, why in BANNED:
                if re.search(pattern, line) and not path.startswith(tuple(allowed) or ("\0",)):
                    problems.append(f"{path}:{number}: {line.strip()} ({why})")
    return problems


def without_licence(root):
    problems = []
    for path in files(root, TOPS, CODE):
        head = read(root, path)[:400]
        if "SPDX-FileCopyrightText: 2026 The Proofsheet authors" not in head or "SPDX-License-Identifier: GPL-3.0-or-later" not in head:
            problems.append(path)
    return problems


def unfinished(root):
    problems = []
    for path in files(root, TOPS, CODE + (".txt", ".cmake", ".md", ".sql", ".tsv", ".desktop", ".xml")):
        for number, line in enumerate(read(root, path).split("\n"), 1):
            if UNFINISHED.search(line):
                problems.append(f"{path}:{number}: {line.strip()}")
    return problems


def too_long(root):
    return [path for path in files(root, TOPS, CODE) if read(root, path).count("\n") > LONGEST]


def badly_named(root):
    good = re.compile(r"[a-z0-9_]+\.(h|cpp|py)$")
    return [path for path in files(root, ("app", "core", "ui", "tests"), CODE) if not good.match(os.path.basename(path))]


def without_pragma_once(root):
    return [path for path in files(root, ("app", "core", "ui", "tests"), (".h",)) if "\n#pragma once\n" not in read(root, path)]


def texts_in_core(root):
    """Texts for people are made in ui/ and app/."""
    return [path for path in files(root, ("core",), (".h", ".cpp")) if re.search(r"\btr\(|\btranslate\(", read(root, path))]


class SourceRules(unittest.TestCase):
    def test_nothing_banned_is_used(self):
        self.assertEqual(banned_lines(ROOT), [])

    def test_every_file_names_its_licence(self):
        self.assertEqual(without_licence(ROOT), [])

    def test_nothing_is_left_unfinished(self):
        self.assertEqual(unfinished(ROOT), [])

    def test_no_file_is_too_long(self):
        self.assertEqual(too_long(ROOT), [])

    def test_files_are_named_alike(self):
        self.assertEqual(badly_named(ROOT), [])

    def test_headers_are_read_once(self):
        self.assertEqual(without_pragma_once(ROOT), [])

    def test_core_has_no_texts_for_people(self):
        self.assertEqual(texts_in_core(ROOT), [])

    def test_each_rule_notices_what_it_is_about(self):
        licence = "// SPDX-FileCopyrightText: 2026 The Proofsheet authors\n// SPDX-License-Identifier: GPL-3.0-or-later\n"
        cases = (
            (banned_lines, "QFile::rename(a, b);"),
            (banned_lines, "file.rename(b);"),
            (banned_lines, "QFile::moveToTrash(a);"),
            (banned_lines, "QCoreApplication::processEvents();"),
            (banned_lines, 'query("SELECT 1 LIMIT 10 OFFSET 20");'),
            (banned_lines, "QImageReader reader(path);"),
            (banned_lines, "sqlite3_open_v2(path);"),
            (banned_lines, "std::system(command);"),
            (banned_lines, "::rename(a, b);"),
            (banned_lines, "emit changed();"),
            (unfinished, "// TO" + "DO: later"),
            (unfinished, "// a st" + "ub"),
            (too_long, "\n" * (LONGEST + 1)),
            (texts_in_core, 'tr("text");'),
        )
        for rule, line in cases:
            with self.subTest(line=line.strip()), tempfile.TemporaryDirectory() as root:
                path = os.path.join(root, "core", "library")
                os.makedirs(path)
                with open(os.path.join(path, "x.cpp"), "w", encoding="utf-8") as file:
                    file.write(licence + "// the Todo list: rename() is not meant here\n")
                self.assertEqual(rule(root), [])
                with open(os.path.join(path, "x.cpp"), "a", encoding="utf-8") as file:
                    file.write(line + "\n")
                self.assertEqual(len(rule(root)), 1)
        with tempfile.TemporaryDirectory() as root:
            os.makedirs(os.path.join(root, "core"))
            with open(os.path.join(root, "core", "BadName.h"), "w", encoding="utf-8") as file:
                file.write("int x;\n")
            self.assertEqual(len(without_licence(root) + badly_named(root) + without_pragma_once(root)), 3)


if __name__ == "__main__":
    unittest.main()

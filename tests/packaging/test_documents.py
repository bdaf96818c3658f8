# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What documents, manual pages and the package say, against the sources that they are about."""

import os
import re
import shutil
import subprocess
import unittest

ROOT = os.environ["PS_SOURCE_DIR"]
APP_ID = "io.github.proofsheet.Proofsheet"


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return file.read()


def source(path):
    """A source file as one line: how it is wrapped means nothing."""
    return re.sub(r"\s+", " ", read(path))


def documents():
    paths = ["README.md", "CHANGELOG.md"]
    for top in ("docs", "resources/help"):
        for folder, _, names in os.walk(os.path.join(ROOT, top)):
            paths += [os.path.relpath(os.path.join(folder, name), ROOT) for name in names if name.endswith(".md")]
    return sorted(paths)


def manual(page):
    return read(f"packaging/man/{page}.1.in").replace("\\-", "-")


def default_keys():
    """The first key of every action."""
    keys = re.findall(r'ActionInfo\{"([\w.]+)".*?, "[\w-]*", "([^"]*)", S::', source("ui/common/action_table.cpp"))
    return {action: text.split()[0] for action, text in keys if text}


class Manual(unittest.TestCase):
    def test_every_verb_and_option_of_the_command_line_is_there(self):
        options, verbs = (re.findall(r'\{ ?"([a-z -]+)", (?:"[^"]*"|nullptr), QT', part)
                          for part in source("app/cli/command.cpp").split("allCommands()"))
        page = manual("proofsheet-cli")
        self.assertGreater(min(len(options), len(verbs)), 15)
        for word in verbs + ["--" + option for option in options]:
            self.assertIn(word, page)

    def test_every_option_of_the_window_is_there(self):
        options = re.findall(r'addOption\( ?\{ ?QStringLiteral\("([a-z-]+)"\)', source("app/desktop/main.cpp"))
        self.assertGreater(len(options), 5)
        for option in options:
            self.assertIn("--" + option, manual("proofsheet"))


class Handbook(unittest.TestCase):
    def test_both_languages_have_the_same_parts(self):
        shapes = []
        for language in ("en", "de"):
            text = read(f"resources/help/handbook_{language}.md")
            shapes.append([re.match(r"#+|\|", line).group() for line in text.split("\n") if re.match(r"#|\|", line)])
        self.assertEqual(shapes[0], shapes[1])

    def test_every_key_is_named(self):
        text = read("resources/help/handbook_en.md")
        quoted = set(re.findall(r"`([^`]+)`", text))
        quoted |= {f"Ctrl+{n}" for n in "1234567"} if "`Ctrl+1` to `Ctrl+7`" in text else set()
        quoted |= {f"Shift+{key}" for key in "QWER"} if "`Shift` with `Q` `W` `E` `R`" in text else set()
        names = {"Return": "Enter", "Ctrl+Return": "Ctrl+Enter", "Alt+Return": "Alt+Enter", "Shift+Return": "Shift+Enter", "Escape": "Esc", "Left": "←"}
        keys = default_keys()
        self.assertGreater(len(keys), 50)
        for action, key in keys.items():
            self.assertIn(names.get(key, key), quoted, action)


class Formats(unittest.TestCase):
    def test_every_table_of_ours_is_described(self):
        page = read("docs/formats/ps_tables.md")
        for table in re.findall(r"CREATE TABLE (ps_\w+)", "".join(read(f"resources/schema/{name}") for name in sorted(os.listdir(os.path.join(ROOT, "resources/schema"))) if name[:4].isdigit())):
            self.assertIn(f"`{table}`", page)

    def test_every_kind_of_ledger_entry_is_named(self):
        page = re.sub(r"\s+", " ", read("docs/formats/ps_tables.md"))
        for kind in re.findall(r'std::string_view k\w+ = "([a-z ]+)";', read("core/decisions/ledger.h")):
            self.assertIn(f"`{kind}`", page)

    def test_every_check_is_described_as_it_is(self):
        page = read("docs/formats/inspection_report.md")
        checks = re.findall(r'\{"(\w+)", (\w+), Fix::\w+,\s*(?:QT_TRANSLATE_NOOP\("Checks",\s*)?"([^"]*)"', source("core/integrity/finding.cpp"))
        self.assertGreater(len(checks), 40)
        for check, severity, meaning in checks:
            row = next((line for line in page.split("\n") if line.startswith(f"| `{check}` | {severity.lower()} |")), "")
            self.assertIn(meaning, row, check)

    def test_the_catalogue_is_described(self):
        page = read("docs/formats/catalogue.md")
        tables = [table for name in sorted(os.listdir(os.path.join(ROOT, "core/library"))) if name.endswith(".cpp")
                  for table in re.findall(r"CREATE TABLE (\w+)", read(f"core/library/{name}"))]
        self.assertGreaterEqual(set(tables), {"groups", "images", "measures"})
        for table in tables:
            self.assertIn(f"| `{table}` |", page)
        version = re.search(r'kCatalogueVersion = "(\d+)"', read("core/library/catalogue_schema.h")).group(1)
        self.assertIn(f"`version` (`{version}`;", page)


class Documents(unittest.TestCase):
    def test_links_lead_somewhere(self):
        for path in documents():
            for target in re.findall(r"\]\(([^)#]+)[^)]*\)", read(path)):
                if "://" not in target:
                    self.assertTrue(os.path.exists(os.path.join(ROOT, os.path.dirname(path), target)), f"{path}: {target}")

    def test_folders_of_the_architecture_exist(self):
        names = re.findall(r"`((?:app|core|ui)/[a-z/]+)`", read("docs/architecture.md"))
        self.assertGreater(len(names), 10)
        for name in names:
            self.assertTrue(os.path.exists(os.path.join(ROOT, name)), name)

    def test_the_readme_has_two_commands(self):
        part = read("README.md").split("## Set up")[1].split("\n## ")[0]
        self.assertEqual(re.findall(r"^    (.+)$", part, re.M), ["./dev run", "./dev test"])

    def test_the_version_is_the_same_everywhere(self):
        version = re.search(r"project\(Proofsheet VERSION ([\d.]+)", read("CMakeLists.txt")).group(1)
        self.assertIn(f"## [{version}]", read("CHANGELOG.md"))
        self.assertIn(f'<release version="{version}"', read(f"packaging/{APP_ID}.metainfo.xml"))
        self.assertTrue(read("packaging/deb/changelog").startswith(f"proofsheet ({version}-"))


class Desktop(unittest.TestCase):
    def test_the_program_names_its_own_entry(self):
        self.assertIn(APP_ID, source("app/desktop/main.cpp"))
        self.assertIn(f"Icon={APP_ID}\n", read(f"packaging/{APP_ID}.desktop"))

    def check(self, *command):
        if not shutil.which(command[0]):
            self.skipTest(f"{command[0]} is not installed")
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_the_entry_is_valid(self):
        self.check("desktop-file-validate", f"packaging/{APP_ID}.desktop")

    def test_the_metadata_are_valid(self):
        self.check("appstreamcli", "validate", "--no-net", f"packaging/{APP_ID}.metainfo.xml")


class FrontDoor(unittest.TestCase):
    def test_every_verb_has_its_line_of_help(self):
        verbs = re.findall(r"^verb_(\w+)\(\)", read("dev"), re.M)
        text = subprocess.run([os.path.join(ROOT, "dev"), "help"], capture_output=True, text=True, check=True).stdout
        self.assertEqual(sorted(verbs), sorted(re.findall(r"^  (\w+) ", text, re.M)))

    def test_an_unknown_verb_is_refused(self):
        done = subprocess.run([os.path.join(ROOT, "dev"), "fly"], capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stdout), (2, ""))


if __name__ == "__main__":
    unittest.main()

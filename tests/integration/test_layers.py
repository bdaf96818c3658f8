# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The layers hold: in the includes, in the build files and in the programs."""

import os
import tempfile
import unittest

import layers

ROOT = os.environ["PS_SOURCE_DIR"]
BIN = os.environ["PS_BIN_DIR"]


def write(root, path, text):
    full = os.path.join(root, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "w", encoding="utf-8") as file:
        file.write(text)


class Layers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.modules = layers.qt_modules()

    def test_the_headers_of_qt_are_known(self):
        self.assertEqual(self.modules.get("QString"), "QtCore")
        self.assertEqual(self.modules.get("QImage"), "QtGui")

    def test_every_folder_of_core_has_its_edges(self):
        for name in os.listdir(os.path.join(ROOT, "core")):
            if os.path.isdir(os.path.join(ROOT, "core", name)):
                self.assertIn(name, layers.CORE_EDGES)

    def test_includes_stay_in_their_layers(self):
        self.assertGreater(len(list(layers.source_files(ROOT, (".h", ".cpp")))), 200)
        self.assertEqual(layers.bad_includes(ROOT, self.modules), [])

    def test_links_stay_in_their_layers(self):
        self.assertGreater(len(layers.owner_of_library(ROOT)), 8)
        self.assertEqual(layers.bad_links(ROOT), [])

    def test_programs_without_a_window_load_none(self):
        for name in ("proofsheet-cli", "proofsheet-worker"):
            needed = layers.needed_libraries(os.path.join(BIN, name))
            self.assertTrue(needed, name)
            self.assertEqual(layers.bad_libraries(needed), [], name)

    def test_the_worker_does_not_even_load_qt(self):
        needed = layers.needed_libraries(os.path.join(BIN, "proofsheet-worker"))
        self.assertEqual([name for name in needed if "Qt" in name], [])

    # What must be noticed: each tree has one thing that is wrong.

    def test_a_wrong_include_is_noticed(self):
        for path, line in (
            ("core/base/x.cpp", '#include "core/db/connection.h"'),
            ("core/worker/x.cpp", '#include "core/imaging/pixels.h"'),
            ("core/library/x.h", '#  include "core/integrity/finding.h"'),
            ("core/library/x.cpp", '#include "core/imaging/codecs/raster.h"'),
            ("core/library/x.cpp", '#include "ui/common/theme.h"'),
            ("core/library/x.cpp", '#include "app/cli/context.h"'),
            ("core/library/x.cpp", '#include "tests/support/checks.h"'),
            ("core/library/x.cpp", '#include "lib/other.h"'),
            ("core/imaging/x.cpp", "#include <QImage>"),
            ("core/imaging/x.cpp", "#include <QtWidgets/QWidget>"),
            ("core/suggest/x.cpp", "#include <QNetworkReply>"),
            ("core/network/x.cpp", "#include <QImage>"),
            ("ui/review/x.cpp", '#include "core/imaging/codecs/raster.h"'),
            ("ui/review/x.cpp", '#include "app/desktop/window.h"'),
            ("app/cli/x.cpp", '#include "ui/common/theme.h"'),
            ("app/cli/x.cpp", "#include <QWidget>"),
            ("app/worker/x.cpp", '#include "ui/shell/window.h"'),
        ):
            with self.subTest(line=line, path=path), tempfile.TemporaryDirectory() as root:
                write(root, path, "#include <string>\n" + line + "\n")
                self.assertEqual(len(layers.bad_includes(root, self.modules)), 1)

    def test_a_right_include_is_not(self):
        with tempfile.TemporaryDirectory() as root:
            write(root, "core/integrity/x.cpp", '#include "core/base/text.h"\n#include <QString>\n#include <sqlite3.h>\n')
            write(root, "core/imaging/codecs/x.cpp", '#include "core/imaging/pixels.h"\n#include <opencv2/core.hpp>\n')
            write(root, "core/network/x.cpp", "#include <QNetworkReply>\n")
            write(root, "ui/review/x.cpp", '#include "core/library/review.h"\n#include <QWidget>\n')
            write(root, "app/cli/x.cpp", '#include "ui/common/error_text.h"\n#include "core/library/review.h"\n')
            write(root, "app/worker/x.cpp", '#include "core/imaging/codecs/image_handler.h"\n')
            write(root, "app/desktop/x.cpp", '#include "ui/shell/window.h"\n')
            self.assertEqual(layers.bad_includes(root, self.modules), [])

    def test_a_wrong_link_is_noticed(self):
        good = {
            "core/base/CMakeLists.txt": "ps_add_library(ps_base SOURCES a.cpp DEPENDS Qt6::Core)",
            "core/db/CMakeLists.txt": "ps_add_library(ps_db SOURCES a.cpp DEPENDS ps_base)",
            "core/imaging/codecs/CMakeLists.txt": "ps_add_library(ps_codecs SOURCES a.cpp DEPENDS ps_db)",
            "app/cli/CMakeLists.txt": "target_link_libraries(proofsheet-cli PRIVATE ps_db)",
        }
        wrong = (
            ("core/base/CMakeLists.txt", "ps_add_library(ps_base SOURCES a.cpp DEPENDS ps_db)"),
            ("core/db/CMakeLists.txt", "ps_add_library(ps_db SOURCES a.cpp PRIVATE_DEPENDS Qt6::Gui)"),
            ("core/db/CMakeLists.txt", "ps_add_library(ps_db SOURCES a.cpp PRIVATE_DEPENDS Qt6::Network)"),
            ("app/cli/CMakeLists.txt", "target_link_libraries(proofsheet-cli PRIVATE ps_codecs)"),
            ("app/cli/CMakeLists.txt", "target_link_libraries(proofsheet-cli PRIVATE Qt6::Widgets)"),
        )
        with tempfile.TemporaryDirectory() as root:
            for path, text in good.items():
                write(root, path, text)
            self.assertEqual(layers.bad_links(root), [])
            for path, text in wrong:
                with self.subTest(text=text):
                    write(root, path, text)
                    self.assertEqual(len(layers.bad_links(root)), 1)
                    write(root, path, good[path])

    def test_a_wrong_library_is_noticed(self):
        for name in ("libQt6Gui.so.6", "libQt6Widgets.so.6", "libQt5Core.so.5", "libopencv_imgcodecs.so.406"):
            self.assertEqual(layers.bad_libraries(["libc.so.6", "libQt6Core.so.6", name]), [name])


if __name__ == "__main__":
    unittest.main()

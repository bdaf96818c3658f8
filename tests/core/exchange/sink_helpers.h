// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/release_sink.h"
#include "tests/support/checks.h"
#include "tests/support/temp_folder.h"

#include <string>
#include <vector>

namespace ps::test {

/// Everything that a sink reports, one file after the other.
inline void recordFiles(ReleaseSink& sink, std::vector<ReleaseFile>& files)
{
    sink.onFile = [&files](const ReleaseFile& file) {
        files.push_back(file);
        return Result<void>();
    };
}

inline Result<void> addText(ReleaseSink& sink, std::string_view path, std::string_view text)
{
    PS_TRY_VOID(sink.beginFile(path));
    PS_TRY_VOID(sink.write(text));
    return sink.endFile();
}

/// A sink into the folder of the test.
inline std::unique_ptr<ReleaseSink> folderSinkIn(const TempFolder& folder, const SinkOptions& options = {})
{
    return must(openFolderSink(must(openFolder(folder.path())), options));
}

/// A sink into a new zip file at this path.
inline std::unique_ptr<ReleaseSink> zipSinkAt(const std::string& path)
{
    return must(openZipSink(openReadWrite(path)));
}

} // namespace ps::test

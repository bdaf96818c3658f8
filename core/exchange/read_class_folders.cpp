// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/dataset_readers.h"

namespace ps {

Result<void> readClassFolders(DatasetScope& scope)
{
    PS_TRY(const auto names, scope.realNames());
    return scope.eachFile([&](const std::string& path) -> Result<void> {
        if (!isDatasetImage(path))
            return {};
        const std::string folder(fileName(parentPath(path)));
        ImportedImage image;
        image.path = path;
        image.origin = scope.origin(path, 0, {});
        image.side = sideOfPath(path);
        if (folder.empty() || (parentPath(parentPath(path)).empty() && sideOfFolder(folder)))
            return scope.quarantine(path, 0, {}, "the image lies in no folder of a class");
        const auto name = names.find(folder);
        image.classes.push_back(name == names.end() ? folder : name->second);
        return scope.image(std::move(image));
    });
}

} // namespace ps

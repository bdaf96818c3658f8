// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/image_tools.h"

#include <cerrno>
#include <fcntl.h>

namespace ps {

namespace {

Result<void> cutAndCompare(ImageService& service, const Place& source, PixelBox box, int outputFd)
{
    const ImageSource original(source.root, source.path);
    PS_TRY(const ImageInfo info, service.probe(original));
    UniqueFd output(::fcntl(outputFd, F_DUPFD_CLOEXEC, 0));
    UniqueFd written(::fcntl(outputFd, F_DUPFD_CLOEXEC, 0));
    if (!output.isOpen() || !written.isOpen())
        return errnoError("cannot duplicate a descriptor", source.path, errno);
    PS_TRY_VOID(service.render(original, cutRecipe(info, box), std::move(output)));
    return service.compareCut(original, box, ImageSource(std::move(written)));
}

} // namespace

ImageTools makeImageTools(ImageService& service)
{
    ImageTools tools;
    tools.measure = [&service](const Place& place) -> Result<ImageSize> {
        PS_TRY(const ImageInfo info, service.probe(ImageSource(place.root, place.path)));
        return info.size;
    };
    tools.cut = [&service](const Place& source, PixelBox box, int outputFd) {
        return cutAndCompare(service, source, box, outputFd);
    };
    return tools;
}

} // namespace ps

// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/worker/server.h"

#include <opencv2/core.hpp>

#include <string>

namespace ps {

// What the handlers of image requests have in common.

/// Errors: InvalidInput when the request came with another number of descriptors.
inline Result<void> expectDescriptors(const IncomingRequest& request, std::size_t count)
{
    if (request.descriptors.size() != count)
        return Error{ErrorCode::InvalidInput, "the request needs " + std::to_string(count) + " descriptors", {}, 0};
    return {};
}

/// The answer of `work`; an exception of OpenCV becomes TooLarge, when there was no memory, or Internal.
template <typename Work>
Result<std::string> answerOf(Work work)
{
    try {
        return work();
    } catch (const cv::Exception& exception) {
        if (exception.code == cv::Error::StsNoMem)
            return Error{ErrorCode::TooLarge, "not enough memory within the limit of the worker", {}, 0};
        return Error{ErrorCode::Internal, "OpenCV: " + exception.err, {}, 0};
    }
}

} // namespace ps

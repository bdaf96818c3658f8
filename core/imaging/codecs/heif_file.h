// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <libheif/heif.h>

#include <memory>
#include <string_view>

namespace ps {

struct HeifContextFree {
    void operator()(heif_context* context) const { ::heif_context_free(context); }
};
struct HeifHandleRelease {
    void operator()(heif_image_handle* handle) const { ::heif_image_handle_release(handle); }
};
struct HeifImageRelease {
    void operator()(heif_image* image) const { ::heif_image_release(image); }
};
using HeifImage = std::unique_ptr<heif_image, HeifImageRelease>;

/// A HEIF container whose primary image is open. The bytes must live as long.
struct HeifFile {
    std::unique_ptr<heif_context, HeifContextFree> context;
    std::unique_ptr<heif_image_handle, HeifHandleRelease> primary; ///< gone before the context
};

/// Errors: Corrupt with libheif's words, Unsupported for what it does not know.
Result<HeifFile> openHeif(std::string_view bytes);
Error heifError(const heif_error& error);

/// Makes libheif decode HEVC in the calling thread. Its own way to libde265 starts a thread, which a locked worker may
/// not, and waits for it for ever.
void registerHevcDecoder();
/// The name under which it is registered.
constexpr const char* kHevcDecoderId = "proofsheet-hevc";

} // namespace ps

// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inference/inference_protocol.h"
#include "core/inference/runtimes/engine.h"
#include "core/inference/runtimes/picture_loader.h"

#include <list>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace ps {

/// A model that this worker has loaded, and the hash of the bytes that it was loaded from.
struct ShelvedModel {
    ModelRequest request; ///< as it was when it was loaded
    std::string sha256;
    std::unique_ptr<Session> session;
};

/// The models of a worker: loaded at the first request and kept, the last few of them.
class ModelShelf
{
public:
    /// `fd` is the open model file. A file in another state than the one that was loaded is read anew.
    /// Errors: Refused when its hash is not that of the spec, naming both; those of loadModel(); Io.
    Result<ShelvedModel*> get(const ModelRequest& request, int fd);

private:
    Result<ShelvedModel> load(const ModelRequest& request, int fd) const;

    std::list<ShelvedModel> m_models; ///< the latest first
};

/// Runs the model on pictures, as many at once as its input allows. One tensor for each picture, whose first length is 1; the
/// numbers are as the engine gave them.
/// Errors: those of Session::run(); Corrupt when the output does not fit the batch.
Result<std::vector<Tensor>> runOnPictures(Session& session, const ModelSpec& spec,
                                          std::span<const LoadedPicture* const> pictures);

} // namespace ps

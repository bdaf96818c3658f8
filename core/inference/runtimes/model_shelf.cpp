// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/runtimes/model_shelf.h"

#include "core/base/sha256.h"
#include "core/imaging/codecs/file_reader.h"
#include "core/inference/runtimes/picture_tensor.h"

#include <algorithm>

namespace ps {

namespace {

constexpr std::size_t kMaxModels = 2; ///< one embedder and one detector; each can be half a gigabyte

/// How many pictures go in at once: 0 when the model leaves that open.
std::size_t fixedBatch(const ModelFacts& facts)
{
    if (facts.inputs.empty() || facts.inputs.front().shape.empty() || facts.inputs.front().shape.front() <= 0)
        return 0;
    return static_cast<std::size_t>(facts.inputs.front().shape.front());
}

} // namespace

Result<ShelvedModel*> ModelShelf::get(const ModelRequest& request, int fd)
{
    const auto found = std::ranges::find_if(m_models,
                                            [&](const ShelvedModel& model) { return model.request == request; });
    if (found != m_models.end()) {
        m_models.splice(m_models.begin(), m_models, found);
        return &m_models.front();
    }
    while (m_models.size() >= kMaxModels) // before the next one needs memory
        m_models.pop_back();
    PS_TRY(ShelvedModel loaded, load(request, fd));
    m_models.push_front(std::move(loaded));
    return &m_models.front();
}

Result<ShelvedModel> ModelShelf::load(const ModelRequest& request, int fd) const
{
    FileReader file(fd, request.identity.sizeBytes);
    PS_TRY(const FileBytes bytes, file.readAll());
    ShelvedModel model;
    model.request = request;
    model.sha256 = sha256Hex(bytes.view());
    const std::string& wanted = request.spec.sha256;
    if (!wanted.empty() && wanted != model.sha256)
        return Error{ErrorCode::Refused,
                     "the model file is not the one that was registered: its SHA-256 is " + model.sha256 +
                         " instead of " + wanted,
                     {},
                     0};
    PS_TRY(model.session, loadModel(bytes.view(), request.spec));
    return model;
}

Result<std::vector<Tensor>> runOnPictures(Session& session, const ModelSpec& spec,
                                          std::span<const LoadedPicture* const> pictures)
{
    const Preprocessing& rule = spec.preprocessing;
    const std::size_t pictureValues = std::size_t{3} * static_cast<std::size_t>(rule.width) *
                                      static_cast<std::size_t>(rule.height);
    const std::size_t fixed = fixedBatch(session.facts());
    const std::size_t step = fixed > 0 ? fixed : std::max<std::size_t>(1, pictures.size());
    std::vector<Tensor> results;
    for (std::size_t begin = 0; begin < pictures.size(); begin += step) {
        const std::size_t count = std::min(step, pictures.size() - begin);
        const std::size_t batch = fixed > 0 ? fixed : count; // the rest of a fixed batch stays zero
        std::vector<float> input(batch * pictureValues);
        for (std::size_t i = 0; i < count; ++i) {
            const LoadedPicture& picture = *pictures[begin + i];
            fillTensor(rule, picture.tensorSource, picture.fullSize,
                       std::span(input).subspan(i * pictureValues, pictureValues));
        }
        const std::int64_t shape[] = {static_cast<std::int64_t>(batch), 3, rule.height, rule.width};
        PS_TRY(const Tensor output, session.run(input, shape, spec.outputName));
        const bool isBatch = !output.shape.empty() && output.shape.front() == static_cast<std::int64_t>(batch) &&
                             output.values.size() % batch == 0;
        if (!isBatch)
            return Error{ErrorCode::Corrupt, "the model's output does not have one entry for each picture", {}, 0};
        const std::size_t stride = output.values.size() / batch;
        for (std::size_t i = 0; i < count; ++i) {
            const auto first = output.values.begin() + static_cast<std::ptrdiff_t>(i * stride);
            Tensor row{output.shape, {first, first + static_cast<std::ptrdiff_t>(stride)}};
            row.shape.front() = 1;
            results.push_back(std::move(row));
        }
    }
    return results;
}

} // namespace ps

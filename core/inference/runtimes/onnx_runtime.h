// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inference/runtimes/engine.h"
#include "core/inference/runtimes/onnx_api.h"

#include <memory>

namespace ps {

/// ONNX Runtime, loaded into this process for as long as anything of it is in use.
class OnnxRuntime : public std::enable_shared_from_this<OnnxRuntime>
{
public:
    /// Loads the library at an absolute path, switches its telemetry off and runs a tiny model, so that everything that it
    /// makes or opens once is there before the process locks itself up. Cost: about 30 ms.
    /// Errors: NotFound; VersionMismatch when the file is no ONNX Runtime or one before 1.18.
    static Result<std::shared_ptr<OnnxRuntime>> load(const std::string& path);
    ~OnnxRuntime();
    OnnxRuntime(const OnnxRuntime&) = delete;
    OnnxRuntime& operator=(const OnnxRuntime&) = delete;

    const std::string& version() const { return m_version; }

    /// Makes a session that computes on this thread alone. `facts` become those of the session. `onnxBytes` are not needed
    /// afterwards. Errors: Corrupt, Unsupported, TooLarge (no memory), with the library's words.
    Result<std::unique_ptr<Session>> openSession(std::string_view onnxBytes, ModelFacts facts);

private:
    friend class OnnxSession;
    OnnxRuntime() = default;
    Result<void> open(const void* base);
    Result<OrtSession*> createSession(std::string_view onnxBytes);
    Result<void> warmUp();
    /// Ok for null; otherwise the library's words, released. `otherwise` is for codes that say nothing of their own.
    Result<void> check(OrtStatus* status, ErrorCode otherwise) const;

    OnnxApi m_api{};
    OrtEnv* m_env = nullptr;
    OrtMemoryInfo* m_memory = nullptr;
    std::string m_version;
};

} // namespace ps

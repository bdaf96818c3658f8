// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The process in which hostile bytes are decoded. It is started by the other programs and talks to them over one
// socket.
#include "core/exchange/archive_protocol.h"
#include "core/exchange/unpacking/unpack_handler.h"
#include "core/imaging/codecs/image_handler.h"
#include "core/imaging/codecs/survey_handler.h"
#include "core/imaging/image_protocol.h"
#include "core/inference/find_onnx_runtime.h"
#include "core/inference/inference_protocol.h"
#include "core/inference/runtimes/engine.h"
#include "core/inference/runtimes/model_handler.h"
#include "core/worker/attach.h"
#include "core/worker/sandbox.h"
#include "core/worker/self_test.h"

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <malloc.h>
#include <string>
#include <string_view>
#include <vector>

namespace {

/// Keeps the memory of one ordinary picture instead of giving it back after each: taking it page by page again costs a
/// sixth of the time of a decode.
void keepFreedMemory()
{
    constexpr int kLargestPooledBytes = 32 << 20; // the most that glibc accepts
    constexpr int kKeptBytes = 64 << 20;
    ::mallopt(M_MMAP_THRESHOLD, kLargestPooledBytes);
    ::mallopt(M_TRIM_THRESHOLD, kKeptBytes);
}

std::string_view variable(const char* name)
{
    const char* value = std::getenv(name);
    return value ? value : "";
}

/// Engines are loaded by workers that run models only: they cost memory and time.
void prepareModels(ps::ModelHandler& models)
{
    const auto prepared = ps::prepareEngines(std::string(variable(ps::kOnnxRuntimeVariable)));
    if (!prepared) // what needs it will say so
        std::fprintf(stderr, "proofsheet-worker: %s\n", prepared.error().describe().c_str());
    models.warmUp();
}

ps::WorkerExit serve(ps::Channel channel)
{
    keepFreedMemory();
    const std::string_view role = variable(ps::kWorkerRoleVariable);
    ps::UnpackHandler archives;
    ps::ImageHandler images;
    if (role != ps::kArchiveCapability)
        images.warmUp();
    ps::SurveyHandler surveys;
    ps::ModelHandler models;
    ps::SelfTestHandler selfTest;
    std::vector<ps::RequestHandler*> handlers;
    std::string_view capability = role;
    if (role == ps::kInferenceCapability) {
        prepareModels(models);
        handlers = {&models};
    } else if (role == ps::kArchiveCapability) {
        handlers = {&archives};
    } else {
        capability = ps::kImageCapability;
        surveys.warmUp();
        handlers = {&images, &surveys};
    }
    if (ps::SelfTestHandler::isWanted())
        handlers.push_back(&selfTest);

    const ps::SandboxReport sandbox = ps::enterSandbox(ps::sandboxOptionsFromEnvironment());

    ps::HelloMessage hello;
    hello.capabilities = {std::string(capability)};
    hello.sandboxMask = sandbox.active;
    hello.sandbox = sandbox.text;
    return ps::runServer(channel, std::move(hello), handlers);
}

} // namespace

int main(int argc, char** argv)
{
    if (argc == 2 && std::string_view(argv[1]) == "--version") {
        std::puts("proofsheet-worker " PS_VERSION);
        return 0;
    }
    auto attached = ps::attachToProgram();
    if (const auto* refusal = std::get_if<ps::WorkerExit>(&attached)) {
        std::fprintf(stderr, "proofsheet-worker: %s\n", ps::workerExitText(static_cast<int>(*refusal)).data());
        return static_cast<int>(*refusal);
    }
    try {
        return static_cast<int>(serve(std::get<ps::Channel>(std::move(attached))));
    } catch (const std::exception& exception) {
        std::fprintf(stderr, "proofsheet-worker: %s\n", exception.what());
        return static_cast<int>(ps::WorkerExit::Defect);
    }
}

// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

// The few entries of the C interface of ONNX Runtime that we call, declared by ourselves: there is no package with its header in
// Debian 12. The library hands out a table of function pointers that only ever grows at its end, so an index stays what it is.
// Source of indices and signatures: onnxruntime_c_api.h of 1.18 (MIT licence). tst_onnx_runtime holds them against a library.

struct OrtStatus;
struct OrtEnv;
struct OrtSession;
struct OrtSessionOptions;
struct OrtRunOptions;
struct OrtMemoryInfo;
struct OrtValue;
struct OrtTensorTypeAndShapeInfo;

namespace ps {

/// What `OrtGetApiBase()` gives.
struct OnnxApiBase {
    const void* (*getApi)(std::uint32_t version);
    const char* (*getVersionString)();
};

/// The version of the table that is asked for; every release from 1.18 on has it.
constexpr std::uint32_t kOnnxApiVersion = 18;

/// Entries of the table. A status that is not null says what went wrong and has to be released.
struct OnnxApi {
    int (*getErrorCode)(const OrtStatus*);
    const char* (*getErrorMessage)(const OrtStatus*);
    OrtStatus* (*createEnv)(int logLevel, const char* logName, OrtEnv** out);
    OrtStatus* (*disableTelemetry)(const OrtEnv*);
    OrtStatus* (*createSessionFromArray)(const OrtEnv*, const void* bytes, std::size_t size, const OrtSessionOptions*,
                                         OrtSession** out);
    OrtStatus* (*run)(OrtSession*, const OrtRunOptions*, const char* const* inputNames, const OrtValue* const* inputs,
                      std::size_t inputCount, const char* const* outputNames, std::size_t outputCount,
                      OrtValue** outputs);
    OrtStatus* (*createSessionOptions)(OrtSessionOptions** out);
    OrtStatus* (*disableMemoryPattern)(OrtSessionOptions*);
    OrtStatus* (*disableCpuArena)(OrtSessionOptions*);
    OrtStatus* (*setGraphOptimization)(OrtSessionOptions*, int level);
    OrtStatus* (*setIntraOpThreads)(OrtSessionOptions*, int count);
    OrtStatus* (*setInterOpThreads)(OrtSessionOptions*, int count);
    OrtStatus* (*createTensor)(const OrtMemoryInfo*, void* data, std::size_t bytes, const std::int64_t* shape,
                               std::size_t rank, int elementType, OrtValue** out);
    OrtStatus* (*isTensor)(const OrtValue*, int* out);
    OrtStatus* (*getTensorData)(OrtValue*, void** out);
    OrtStatus* (*getElementType)(const OrtTensorTypeAndShapeInfo*, int* out);
    OrtStatus* (*getDimensionCount)(const OrtTensorTypeAndShapeInfo*, std::size_t* out);
    OrtStatus* (*getDimensions)(const OrtTensorTypeAndShapeInfo*, std::int64_t* out, std::size_t count);
    OrtStatus* (*getTensorInfo)(const OrtValue*, OrtTensorTypeAndShapeInfo** out);
    OrtStatus* (*createCpuMemoryInfo)(int allocatorType, int memoryType, OrtMemoryInfo** out);
    void (*releaseEnv)(OrtEnv*);
    void (*releaseStatus)(OrtStatus*);
    void (*releaseMemoryInfo)(OrtMemoryInfo*);
    void (*releaseSession)(OrtSession*);
    void (*releaseValue)(OrtValue*);
    void (*releaseTensorInfo)(OrtTensorTypeAndShapeInfo*);
    void (*releaseSessionOptions)(OrtSessionOptions*);

    /// Picks the entries out of the library's table.
    static OnnxApi fromTable(const void* table);
};

// Values of enumerations in the interface.
constexpr int kOnnxLogFatal = 4;
constexpr int kOnnxOptimizeAll = 99;
constexpr int kOnnxElementFloat = 1;
constexpr int kOnnxDeviceAllocator = 0;
constexpr int kOnnxDefaultMemory = 0;
constexpr int kOnnxInvalidArgument = 2;
constexpr int kOnnxInvalidProtobuf = 7;
constexpr int kOnnxInvalidGraph = 10;

} // namespace ps

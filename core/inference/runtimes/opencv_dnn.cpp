// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/runtimes/opencv_dnn.h"

#include "core/base/text.h"
#include "core/inference/runtimes/onnx_fold.h"

#include <opencv2/core/ocl.hpp>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/dnn.hpp>

#include <algorithm>
#include <new>

namespace ps {

namespace {

Error error(ErrorCode code, std::string message)
{
    return {code, std::move(message), {}, 0};
}

int keepQuiet(int, const char*, const char*, const char*, int, void*)
{
    return 0; // the exception says it all
}

/// Calls into OpenCV, whose failures are exceptions.
template <typename Function>
auto guarded(ErrorCode code, std::string_view what, Function&& function) -> Result<decltype(function())>
{
    try {
        return function();
    } catch (const cv::Exception& exception) {
        const bool isMemory = exception.code == cv::Error::StsNoMem;
        return error(isMemory ? ErrorCode::TooLarge : code,
                     std::string(what) + ": " + displayText(trimmed(exception.err)));
    } catch (const std::bad_alloc&) {
        return error(ErrorCode::TooLarge, std::string(what) + ": there is not enough memory");
    } catch (const std::exception& exception) {
        return error(code, std::string(what) + ": " + displayText(exception.what()));
    }
}

cv::dnn::Net readNet(const std::string& bytes)
{
    cv::dnn::Net net = cv::dnn::readNetFromONNX(bytes.data(), bytes.size());
    net.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
    net.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
    return net;
}

Tensor toTensor(const cv::Mat& output)
{
    cv::Mat values = output;
    if (values.depth() != CV_32F)
        output.convertTo(values, CV_32F);
    if (!values.isContinuous())
        values = values.clone();
    Tensor tensor;
    for (int i = 0; i < values.dims; ++i)
        tensor.shape.push_back(values.size[i]);
    tensor.values.assign(values.ptr<float>(), values.ptr<float>() + values.total());
    return tensor;
}

class OpenCvSession final : public Session
{
public:
    OpenCvSession(cv::dnn::Net net, ModelFacts facts) : m_net(std::move(net)), m_facts(std::move(facts)) {}

    const ModelFacts& facts() const override { return m_facts; }

    /// One picture at a time when the model leaves the batch open: OpenCV 4.6 is no faster with more, and cannot multiply
    /// by one number for each channel then (EfficientNet).
    Result<Tensor> run(std::span<const float> input, std::span<const std::int64_t> shape,
                       std::string_view outputName) override
    {
        const std::string name(outputName.empty() ? std::string_view(m_facts.outputs.front().name) : outputName);
        const auto& wanted = m_facts.inputs.front().shape;
        const std::int64_t step = !wanted.empty() && wanted[0] > 0 ? shape[0] : 1;
        const std::size_t stepValues = input.size() / static_cast<std::size_t>(shape[0] / step);
        std::vector<int> sizes(shape.begin(), shape.end());
        sizes[0] = static_cast<int>(step);
        Tensor whole;
        for (std::size_t at = 0; at < input.size(); at += stepValues) {
            PS_TRY(const Tensor part, runOnce(input.subspan(at, stepValues), sizes, name));
            if (part.shape.empty() || (shape[0] != step && part.shape[0] != step))
                return error(ErrorCode::Unsupported, "the output of the model has no dimension for the batch");
            whole.values.insert(whole.values.end(), part.values.begin(), part.values.end());
            const std::int64_t before = whole.shape.empty() ? 0 : whole.shape[0];
            whole.shape = part.shape;
            whole.shape[0] += before;
        }
        return whole;
    }

private:
    Result<Tensor> runOnce(std::span<const float> input, const std::vector<int>& sizes, const std::string& output)
    {
        return guarded(ErrorCode::Internal, "OpenCV DNN", [&] {
            // OpenCV has no const; the blob is only read.
            m_net.setInput(cv::Mat(sizes, CV_32F, const_cast<float*>(input.data())));
            return toTensor(m_net.forward(layerOf(output)).clone());
        });
    }

    /// foldForOpenCv() takes the names of nodes away, and OpenCV then makes them from those of their outputs.
    std::string layerOf(const std::string& output) const
    {
        const std::string made = "onnx_node_output_0!" + output;
        return m_net.getLayerId(made) >= 0 || m_facts.outputs.size() > 1 ? made : std::string();
    }

    mutable cv::dnn::Net m_net; ///< asking for a layer is not const in OpenCV
    ModelFacts m_facts;
};

} // namespace

void prepareOpenCv()
{
    cv::ocl::setUseOpenCL(false);
    cv::setNumThreads(1);
    cv::redirectError(keepQuiet);
    cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
}

Result<std::unique_ptr<Session>> openWithOpenCv(const OnnxModel& model, ModelFacts facts)
{
    const std::string bytes = foldForOpenCv(model);
    PS_TRY(cv::dnn::Net net, guarded(ErrorCode::Unsupported, "OpenCV DNN cannot run this model, ONNX Runtime is needed",
                                     [&] { return readNet(bytes); }));
    facts.engine = ModelEngine::OpenCvDnn;
    facts.engineVersion = cv::getVersionString();
    return std::unique_ptr<Session>(std::make_unique<OpenCvSession>(std::move(net), std::move(facts)));
}

} // namespace ps

// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/pickle_writer.h"

#include <limits>

namespace ps {

namespace {

class PickleWriter
{
public:
    PickleWriter() : m_bytes("\x80\x02") {}

    void raw(std::string_view bytes) { m_bytes += bytes; }

    void global(std::string_view module, std::string_view name)
    {
        m_bytes.push_back('c');
        m_bytes += module;
        m_bytes.push_back('\n');
        m_bytes += name;
        m_bytes.push_back('\n');
    }

    void text(std::string_view value)
    {
        m_bytes.push_back('X');
        little(value.size(), 4);
        m_bytes += value;
    }

    void integer(std::int64_t value)
    {
        if (value >= 0 && value <= 0xFF) {
            m_bytes.push_back('K');
            little(static_cast<std::uint64_t>(value), 1);
        } else if (value >= 0 && value <= 0xFFFF) {
            m_bytes.push_back('M');
            little(static_cast<std::uint64_t>(value), 2);
        } else {
            m_bytes.push_back('J');
            little(static_cast<std::uint64_t>(value), 4);
        }
    }

    void tuple(const std::vector<std::int64_t>& values)
    {
        m_bytes.push_back('(');
        for (const std::int64_t value : values)
            integer(value);
        m_bytes.push_back('t');
    }

    std::string take() { return std::move(m_bytes); }

private:
    void little(std::uint64_t value, int size)
    {
        for (int i = 0; i < size; ++i)
            m_bytes.push_back(static_cast<char>((value >> (8 * i)) & 0xFF));
    }

    std::string m_bytes;
};

std::vector<std::int64_t> rowMajorStrides(const std::vector<std::int64_t>& shape)
{
    std::vector<std::int64_t> strides(shape.size(), 1);
    for (std::size_t i = shape.size(); i-- > 1;)
        strides[i - 1] = strides[i] * shape[i];
    return strides;
}

/// _rebuild_tensor_v2(storage, offset, shape, strides, requires_grad, OrderedDict())
void writeTensor(PickleWriter& out, const NamedTensor& tensor, std::size_t number)
{
    out.global("torch._utils", "_rebuild_tensor_v2");
    out.raw("((");
    out.text("storage");
    out.global("torch", "FloatStorage");
    out.text(std::to_string(number));
    out.text("cpu");
    out.integer(static_cast<std::int64_t>(tensor.values.size()));
    out.raw("tQ");
    out.integer(0);
    out.tuple(tensor.shape);
    out.tuple(rowMajorStrides(tensor.shape));
    out.raw("\x89"); // False
    out.global("collections", "OrderedDict");
    out.raw(")RtR");
}

} // namespace

std::string pickleOfTensors(const std::vector<NamedTensor>& tensors)
{
    PickleWriter out;
    out.global("collections", "OrderedDict");
    out.raw(")R(");
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        out.text(tensors[i].name);
        writeTensor(out, tensors[i], i);
    }
    out.raw("u.");
    return out.take();
}

} // namespace ps

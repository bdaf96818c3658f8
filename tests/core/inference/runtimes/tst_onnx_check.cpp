// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/runtimes/onnx_check.h"
#include "tests/support/checks.h"
#include "tests/support/models.h"
#include "tests/support/python.h"
#include "tests/support/temp_folder.h"

#include <QTest>

#include <filesystem>
#include <functional>

using namespace ps;
using test::OnnxWriter;

namespace {

/// y = relu(x), to be spoilt.
OnnxWriter good()
{
    OnnxWriter writer;
    writer.input("x", {-1, 3, 8, 8}).output("y", {-1, 3, 8, 8});
    writer.node("Relu", {"x"}, {"y"});
    return writer;
}

std::string spoilt(const std::function<void(OnnxWriter&)>& spoil)
{
    OnnxWriter writer = good();
    spoil(writer);
    return writer.model();
}

/// A tensor of one float with further fields.
std::string tensorWith(const std::function<void(ProtobufWriter&)>& more, std::int64_t dim = 1)
{
    ProtobufWriter tensor;
    tensor.addNumber(1, static_cast<std::uint64_t>(dim));
    tensor.addNumber(2, 1);
    tensor.addBytes(8, "w");
    more(tensor);
    return tensor.take();
}

std::string withTensor(const std::function<void(ProtobufWriter&)>& more, std::int64_t dim = 1)
{
    return spoilt([&](OnnxWriter& writer) { writer.graph().addBytes(5, tensorWith(more, dim)); });
}

/// external_data: where the weights are.
std::string externalAt(std::string_view location, std::uint64_t length = 4)
{
    return withTensor([&](ProtobufWriter& tensor) {
        for (const auto& [key, value] : {std::pair<std::string, std::string>("location", location),
                                         std::pair<std::string, std::string>("length", std::to_string(length))}) {
            ProtobufWriter entry;
            entry.addBytes(1, key);
            entry.addBytes(2, value);
            tensor.addBytes(13, entry.bytes());
        }
        tensor.addNumber(14, 1);
    });
}

std::string operatorSet(std::string_view domain, std::uint64_t version)
{
    ProtobufWriter set;
    set.addBytes(1, domain);
    set.addNumber(2, version);
    return set.take();
}

/// If within If within If.
std::string branches(int depth)
{
    OnnxWriter inner;
    inner.output("z" + std::to_string(depth), {1});
    if (depth == 0)
        inner.node("Relu", {"x"}, {"z0"});
    else
        inner.node("If", {"x"}, {"z" + std::to_string(depth)},
                   {OnnxWriter::branch("then_branch", branches(depth - 1))});
    return inner.graphBytes();
}

std::string nestedIf(int depth)
{
    return spoilt([&](OnnxWriter& writer) {
        writer.node("If", {"x"}, {"q"}, {OnnxWriter::branch("then_branch", branches(depth))});
    });
}

struct Crafted {
    const char* name;
    ErrorCode code;
    std::string bytes;
};

std::vector<Crafted> craftedFiles()
{
    using Code = ErrorCode;
    const auto node = [](const char* op, const char* domain = "") {
        return spoilt([&](OnnxWriter& writer) { writer.node(op, {"x"}, {"z"}, {}, domain); });
    };
    const auto extra = [](std::uint32_t number, std::string_view bytes) {
        return spoilt([&](OnnxWriter& writer) { writer.extra().addBytes(number, bytes); });
    };
    const std::string whole = good().model();
    const auto none = [](ProtobufWriter&) {};
    return {
        {"external data above the folder", Code::Refused, externalAt("../../etc/passwd")},
        {"external data at an absolute path", Code::Refused, externalAt("/etc/passwd")},
        {"external data behind a link", Code::Refused, externalAt("link")},
        {"external data of a huge length", Code::Refused, externalAt("weights.bin", 1ULL << 60)},
        {"external by location only", Code::Refused, withTensor([](auto& tensor) { tensor.addNumber(14, 1); })},
        {"external data in an attribute", Code::Refused, spoilt([](OnnxWriter& writer) {
             writer.node("Constant", {}, {"k"},
                         {OnnxWriter::tensor("value", tensorWith([](auto& tensor) { tensor.addNumber(14, 1); }))});
         })},
        {"custom domain of a node", Code::Refused, node("Run", "org.example.evil")},
        {"custom operator set", Code::Refused, extra(8, operatorSet("org.example.evil", 1))},
        {"operators of a vendor", Code::Refused, node("Gelu", "com.microsoft")},
        {"operator that does not exist", Code::Refused, node("LoadLibrary")},
        {"operator that reads images", Code::Refused, node("ImageDecoder")},
        {"loop", Code::Refused, node("Loop")},
        {"random numbers", Code::Refused, node("RandomNormalLike")},
        {"functions of its own", Code::Refused,
         extra(25, "\x0a\x01"
                   "f")},
        {"training part", Code::Refused, extra(20, "")},
        {"graphs too deep", Code::Refused, nestedIf(2)},
        {"graph where none belongs", Code::Refused, spoilt([](OnnxWriter& writer) {
             writer.node("Relu", {"x"}, {"q"}, {OnnxWriter::branch("body", branches(0))});
         })},
        {"sparse tensors", Code::Refused, spoilt([](OnnxWriter& writer) { writer.graph().addBytes(15, ""); })},
        {"segment of a tensor", Code::Refused, withTensor([](auto& tensor) { tensor.addBytes(3, ""); })},
        {"text as weights", Code::Refused, withTensor([](auto& tensor) { tensor.addBytes(6, "text"); })},
        {"dimension of 2^62", Code::TooLarge, withTensor(none, 1LL << 62)},
        {"negative dimension", Code::TooLarge, withTensor(none, -5)},
        {"more elements than can be counted", Code::TooLarge,
         withTensor(
             [](auto& tensor) {
                 for (int i = 0; i < 4; ++i)
                     tensor.addNumber(1, 0x7fffffff);
             },
             0x7fffffff)},
        {"twenty dimensions", Code::TooLarge, withTensor([](auto& tensor) {
             for (int i = 0; i < 20; ++i)
                 tensor.addNumber(1, 1);
         })},
        {"data shorter than the dimensions", Code::Corrupt,
         withTensor([](auto& tensor) { tensor.addBytes(9, "1234"); }, 1'000'000)},
        {"input of ten thousand million numbers", Code::TooLarge,
         spoilt([](OnnxWriter& writer) { writer.input("z", {100'000, 100'000}); })},
        {"operator set of the far future", Code::Unsupported, good().model(9999)},
        {"operator set of long ago", Code::Unsupported, good().model(1)},
        {"format of the far future", Code::Unsupported, good().model(13, 99)},
        {"two graphs", Code::Corrupt, extra(7, "")},
        {"a name twice", Code::Corrupt, spoilt([](OnnxWriter& writer) { writer.node("Abs", {"x"}, {"y"}); })},
        {"a circle", Code::Corrupt,
         spoilt([](OnnxWriter& writer) { writer.node("Abs", {"b"}, {"a"}).node("Abs", {"a"}, {"b"}); })},
        {"output that nothing computes", Code::Corrupt, spoilt([](OnnxWriter& writer) { writer.output("q", {1}); })},
        {"end missing", Code::Corrupt, whole.substr(0, whole.size() / 2)},
        {"a hundred thousand nodes", Code::TooLarge, spoilt([](OnnxWriter& writer) {
             for (int i = 0; i < 60'000; ++i)
                 writer.graph().addBytes(1, "");
         })},
        {"unknown element type", Code::Unsupported, spoilt([](OnnxWriter& writer) {
             ProtobufWriter tensor;
             tensor.addNumber(2, 77);
             writer.graph().addBytes(5, tensor.bytes());
         })},
    };
}

/// Makes files as Python programs save models, each of which touches the canary when it is unpickled.
constexpr const char* kDisguises = R"PY(
import bz2, gzip, io, json, lzma, os, pickle, struct, sys, tarfile, zipfile, zlib
folder, canary = sys.argv[1], sys.argv[2]

class Evil:
    def __reduce__(self):
        return os.mkdir, (canary,)

def save(name, data):
    with open(os.path.join(folder, name), "wb") as file:
        file.write(data)

def archive(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name, data in members:
            zipped.writestr(name, data)
    return out.getvalue()

def npy(data):
    header = b"{'descr': '|O', 'fortran_order': False, 'shape': (1,), }"
    header += b" " * (-(len(header) + 11) % 64) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + data

for protocol in range(6):
    save(f"pickle{protocol}.onnx", pickle.dumps(Evil(), protocol=protocol))
    save(f"dict{protocol}.pkl", pickle.dumps({"weights": Evil(), "layers": [1, 2]}, protocol=protocol))
evil = pickle.dumps(Evil(), protocol=2)
save("line.pt", f"cos\nmkdir\n(S'{canary}'\ntR.".encode())
save("list.pkl", f"(lp0\ncos\nmkdir\n(S'{canary}'\ntRa.".encode())
save("instance.pkl", f"(S'{canary}'\nios\nmkdir\n.".encode())
save("old_torch.pth", pickle.dumps(0x1950a86a20f9469cfc6c, protocol=2) + pickle.dumps(1001, protocol=2) + evil)
save("torch.onnx", archive([("archive/data.pkl", evil), ("archive/version", "3\n"), ("archive/data/0", b"\0" * 8)]))
save("script.pt", archive([("m/constants.pkl", evil), ("m/data.pkl", evil), ("m/code/__torch__.py", "pass")]))
save("keras.keras", archive([("config.json", "{}"), ("model.weights.h5", b"\x89HDF\r\n\x1a\n")]))
save("arrays.npz", archive([("a.npy", npy(evil))]))
save("object.npy", npy(evil))
save("model.joblib", evil)
save("model.joblib.gz", gzip.compress(evil))
save("model.joblib.bz2", bz2.compress(evil))
save("model.joblib.xz", lzma.compress(evil))
save("model.joblib.lzma", lzma.compress(evil, format=lzma.FORMAT_ALONE))
save("model.joblib.z", zlib.compress(evil))
save("keras.h5", b"\x89HDF\r\n\x1a\n" + b"\0" * 100)
header = json.dumps({"w": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}).encode()
save("model.safetensors", struct.pack("<Q", len(header)) + header + b"\0" * 4)
save("model.tflite", b"\x1c\0\0\0TFL3" + b"\0" * 40)
save("model.gguf", b"GGUF" + b"\0" * 40)
save("text.onnx", b'{"irVersion": 7, "graph": {}}')
save("empty.onnx", b"")
out = io.BytesIO()
with tarfile.open(fileobj=out, mode="w") as packed:
    member = tarfile.TarInfo("pickle"); member.size = len(evil)
    packed.addfile(member, io.BytesIO(evil))
save("old_torch.tar", out.getvalue())
)PY";

} // namespace

class TestOnnxCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goodFilesPass()
    {
        PS_CHECK_OK(checkOnnx(good().model()));
        PS_CHECK_OK(checkOnnx(test::smallNetwork()));
        PS_CHECK_OK(checkOnnx(nestedIf(1)));
        PS_CHECK_OK(checkOnnx(good().model(7, 3)));
        PS_CHECK_OK(checkOnnx(good().model(26, 13)));
        // the controls of what is refused below
        PS_CHECK_OK(checkOnnx(withTensor([](auto& tensor) { tensor.addBytes(9, "1234"); })));
        PS_CHECK_OK(
            checkOnnx(spoilt([](OnnxWriter& writer) { writer.extra().addBytes(8, operatorSet("com.microsoft", 1)); })));
        PS_CHECK_OK(checkOnnx(spoilt([](OnnxWriter& writer) { writer.node("Abs", {"x"}, {"z"}, {}, "ai.onnx"); })));
        // initialisers that stand among the inputs too
        PS_CHECK_OK(checkOnnx(spoilt([](OnnxWriter& writer) { writer.weights("w", {1}, {1}).input("w", {1}); })));
    }

    void craftedFilesAreRefused_data()
    {
        QTest::addColumn<std::string>("bytes");
        QTest::addColumn<int>("code");
        const auto files = craftedFiles();
        QVERIFY(files.size() >= 25);
        for (const Crafted& file : files)
            QTest::newRow(file.name) << file.bytes << static_cast<int>(file.code);
    }
    void craftedFilesAreRefused()
    {
        QFETCH(std::string, bytes);
        QFETCH(int, code);
        PS_CHECK_ERROR(static_cast<ErrorCode>(code), checkOnnx(bytes));
    }

    void disguisedPicklesAreRefused()
    {
        test::TempFolder folder;
        const std::string canary = folder.pathOf("canary");
        test::runPython(kDisguises, {folder.path(), canary});
        int count = 0;
        for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
            const std::string name = entry.path().filename().string();
            const auto outcome = checkOnnx(folder.read(name));
            QVERIFY2(!outcome, name.c_str());
            QVERIFY2(outcome.error().code == ErrorCode::Refused, (name + ": " + test::outcomeText(outcome)).c_str());
            QVERIFY2(outcome.error().message.find("export the model as ONNX") != std::string::npos, name.c_str());
            ++count;
        }
        QVERIFY(count >= 30);
        QVERIFY(!std::filesystem::exists(canary));
        // the control: the same files are live
        for (const char* name : {"pickle0.onnx", "line.pt", "instance.pkl"}) {
            test::runPython("import pickle, sys\npickle.load(open(sys.argv[1], 'rb'))", {folder.pathOf(name)});
            QVERIFY2(std::filesystem::remove(canary), name);
        }
    }

    void everyBeginningOfAFileIsAnError()
    {
        const std::string whole = test::smallNetwork();
        for (std::size_t length = 0; length < whole.size(); ++length) {
            const auto outcome = checkOnnx(std::string_view(whole).substr(0, length));
            QVERIFY2(!outcome, std::to_string(length).c_str());
        }
        PS_CHECK_OK(checkOnnx(whole));
    }
};

QTEST_GUILESS_MAIN(TestOnnxCheck)
#include "tst_onnx_check.moc"

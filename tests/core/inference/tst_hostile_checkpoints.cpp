// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// M-1 of the threat model: pickles that run something when Python opens them, and pickles that try to exhaust the reader.
// Each is opened by Python too, where those marked so do create the canary: without that control the refusal means nothing.
#include "core/inference/checkpoint.h"
#include "core/inference/zip_store.h"
#include "tests/support/checks.h"
#include "tests/support/python.h"
#include "tests/support/temp_folder.h"

#include <QTest>

#include <filesystem>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

struct Attack {
    const char* name;
    std::string pickle;
    bool runsInPython = false;
};

std::string textOpcode(const std::string& text)
{
    std::string size;
    for (int i = 0; i < 4; ++i)
        size.push_back(static_cast<char>((text.size() >> (8 * i)) & 0xFF));
    return "X" + size + text;
}

std::string repeated(const std::string& piece, int count)
{
    std::string all;
    for (int i = 0; i < count; ++i)
        all += piece;
    return all;
}

std::vector<Attack> codeThatRuns(const std::string& canary)
{
    const std::string touch = textOpcode("touch '" + canary + "'");
    const std::string open = textOpcode("open('" + canary + "', 'w')");
    const std::string call = "(" + touch + "tR.";
    return {
        {"os.system",
         "\x80\x02"
         "cos\nsystem\n" +
             call,
         true},
        {"posix.system",
         "\x80\x02"
         "cposix\nsystem\n" +
             call,
         true},
        {"builtins.eval",
         "\x80\x02"
         "cbuiltins\neval\n(" +
             open + "tR.",
         true},
        {"builtins.exec",
         "\x80\x02"
         "cbuiltins\nexec\n(" +
             open + "tR.",
         true},
        {"__builtin__.eval, the old name",
         "\x80\x02"
         "c__builtin__\neval\n(" +
             open + "tR.",
         true},
        {"subprocess.getoutput",
         "\x80\x02"
         "csubprocess\ngetoutput\n" +
             call,
         true},
        {"in the memo first",
         "\x80\x02"
         "cos\nsystem\nq\x07"
         "0h\x07" +
             call,
         true},
        {"in a huge memo",
         "\x80\x02"
         "cos\nsystem\nr\xff\xff\x01\x01"
         "0j\xff\xff\x01\x01" +
             call,
         true},
        {"behind a good tensor", "\x80\x02}" + textOpcode("w") + "cos\nsystem\n(" + touch + "tRs.", true},
        {"as a key", "\x80\x02}cos\nsystem\n(" + touch + "tRNs.", true},
        {"thrown away again",
         "\x80\x02"
         "cos\nsystem\n(" +
             touch + "tR0}.",
         true},
        {"INST", "\x80\x02(" + touch + "ios\nsystem\n.", true},
        {"OBJ", "\x80\x02(cos\nsystem\n" + touch + "o.", true},
        {"STACK_GLOBAL", "\x80\x04\x8c\x02os\x8c\x06system\x93" + call, true},
        {"STACK_GLOBAL in protocol 2", "\x80\x02" + textOpcode("os") + textOpcode("system") + "\x93" + call, true},
        {"protocol 0", "cos\nsystem\n" + call, true},
        {"reduce chain",
         "\x80\x02"
         "cbuiltins\ngetattr\n(cbuiltins\n__import__\n(" +
             textOpcode("os") + "tR" + textOpcode("system") + "tR" + call,
         true},
        {"a name that goes deeper", "\x80\x04\x8c\x02os\x8c\x0epath.os.system\x93" + call, true},
    };
}

std::vector<Attack> whatIsNoDictionaryOfTensors()
{
    const std::string orderedDict = "ccollections\nOrderedDict\n)R";
    const std::string setAttribute = "}" + textOpcode("__class__") + "cbuiltins\nobject\nsb.";
    return {
        {"BUILD of a class", "\x80\x02" + orderedDict + setAttribute},
        {"BUILD of an attribute", "\x80\x02" + orderedDict + "}" + textOpcode("items") + "Nsb."},
        {"BUILD of slots", "\x80\x02" + orderedDict + "N}" + textOpcode("_metadata") +
                               "Ns\x86"
                               "b."},
        {"BUILD of a tuple", "\x80\x02)}b."},
        {"an attribute of a known global", "\x80\x02"
                                           "ctorch._utils\n_rebuild_tensor_v2.__globals__\n."},
        {"another function of the module", "\x80\x02"
                                           "ctorch._utils\n_import_dotted_name\n(" +
                                               textOpcode("os.system") + "tR."},
        {"a known name with a space in front", "\x80\x02"
                                               "c collections\nOrderedDict\n)R."},
        {"module and name in one", "\x80\x02"
                                   "ccollections OrderedDict\n\n)R."},
        {"module and name the other way round", "\x80\x02"
                                                "c\ncollections OrderedDict\n)R."},
        {"nested load", "\x80\x02"
                        "ctorch\nload\n(" +
                            textOpcode("/etc/passwd") + "tR."},
        {"a call of a dictionary", "\x80\x02" + orderedDict + ")R."},
        {"a call of a text", "\x80\x02" + textOpcode("os.system") + ")R."},
        {"a call of a storage type", "\x80\x02"
                                     "ctorch\nFloatStorage\n)R."},
        {"OrderedDict of something", "\x80\x02"
                                     "ccollections\nOrderedDict\n(](K\1K\2eetR."},
        {"NEWOBJ", "\x80\x02"
                   "ccollections\nOrderedDict\n)\x81."},
        {"NEWOBJ_EX", "\x80\x02"
                      "ccollections\nOrderedDict\n)}\x92."},
        {"EXT1", "\x80\x02\x82\x01."},
        {"EXT2", "\x80\x02\x83\x01\x01."},
        {"EXT4", "\x80\x02\x84\x01\x01\x01\x01."},
        {"PERSID", "\x80\x02Pstorage\n."},
        {"a storage of another kind", "\x80\x02(" + textOpcode("storage") + "ctorch\nLongStorage\n" + textOpcode("0") +
                                          textOpcode("cpu") + "K\1tQ."},
        {"a persistent module", "\x80\x02(" + textOpcode("module") + "ctorch\nFloatStorage\n" + textOpcode("0") +
                                    textOpcode("cpu") + "K\1tQ."},
        {"bytes", "\x80\x02"
                  "C\x03"
                  "abc."},
        {"a list", "\x80\x02](K\1K\2e."},
        {"a list that holds itself", "\x80\x02]q\1h\1"
                                     "a."},
        {"deep nesting", "\x80\x02)" + repeated("\x85", 200'000) + "."},
        {"deep marks", "\x80\x02" + repeated("(", 200'000) + "."},
        {"many duplicates", "\x80\x02)" + repeated("2", 100'000) + "."},
        {"an integer of 4 GiB", "\x80\x02\x8b\xff\xff\xff\x7f."},
        {"an integer of 255 bytes", "\x80\x02\x8a\xff" + repeated("\x01", 255) + "."},
        {"a text of 2 GiB", "\x80\x02X\xff\xff\xff\x7f"
                            "abc."},
        {"a text of 2^63 bytes", "\x80\x02\x8d\xff\xff\xff\xff\xff\xff\xff\x7f"
                                 "abc."},
        {"nothing", ""},
        {"no end", "\x80\x02}"},
        {"a stack that is empty", "\x80\x02."},
        {"more behind the end", "\x80\x02}.cos\nsystem\n."},
        {"a frame of protocol 4", "\x80\x04\x95\x03\0\0\0\0\0\0\0}."s},
    };
}

std::string archiveOf(const std::string& pickle)
{
    ZipStoreWriter archive;
    archive.add("m/data.pkl", pickle, 64);
    archive.add("m/byteorder", "little", 64);
    archive.add("m/data/0", "\0\0\x80\x3f"s, 64);
    return archive.finish();
}

constexpr const char* kUnpickle = R"(
import sys, pickle, io
class Unpickler(pickle.Unpickler):
    def persistent_load(self, pid):
        return None
try:
    Unpickler(io.BytesIO(open(sys.argv[1], "rb").read())).load()
except Exception as error:
    print(error)
)";

} // namespace

class TestHostileCheckpoints : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void codeInAPickleIsRefusedAndNotRun_data()
    {
        QTest::addColumn<int>("index");
        const auto attacks = codeThatRuns("x");
        for (int i = 0; i < std::ssize(attacks); ++i)
            QTest::newRow(attacks[static_cast<std::size_t>(i)].name) << i;
    }
    void codeInAPickleIsRefusedAndNotRun()
    {
        QFETCH(const int, index);
        const TempFolder folder;
        const std::string canary = folder.pathOf("canary");
        const Attack attack = codeThatRuns(canary)[static_cast<std::size_t>(index)];
        const auto tensors = readCheckpoint(archiveOf(attack.pickle));
        PS_CHECK_ERROR(ErrorCode::Refused, tensors);
        QVERIFY(!std::filesystem::exists(canary));
        runPython(kUnpickle, {folder.write("attack.pkl", attack.pickle)});
        QVERIFY2(std::filesystem::exists(canary), "this pickle runs nothing in Python: it proves nothing");
    }

    void whatIsNoDictionaryOfTensorsIsNotRead_data()
    {
        QTest::addColumn<int>("index");
        const auto attacks = whatIsNoDictionaryOfTensors();
        for (int i = 0; i < std::ssize(attacks); ++i)
            QTest::newRow(attacks[static_cast<std::size_t>(i)].name) << i;
    }
    void whatIsNoDictionaryOfTensorsIsNotRead()
    {
        QFETCH(const int, index);
        const Attack attack = whatIsNoDictionaryOfTensors()[static_cast<std::size_t>(index)];
        const auto tensors = readCheckpoint(archiveOf(attack.pickle));
        QVERIFY2(!tensors, "it was read");
        QVERIFY2(tensors.error().code == ErrorCode::Refused || tensors.error().code == ErrorCode::Corrupt,
                 outcomeText(tensors).c_str());
        QVERIFY(!tensors.error().message.empty());
    }

    void theNameOfWhatIsRefusedIsSaid()
    {
        const auto tensors = readCheckpoint(archiveOf("\x80\x02"
                                                      "cos\nsystem\n)R."));
        PS_CHECK_ERROR(ErrorCode::Refused, tensors);
        QVERIFY(tensors.error().message.find("os.system") != std::string::npos);
        const auto opcode = readCheckpoint(archiveOf("\x80\x02)}\x92."));
        QVERIFY(opcode.error().message.find("0x92") != std::string::npos);
        // The control: the same dictionary without an attack is only empty.
        QCOMPARE(readCheckpoint(archiveOf("\x80\x02"
                                          "ccollections\nOrderedDict\n)R}X\x09\0\0\0_metadataNsb."s))
                     .error()
                     .message,
                 "the state dictionary is empty"s);
    }
};

QTEST_GUILESS_MAIN(TestHostileCheckpoints)
#include "tst_hostile_checkpoints.moc"

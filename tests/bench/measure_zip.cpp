// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/release_sink.h"
#include "tests/bench/bare_disk.h"
#include "tests/bench/observation.h"
#include "tests/bench/peer_program.h"

#include <QStandardPaths>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <random>
#include <unistd.h>
#include <vector>

namespace ps::bench {

namespace {

constexpr std::size_t kFileBytes = 500'000; // of a photograph of 2 to 3 megapixels

std::string nameOf(std::int64_t number)
{
    std::string digits = std::to_string(number);
    return "image_" + digits.insert(0, 5 - std::min<std::size_t>(5, digits.size()), '0') + ".jpg";
}

/// Files that begin as a JPEG does and go on at random: nothing here looks at their pixels, only at their bytes.
Result<UniqueFd> sampleFiles(const std::string& path, std::int64_t count)
{
    PS_TRY(UniqueFd folder, makeFolders(path));
    std::mt19937_64 random(20'260'101);
    std::string bytes;
    for (std::int64_t i = 0; i < count; ++i) {
        if (const auto there = identifyBeneath(folder.get(), nameOf(i)); there && there->sizeBytes == kFileBytes)
            continue;
        bytes = "\xff\xd8\xff\xe0";
        while (bytes.size() < kFileBytes) {
            const std::uint64_t value = random();
            bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
        }
        bytes.resize(kFileBytes);
        PS_TRY_VOID(removeFile(folder.get(), nameOf(i)));
        PS_TRY_VOID(writeFileDurably(folder.get(), nameOf(i), bytes, Replace::Never));
    }
    return folder;
}

/// So that whoever comes first does not pay for the disk.
Result<void> warm(const UniqueFd& folder, std::int64_t count)
{
    for (std::int64_t i = 0; i < count; ++i) {
        PS_TRY(const std::string bytes, readFileBeneath(folder.get(), nameOf(i), 2 * kFileBytes));
    }
    return {};
}

struct Times {
    double writtenMs = 0;
    double durableMs = 0;
    double cpuMs = 0;
};

Result<Times> zipByUs(const UniqueFd& folder, std::int64_t count, const std::string& target)
{
    ::unlink(target.c_str());
    UniqueFd file(::open(target.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (!file.isOpen())
        return errnoError("cannot make the archive", target, errno);
    const Stopwatch watch;
    PS_TRY(const auto sink, openZipSink(std::move(file)));
    for (std::int64_t i = 0; i < count; ++i) {
        PS_TRY(const UniqueFd image, openFileBeneath(folder.get(), nameOf(i)));
        PS_TRY_VOID(sink->copyFile("images/" + nameOf(i), image.get(), {}));
    }
    Times times;
    times.writtenMs = watch.wallMs();
    times.cpuMs = watch.cpuMs();
    PS_TRY_VOID(sink->finish());
    times.durableMs = watch.wallMs();
    return times;
}

Result<PeerTimes> zipByInfoZip(const QString& program, const std::string& folder, const std::string& target)
{
    ::unlink(target.c_str());
    const QStringList arguments{QStringLiteral("-0"), QStringLiteral("-q"), QStringLiteral("-r"),
                                QString::fromStdString(target), QStringLiteral(".")};
    return runPeer({program, arguments, folder, {}, target});
}

} // namespace

Result<Observation> measureZip(const Settings& settings)
{
    const std::int64_t count = settings.isQuick ? 20 : 2'000;
    const std::string folder = settings.folder + "/zip";
    PS_TRY(const UniqueFd images, sampleFiles(folder + "/images", count));
    const std::string target = folder + "/archive.zip";
    const QString program = QStandardPaths::findExecutable(QStringLiteral("zip"));
    PS_TRY_VOID(warm(images, count));

    Observation seen;
    PS_TRY(const Times ours, zipByUs(images, count, target));
    seen.memory = memoryUse();
    std::vector<std::string> written;
    std::vector<std::string> durable;
    if (!program.isEmpty()) {
        PS_TRY(const PeerTimes theirs, zipByInfoZip(program, folder + "/images", target));
        seen.baselines.push_back({"zip_0", "ms", theirs.writtenMs, {}, {}});
        seen.baselines.push_back({"zip_0_durable", "ms", theirs.durableMs, {}, {}});
        written = {"zip_0"};
        durable = {"zip_0_durable"};
    }
    ::unlink(target.c_str());
    seen.figures.push_back({"written", "ms", ours.writtenMs, ours.cpuMs, written});
    seen.figures.push_back({"durable", "ms", ours.durableMs, {}, durable});
    seen.facts = Json::object({{"files", count},
                               {"bytes", count * static_cast<std::int64_t>(kFileBytes)},
                               {"zip", program.isEmpty() ? "not installed" : "installed"}});
    return seen;
}

} // namespace ps::bench

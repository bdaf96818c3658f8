// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Single images: what they are, and pictures made of them. Their bytes are looked at by workers only.
#include "app/cli/command.h"
#include "app/cli/image_files.h"
#include "core/base/text.h"
#include "ui/common/error_text.h"

#include <algorithm>
#include <fcntl.h>
#include <limits>
#include <optional>
#include <sys/mman.h>
#include <unistd.h>

namespace ps::cli {

namespace {

/// Something about a file that people should know, as programs and as people read it.
struct Problem {
    const char* code;
    QString text;
};

std::string extensionOf(const std::string& path)
{
    const std::size_t name = path.rfind('/') + 1; // npos + 1 = 0
    const std::size_t dot = path.rfind('.');
    return dot == std::string::npos || dot <= name ? std::string() : path.substr(dot);
}

std::vector<Problem> problemsOf(const ImageInfo& info, const std::string& path)
{
    std::vector<Problem> problems;
    const std::string extension = extensionOf(path);
    if (!isUsualExtension(info.format, extension))
        problems.push_back({"wrong_extension", Text::tr("it is a %1 image, which \"%2\" does not say")
                                                   .arg(fromCore(formatName(info.format)), fromCore(extension))});
    if (info.isAnimated)
        problems.push_back({"animated", Text::tr("animated: only the first frame is shown")});
    else if (info.frameCount > 1)
        problems.push_back({"several_images", Text::tr("several images: only the first is shown")});
    if (std::ranges::find(info.conversions, kBrokenProfileNote) != info.conversions.end())
        problems.push_back({"broken_profile", Text::tr("the colour profile is broken and ignored")});
    return problems;
}

Json listJson(const std::vector<std::string>& list)
{
    Json::Array items(list.begin(), list.end());
    return Json(std::move(items));
}

Json infoJson(const ImageInfo& info)
{
    return Json::object({{"format", formatName(info.format)},
                         {"width", info.size.width},
                         {"height", info.size.height},
                         {"bits", info.bitsPerChannel},
                         {"channels", info.channelCount},
                         {"alpha", info.hasAlpha},
                         {"lossless", info.isLossless},
                         {"animated", info.isAnimated},
                         {"frames", info.frameCount},
                         {"orientation", info.orientation},
                         {"profile", info.profileDescription},
                         {"conversions", listJson(info.conversions)},
                         {"bytes", info.fileBytes}});
}

QString infoLine(const ImageInfo& info)
{
    QStringList parts{
        fromCore(formatName(info.format)), QStringLiteral("%1 x %2").arg(info.size.width).arg(info.size.height),
        Text::tr("%1 bit").arg(info.bitsPerChannel), Text::tr("%n channel(s)", nullptr, info.channelCount)};
    if (info.orientation != 1)
        parts.append(Text::tr("orientation %1").arg(info.orientation));
    if (!info.profileDescription.empty())
        parts.append(Text::tr("profile %1").arg(fromCore(info.profileDescription)));
    for (const std::string& conversion : info.conversions)
        parts.append(fromCore(conversion));
    return parts.join(QStringLiteral(", "));
}

/// What one file is; with `isWhole` every pixel is decoded.
Result<ImageInfo> examine(ImageService& images, const std::string& path, bool isWhole)
{
    PS_TRY(const ImageSource source, sourceAt(path));
    PS_TRY(ImageInfo info, images.probe(source));
    if (isWhole) {
        constexpr ImageSize kSmall{64, 64}; // all pixels are decoded, few are kept
        if (const auto pixels = images.decode(source, kSmall); !pixels)
            return pixels.error();
    }
    return info;
}

/// One file on the command line: printed, counted.
int probeOne(Context& context, ImageService& images, const std::string& path, Json::Array& list)
{
    const auto info = examine(images, path, context.has("whole"));
    if (!info) {
        list.push_back(Json::object({{"file", displayText(path)}, {"error", info.error().describe()}}));
        return context.fail(info.error().in(path));
    }
    const std::vector<Problem> problems = problemsOf(*info, path);
    context.print(QStringLiteral("%1: %2").arg(fromCore(displayText(path)), infoLine(*info)));
    Json::Array codes;
    for (const Problem& problem : problems) {
        context.print(QStringLiteral("    ") + problem.text);
        codes.emplace_back(problem.code);
    }
    Json json = infoJson(*info);
    json.set("file", displayText(path));
    json.set("problems", Json(std::move(codes)));
    list.push_back(std::move(json));
    return problems.empty() ? Fine : Findings;
}

// ---- render --------------------------------------------------------------------------------------------------------

/// Everything that the worker wrote into the memory.
Result<std::string> contentOf(int memory, std::int64_t byteCount)
{
    std::string bytes(static_cast<std::size_t>(byteCount), '\0');
    for (std::size_t done = 0; done < bytes.size();) {
        const ssize_t count = ::pread(memory, bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
        if (count < 0)
            return errnoError("cannot read the rendered image", {}, errno);
        if (count == 0)
            return Error{ErrorCode::Corrupt, "the worker wrote less than it said", {}, 0};
        done += static_cast<std::size_t>(count);
    }
    return bytes;
}

std::optional<ImageFormat> writableFormatFor(const std::string& path)
{
    for (const ImageFormat format : openableFormats()) {
        if (isWritable(format) && isUsualExtension(format, extensionOf(path)))
            return format;
    }
    return std::nullopt;
}

std::optional<int> sideOf(const std::string& text)
{
    const auto number = parseJson(text);
    const bool isSide = number && number->isInteger() && number->toInteger() > 0 &&
                        number->toInteger() <= std::numeric_limits<std::int32_t>::max();
    return isSide ? std::optional(static_cast<int>(number->toInteger())) : std::nullopt;
}

Result<RenderReport> render(ImageService& images, const std::string& from, int side, ImageFormat format,
                            const std::string& to, Replace replace)
{
    PS_TRY(const ImageSource source, sourceAt(from));
    PS_TRY(const ImageInfo info, images.probe(source));
    Recipe recipe;
    recipe.encoding.format = format;
    const ImageSize size = fittedSize(info.size, {side, side});
    if (size != info.size)
        recipe.steps.emplace_back(ResizeStep{size, ResizeFilter::Area});
    UniqueFd memory(::memfd_create("proofsheet-render", MFD_CLOEXEC));
    UniqueFd forWorker(::fcntl(memory.get(), F_DUPFD_CLOEXEC, 0));
    if (!memory.isOpen() || !forWorker.isOpen())
        return errnoError("cannot make memory for the image", {}, errno);
    PS_TRY(const RenderReport report, images.render(source, recipe, std::move(forWorker)));
    PS_TRY(const std::string bytes, contentOf(memory.get(), report.fileBytes));
    PS_TRY_VOID(writeFileDurably(to, bytes, replace));
    return report;
}

} // namespace

int runProbe(Context& context)
{
    const auto images = context.imageService();
    if (!images)
        return context.fail(images.error());
    Json::Array list;
    int worst = Fine;
    for (qsizetype i = 0; i < context.arguments.size(); ++i) {
        const int code = probeOne(context, **images, context.argument(i), list);
        if (worst != Damaged && (code == Damaged || code > worst))
            worst = code;
    }
    context.printJson(Json::object({{"images", Json(std::move(list))}}));
    return worst;
}

int runRender(Context& context)
{
    const std::optional<int> side = sideOf(context.value("size"));
    if (!side || !context.has("to"))
        return context.failUsage(Text::tr("Usage: proofsheet-cli render FILE --size N --to FILE"));
    const std::string to = context.value("to");
    const auto format = writableFormatFor(to);
    if (!format)
        return context.failUsage(
            Text::tr("The name must end in .jpg, .png, .webp, .tif or .bmp: %1").arg(fromCore(displayText(to))));
    const auto images = context.imageService();
    if (!images)
        return context.fail(images.error());
    const auto report = render(**images, context.argument(0), *side, *format, to,
                               context.has("force") ? Replace::Atomic : Replace::Never);
    if (!report)
        return context.fail(report.error());
    context.print(
        QStringLiteral("%1: %2 x %3").arg(fromCore(displayText(to))).arg(report->size.width).arg(report->size.height));
    context.printJson(Json::object({{"file", displayText(to)},
                                    {"width", report->size.width},
                                    {"height", report->size.height},
                                    {"bytes", report->fileBytes}}));
    return Fine;
}

} // namespace ps::cli

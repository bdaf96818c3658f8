// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "core/library/demo/demo_project.h"
#include "ui/common/error_text.h"

namespace ps::cli {

int runDemo(Context& context)
{
    if (!context.has("to"))
        return context.failUsage(Text::tr("demo create needs --to DIR."));
    const auto images = context.imageService();
    if (!images)
        return context.fail(images.error());
    DemoOptions options;
    options.targetPath = context.value("to");
    options.decideAll = context.has("decided");
    options.program = programName();
    options.onProgress = [&context](std::int64_t done, std::int64_t total) {
        context.progress(Text::tr("%1 of %2 images").arg(done).arg(total));
    };
    const auto report = createDemo(**images, options, context.stop());
    context.progress({});
    if (!report)
        return context.fail(report.error());
    context.print(Text::tr("%n group(s)", nullptr, static_cast<int>(report->groups)) + QStringLiteral(", ") +
                  Text::tr("%n image(s)", nullptr, static_cast<int>(report->images)) + QStringLiteral(", ") +
                  Text::tr("%n decided", nullptr, static_cast<int>(report->decided)));
    context.printJson(Json::object({{"workspace", options.targetPath},
                                    {"project", kDemoProjectId},
                                    {"groups", report->groups},
                                    {"images", report->images},
                                    {"decided", report->decided},
                                    {"planted", report->planted}}));
    return Fine;
}

} // namespace ps::cli

// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imaging/image_service.h"
#include "core/imaging/thumbnail_service.h"
#include "core/library/project_session.h"

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace ps {

struct ProjectSurveyOptions {
    bool wantsHash = true;                  ///< SHA-256 of every file, too
    std::size_t inFlight = 16;              ///< images that are with the workers at once
    std::int64_t most = 0;                  ///< images of one call; 0: all
    ThumbnailService* thumbnails = nullptr; ///< keeps the thumbnails that are made on the way; may be null
};

struct ProjectSurveyProgress {
    std::int64_t surveyed = 0;
    std::int64_t failed = 0;
    std::int64_t position = 0; ///< ordinal of the last group that was reached
    std::int64_t total = 0;    ///< groups and singles
};

struct ProjectSurveyReport {
    std::int64_t surveyed = 0;
    std::int64_t failed = 0;
    std::vector<Error> problems; ///< the first hundred, each with its file
};

/// Surveys every image of the project that is there and whose present state was not surveyed yet, and puts what it finds
/// into the catalogue: measures, or the reason why the file cannot be read. What is done stays done: after a stop the
/// next call goes on. Uses the pool in the background, with bounded memory. Blocks.
/// Errors: Cancelled; those of the catalogue. A file that cannot be read is in the report and no error.
Result<ProjectSurveyReport> surveyProject(const ProjectSession& session, ImageService& images,
                                          const ProjectSurveyOptions& options,
                                          const std::function<void(const ProjectSurveyProgress&)>& onProgress,
                                          std::stop_token stop);

} // namespace ps

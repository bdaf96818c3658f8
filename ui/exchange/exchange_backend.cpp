// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/exchange_backend.h"

#include "core/base/files.h"

namespace ps {

namespace {

Error notThere(std::string_view what)
{
    return {ErrorCode::Unsupported, "this build cannot do it yet", std::string(what), 0};
}

class DiskExchange : public ExchangeBackend
{
public:
    explicit DiskExchange(ImageService& images) : m_images(images) {}

    Result<ExportPreview> preview(const ProjectSession&, const ExportRequest&, const ExportPlace&,
                                  const ExportWatcher&, std::stop_token) override
    {
        return notThere("export");
    }
    Result<ReleaseReceipt> exportRelease(ProjectSession&, const ExportRequest&, const ExportPlace&,
                                         const ExportWatcher&, std::stop_token) override
    {
        return notThere("export");
    }
    Result<std::vector<ReleaseEntry>> releases(const ProjectSession&) override { return std::vector<ReleaseEntry>(); }
    Result<ReleaseVerdict> verify(const std::string&, std::stop_token) override { return notThere("verify"); }
    Result<ReleaseDiff> diff(const std::string&, const std::string&, std::stop_token) override
    {
        return notThere("diff");
    }
    std::string diffDocument(const ReleaseDiff&) override { return {}; }
    std::optional<GroupImage> findImage(const ProjectSession&, const std::string&, const std::string&) override
    {
        return std::nullopt;
    }
    Result<void> save(const std::string&, const std::string&) override { return notThere("save"); }
    Result<std::unique_ptr<PlannedImport>> planImport(const ImportOrder&, std::stop_token) override
    {
        return notThere("import");
    }
    Json knownRules() override { return {}; }
    Result<std::vector<std::string>> projects(const std::string&) override { return std::vector<std::string>(); }

private:
    [[maybe_unused]] ImageService& m_images;
};

} // namespace

std::shared_ptr<ExchangeBackend> makeExchangeBackend(ImageService& images)
{
    return std::make_shared<DiskExchange>(images);
}

} // namespace ps

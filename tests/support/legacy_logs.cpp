// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/legacy_logs.h"

#include <array>
#include <cstdio>
#include <tuple>
#include <utility>
#include <vector>

namespace ps::test {

namespace {

constexpr int kPixelRows = 7'193;
constexpr int kMojo1Rows = 3'978;
constexpr int kFullFrames = 549;
constexpr int kRepeats = 95;
constexpr const char* kHeader = "session_id,set_id,directory,image_count,chosen_index,chosen_path,crop_x1,crop_y1,"
                                "crop_x2,crop_y2,timestamp,image_0_path,image_0_stage,width_0,height_0,image_1_path,"
                                "image_1_stage,width_1,height_1\r\n";

struct Box {
    int x1 = 0;
    int y1 = 0;
    int x2 = 0;
    int y2 = 0;
};

struct Row {
    int name = 0; ///< which image; equal for repeats
    std::string day;
    std::string session;
    std::string directory;
    int width = 0;
    int height = 0;
    Box box;
};

template <typename T, std::size_t N>
T pickOf(const std::array<std::pair<T, int>, N>& shares, int index)
{
    for (const auto& [value, count] : shares) {
        if (index < count)
            return value;
        index -= count;
    }
    return shares.back().first;
}

std::string text(const char* format, auto... values)
{
    std::array<char, 512> buffer{};
    std::snprintf(buffer.data(), buffer.size(), format, values...);
    return buffer.data();
}

std::string dayOf(int index)
{
    static const std::array<std::pair<std::string, int>, 8> kDays{{{"2025-10-08", 844},
                                                                   {"2025-10-09", 98},
                                                                   {"2025-10-10", 1553},
                                                                   {"2025-10-11", 1483},
                                                                   {"2025-10-16", 983},
                                                                   {"2025-10-17", 505},
                                                                   {"2025-10-18", 1032},
                                                                   {"2025-10-19", 695}}};
    return pickOf(kDays, index);
}

std::pair<int, int> sizeOf(int index)
{
    using Size = std::pair<int, int>;
    static const std::array<std::pair<Size, int>, 9> kSizes{{{{1664, 2432}, 2079},
                                                             {{832, 1216}, 1734},
                                                             {{2048, 2048}, 1699},
                                                             {{1216, 832}, 1373},
                                                             {{3072, 3072}, 226},
                                                             {{1024, 1024}, 79},
                                                             {{1529, 2276}, 1},
                                                             {{1460, 2013}, 1},
                                                             {{1734, 2036}, 1}}};
    return pickOf(kSizes, index);
}

std::string directoryOf(int index)
{
    static const std::array<std::pair<std::string, int>, 4> kDirectories{
        {{"crop", 3218}, {"crop/hannah", 2919}, {"crop/emily", 411}, {"crop/mia", 645}}};
    return pickOf(kDirectories, index);
}

/// The row that the repeat number `repeat` is about, and where it stands.
std::pair<int, int> placesOf(int repeat)
{
    // Within one project; the last two are third rows about images that have a second one.
    const bool isThird = repeat >= kRepeats - 2;
    const bool isMojo1 = isThird ? repeat % 2 == 0 : repeat < 48;
    const int first = isThird ? (isMojo1 ? 600 : 4'600) : (isMojo1 ? 600 + repeat : 4'600 + repeat - 48);
    const int place = isThird ? (isMojo1 ? 3'900 : 7'100) : (isMojo1 ? 3'000 + repeat : 6'500 + repeat - 48);
    return {first, place};
}

std::vector<Row> pixelRows()
{
    std::vector<Row> rows;
    for (int i = 0; i < kPixelRows; ++i) {
        Row row;
        row.name = i;
        row.day = dayOf(i);
        row.session = i < kMojo1Rows           ? "2025-10-08 14:46:56"
                      : i < kMojo1Rows + 3'211 ? "2025-10-16 15:02:35"
                                               : "2025-10-19 16:55:07";
        row.directory = directoryOf(i);
        std::tie(row.width, row.height) = sizeOf(i);
        row.box = {row.width / 8, 0, row.width / 8 + row.width * 3 / 4, row.height * 3 / 4};
        rows.push_back(row);
    }
    for (int i = 0; i < kFullFrames; ++i) { // none of them is repeated
        Row& row = rows[static_cast<std::size_t>(i)];
        row.box = {0, 0, row.width, row.height};
    }
    for (int repeat = 0; repeat < kRepeats; ++repeat) {
        const auto [first, place] = placesOf(repeat);
        const Row& original = rows[static_cast<std::size_t>(first)];
        Row& row = rows[static_cast<std::size_t>(place)];
        const int width = original.box.x2 - original.box.x1;
        const int height = original.box.y2 - original.box.y1;
        row.name = original.name;
        row.directory = repeat % 32 == 5 ? "crop/kelly" : original.directory; // three with other folders
        row.width = original.width;
        row.height = original.height;
        const bool isSame = repeat < 16 || repeat == kRepeats - 2;
        const bool isInside = !isSame && repeat >= 85 - 1 && repeat < kRepeats - 2;
        row.box = isSame ? original.box : isInside ? Box{10, 20, width - 10, height - 20} : Box{0, 0, width, height};
    }
    return rows;
}

std::string imageName(int index)
{
    static const std::array<std::pair<const char*, int>, 4> kStages{{{"stage2_upscaled", 3781},
                                                                     {"stage1.5_face_swapped", 3096},
                                                                     {"stage3_enhanced", 226},
                                                                     {"stage1_generated", 90}}};
    return text("20250705_%02d%02d%02d_%s", 10 + index / 3'600, index / 60 % 60, index % 60, pickOf(kStages, index));
}

std::string stageOf(const std::string& name)
{
    const std::size_t start = name.find("_stage") + 1;
    return name.substr(start, name.find('_', start) - start);
}

std::string rowText(const Row& row, int position, bool hasSize)
{
    const std::string name = imageName(row.name);
    const std::string path = row.directory + "/" + name + ".png";
    const std::string folder = row.directory.substr(row.directory.rfind('/') + 1);
    std::string line = row.session + "," + folder + "_" + name + "," + row.directory + ",1,0," + path;
    line += text(",%d.0,%d.0,%d.0,%d.0", row.box.x1, row.box.y1, row.box.x2, row.box.y2);
    line += text(",%sT%02d:%02d:%02d.%06dZ,", row.day.c_str(), position / 3'600 % 24, position / 60 % 60, position % 60,
                 position % 999'983 + 1);
    line += path + "," + stageOf(name);
    line += hasSize ? text(",%d,%d,,,,", row.width, row.height) : std::string(",0,0");
    return line + "\r\n";
}

constexpr const char* kNormalizedRow =
    "2025-10-04 21:23:51,t_e279638ee2b2,mojo1,2,1,mojo1/20250704_101500_stage2_upscaled.png,0.125,0.0,0.875,0.75,"
    "2025-10-05T01:24:07.482913Z,mojo1/20250704_101400_stage1_generated.png,stage1,1024,1024,"
    "mojo1/20250704_101500_stage2_upscaled.png,stage2,1024,1024\r\n";

struct Extraction {
    const char* project;
    int count;
};
constexpr std::array<Extraction, 12> kExtractions{{{"jmlimages-random", 2714},
                                                   {"tattersail-0918", 1043},
                                                   {"1100", 764},
                                                   {"1101_hailey", 233},
                                                   {"1013", 219},
                                                   {"1012", 145},
                                                   {"1011", 109},
                                                   {"Eleni_raw", 61},
                                                   {"Kiara_Slender", 57},
                                                   {"agent-1002", 41},
                                                   {"agent-1003", 27},
                                                   {"agent-1001", 18}}};

std::string extractionRow(const char* project, int number, int index)
{
    static const std::array<std::pair<const char*, int>, 4> kStages{
        {{"2.0", 4529}, {"1.5", 620}, {"1.0", 268}, {"3.0", 14}}};
    const std::string stamp = text("202507%02d_%02d%02d%02d", 7 + number / 500, number / 60 % 24, number % 60, 11);
    const std::string path = text("/Users/someone/Documents/Eros Mate/%s/%s_stage2_x.png", project, stamp.c_str());
    return text("%s_extraction,/Users/someone/Documents/Eros Mate/%s,", project, project) + path +
           text(",%s,0.0,0.0,1.0,1.0,2025-07-%02dT%02d:%02d:%02d+00:00\r\n", pickOf(kStages, index), 7 + number / 500,
                number / 60 % 24, number % 60, 11);
}

} // namespace

std::string selectCropLog()
{
    std::string log = std::string(kHeader) + kNormalizedRow;
    int position = 0;
    for (const Row& row : pixelRows())
        log += rowText(row, position++, true);
    return log;
}

std::string mixedSelectCropLog()
{
    std::string log = std::string(kHeader) + kNormalizedRow;
    int position = 0;
    for (const Row& row : pixelRows())
        log += rowText(row, position++, false);
    int index = 0;
    for (const Extraction& extraction : kExtractions) {
        for (int number = 0; number < extraction.count; ++number) {
            // The last row of the largest project says again what the one before it said.
            const bool isDuplicate = index == kExtractions.front().count - 1;
            log += extractionRow(extraction.project, isDuplicate ? number - 1 : number, index);
            ++index;
        }
    }
    return log;
}

std::string anomalyLog()
{
    static const std::array<std::pair<const char*, int>, 13> kProjects{{{"tattersail", 187},
                                                                        {"1101_hailey", 111},
                                                                        {"1100", 71},
                                                                        {"1011", 27},
                                                                        {"agent-1002", 25},
                                                                        {"mojo2", 22},
                                                                        {"1012", 17},
                                                                        {"agent-1001", 15},
                                                                        {"agent-1003", 15},
                                                                        {"jml", 12},
                                                                        {"Aiko_raw", 6},
                                                                        {"mojo1", 5},
                                                                        {"1013", 5}}};
    std::string log =
        "session_id,set_id,project,chosen_stage,max_rejected_stage,chosen_path,rejected_paths,timestamp\r\n";
    for (int i = 0; i < 518; ++i) {
        const int negatives = i < 46 ? 1 : i < 46 + 464 ? 2 : 3;
        const std::string project = pickOf(kProjects, i);
        const auto path = [&](int stage) {
            return text("PROJECT_ROOT/training data/%s/20250801_%02d%02d%02d_stage%d_x.png", project.c_str(), i / 60,
                        i % 60, stage, stage);
        };
        std::string list;
        for (int stage = 2; stage < 2 + negatives; ++stage)
            list += (stage > 2 ? ", '" : "'") + path(stage) + "'";
        const char* const time = i < 491 ? "2025-08-01T%02d:%02d:00+00:00" : "2025-10-01T%02d:%02d:00.123456Z";
        log += project + "_session," + text("group_%d", i) + "," + project + ",1,2," + path(1) + ",\"[" + list +
               "]\"," + text(time, i / 60, i % 60) + "\r\n";
    }
    return log;
}

std::string extractionLog()
{
    std::string log = "session_id,set_id,directory,chosen_path,chosen_stage,timestamp,note,mtime\r\n";
    for (int i = 0; i < 5'156; ++i) {
        const std::string stamp = text("20250705_%02d%02d%02d", 10 + i / 3'600, i / 60 % 60, i % 60);
        log += "mojo1_extraction," + stamp + ",mojo1_final/_bin name,/Users/someone/mojo1_final/_bin name/" + stamp +
               "_stage2_x.png,2.0," + stamp +
               ",Crop coordinates not available (image already cropped),2025-09-18T10:00:00+00:00\r\n";
    }
    return log;
}

} // namespace ps::test

// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/observation.h"

namespace ps::bench {

std::span<const Measurement> allMeasurements()
{
    static const std::vector<Measurement> measurements{
        {"decisions_one_by_one",
         "From handing a decision to the store until it is durable, when each waits for the one before.",
         measureDecisionsOneByOne},
        {"decisions_at_once", "Durable decisions per second when all are handed over as fast as possible.",
         measureDecisionsAtOnce},
        {"open_viewing_cold", "Opening a project for viewing for the first time ever, to its first group.",
         measureColdViewing},
        {"open_viewing_warm", "Opening it for viewing again, to its first group.", measureWarmViewing},
        {"open_working_cold",
         "Opening a project for work for the first time ever, to its first group: with the verified backup, the hash "
         "of all "
         "rows and the catalogue.",
         measureColdWorking},
        {"open_working_warm", "Opening it for work again, to its first group.", measureWarmWorking},
        {"inspection", "The inspection of a decision database by itself, as inspect --db makes it.", measureInspection},
        {"images_jpeg", "A 12-megapixel JPEG to the 512-pixel class, from the open file to the last pixel.",
         measureJpegThumbnails, "images"},
        {"images_png", "A PNG of 3072 x 3072 to 512 pixels.", measurePngThumbnails, "images"},
        {"images_pool", "A whole folder of 12-megapixel JPEGs through the worker processes.", measureImagePool,
         "images"},
        {"store",
         "A project of that many rows with its catalogue there: to the first page, to any page, to another list.",
         measureStore, "store"},
        {"grouping", "Sorting and grouping of image names of all stages.", measureGrouping},
        {"near_duplicates", "Finding perceptual hashes that differ in few bits.", measureNearDuplicates, "images"},
        {"thumbnails",
         "Thumbnail, perceptual hash and measures from one decode, and thumbnails from the cache through two workers.",
         measureThumbnails, "images"},
        {"builtin_embedder", "From the file of a 12-megapixel JPEG to its vector, through the service and its workers.",
         measureBuiltinEmbedder, "inference"},
        {"ranker_training", "Training the ranker on 27,000 pairs for 30 epochs, beside PyTorch.", measureRankerTraining,
         "training"},
        {"pick_quality",
         "Right picks among a good image and three that are spoilt moderately, of photographs that were left out of "
         "the "
         "training.",
         measurePickQuality, "quality"},
        {"crop_quality", "Mean IoU with the crop of a stated rule, of photographs that were left out of the training.",
         measureCropQuality, "quality"},
        {"clip_embedder", "The same for a network of the size of CLIP ViT-B/32, by ONNX Runtime.", measureClipEmbedder,
         "inference"},
        {"similarity", "The ten most similar of so many vectors of 512 numbers, and adding one.", measureSimilarity,
         "similarity"},
        {"embedding_map", "The layout of a map of 10,000 embeddings.", measureEmbeddingMap, "similarity"},
        {"zip", "2,000 JPEGs stored in a zip archive, with their SHA-256, beside zip -0.", measureZip, "exchange"},
        {"coco", "COCO annotations of 50,000 images with ten boxes each, without their pictures.", measureCoco,
         "exchange"},
        {"exchange_split", "Dealing so many images to train, val and test, with near-duplicates.", measureSplit,
         "exchange"},
        {"exchange_import", "A decision log of so many lines, planned and applied, beside the import of sqlite3.",
         measureImport, "exchange"},
        {"exchange_jsonl", "A release of all rows as JSON lines, read back, beside sqlite3 -json.", measureJsonLines,
         "exchange"},
#ifdef PS_BENCH_HAS_WINDOW
        {"ui_keys",
         "From a deciding key to the next group on the screen, and until the decision is durable: four photographs of "
         "12 megapixels, read ahead, in a window of 1600 x 1000.",
         measureUiKeys, "ui"},
        {"ui_keys_suggesting",
         "The same keys while suggestions are made for the groups ahead and a ranker is trained in a process of its "
         "own.",
         measureUiKeysSuggesting, "ui"},
        {"ui_first_group",
         "From a jump to a group that nobody has seen, its files not in memory, to its sharp pictures.",
         measureUiFirstGroup, "ui"},
        {"ui_memory", "Resident memory of the window while every group is looked at, forward and back.",
         measureUiMemory, "ui"},
        {"ui_scroll",
         "From an event on the contact sheet of twenty million rows to the end of the painting that it causes.",
         measureScrolling, "ui"},
#endif
    };
    return measurements;
}

namespace {

Json figureJson(const Figure& figure)
{
    Json json = Json::object({{"name", figure.name}, {"unit", figure.unit}, {"value", figure.value}});
    if (figure.cpuMs)
        json.set("cpu_ms", *figure.cpuMs);
    Json::Array against;
    for (const std::string& baseline : figure.against)
        against.emplace_back(baseline);
    json.set("against", Json(std::move(against)));
    return json;
}

Json listJson(const std::vector<Figure>& figures)
{
    Json::Array list;
    for (const Figure& figure : figures)
        list.push_back(figureJson(figure));
    return Json(std::move(list));
}

} // namespace

Json observationJson(const Observation& observation)
{
    return Json::object({{"figures", listJson(observation.figures)},
                         {"baselines", listJson(observation.baselines)},
                         {"memory", memoryJson(observation.memory)},
                         {"facts", observation.facts}});
}

} // namespace ps::bench

// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

namespace ps::cli {

std::span<const OptionInfo> allOptions()
{
    static const std::vector<OptionInfo> options{
        {"workspace", "DIR", QT_TRANSLATE_NOOP("Cli", "The folder that holds data/ (default: the current folder).")},
        {"json", nullptr, QT_TRANSLATE_NOOP("Cli", "Print one JSON document instead of text.")},
        {"as", "NAME", QT_TRANSLATE_NOOP("Cli", "The annotator (default: the login).")},
        {"jobs", "N", QT_TRANSLATE_NOOP("Cli", "Worker processes (default: the number of processors).")},
        {"images", "DIR", QT_TRANSLATE_NOOP("Cli", "The folder with the images.")},
        {"title", "TEXT", QT_TRANSLATE_NOOP("Cli", "A title for people.")},
        {"select", "N", QT_TRANSLATE_NOOP("Cli", "The image that is kept, counted from 0.")},
        {"crop", "X1,Y1,X2,Y2", QT_TRANSLATE_NOOP("Cli", "The crop as fractions of the upright image.")},
        {"from", "FILE", QT_TRANSLATE_NOOP("Cli", "Read decisions from a JSON Lines file, - for standard input.")},
        {"dry-run", nullptr, QT_TRANSLATE_NOOP("Cli", "Say what would be done and do nothing.")},
        {"yes", nullptr, QT_TRANSLATE_NOOP("Cli", "Do not ask.")},
        {"accept-changed", nullptr, QT_TRANSLATE_NOOP("Cli", "Take files as they are, even when they changed since they were decided.")},
        {"db", "FILE", QT_TRANSLATE_NOOP("Cli", "A decision database by itself.")},
        {"out", "FILE", QT_TRANSLATE_NOOP("Cli", "Write the report there: .json, .html or .pdf.")},
        {"final", nullptr, QT_TRANSLATE_NOOP("Cli", "Count crops that are still open as problems.")},
        {"measure", nullptr, QT_TRANSLATE_NOOP("Cli", "Open every image, however many there are, to compare its size.")},
        {"verbose", nullptr, QT_TRANSLATE_NOOP("Cli", "Say more.")},
        {"check", "NAMES", QT_TRANSLATE_NOOP("Cli", "Only these checks, separated by commas.")},
        {"to", "DIR", QT_TRANSLATE_NOOP("Cli", "The folder to create.")},
        {"decided", nullptr, QT_TRANSLATE_NOOP("Cli", "Decide every group, and plant no problems.")},
        {"group", "GROUP", QT_TRANSLATE_NOOP("Cli", "Only this group.")},
        {"limit", "N", QT_TRANSLATE_NOOP("Cli", "At most so many entries.")},
        {"time-gap", "MINUTES", QT_TRANSLATE_NOOP("Cli", "Images further apart are never one group.")},
        {"per-folder", nullptr, QT_TRANSLATE_NOOP("Cli", "Group each folder by itself.")},
    };
    return options;
}

std::span<const Command> allCommands()
{
    static const std::vector<Command> commands{
        {"demo create", "", QT_TRANSLATE_NOOP("Cli", "Make the demo project from the photographs of installed packages."), 0, 0,
         {"to", "decided", "jobs"}, runDemo},
        {"project create", "ID", QT_TRANSLATE_NOOP("Cli", "Make a project for a folder of images."), 1, 1,
         {"images", "title", "time-gap", "per-folder"}, runProjectCreate},
        {"project list", "", QT_TRANSLATE_NOOP("Cli", "List the projects of the workspace."), 0, 0, {}, runProjectList},
        {"scan", "ID", QT_TRANSLATE_NOOP("Cli", "Look at the disk and the database anew and count."), 1, 1, {}, runScan},
        {"groups", "ID", QT_TRANSLATE_NOOP("Cli", "List the groups and the leftovers as JSON."), 1, 1, {}, runGroups},
        {"decide", "ID GROUP approve|crop|reject", QT_TRANSLATE_NOOP("Cli", "Decide one group, or many with --from."), 1, 3,
         {"select", "crop", "from", "as", "dry-run"}, runDecide},
        {"crop", "ID GROUP", QT_TRANSLATE_NOOP("Cli", "Confirm the crop of a group that waits in the Crop queue."), 2, 2,
         {"crop", "as", "dry-run"}, runCrop},
        {"split", "ID GROUP", QT_TRANSLATE_NOOP("Cli", "Split a set of more than four images."), 2, 2, {"as", "dry-run"}, runSplit},
        {"undo", "ID", QT_TRANSLATE_NOOP("Cli", "Take the last step back."), 1, 1, {"as", "dry-run"}, runUndo},
        {"redo", "ID", QT_TRANSLATE_NOOP("Cli", "Make the last undone step again."), 1, 1, {"as", "dry-run"}, runRedo},
        {"history", "ID", QT_TRANSLATE_NOOP("Cli", "Show the ledger, the newest entries first."), 1, 1, {"group", "limit"},
         runHistory},
        {"finalize", "ID", QT_TRANSLATE_NOOP("Cli", "Carry out the decided groups on disk."), 1, 1,
         {"dry-run", "accept-changed", "as", "jobs"}, runFinalize},
        {"staging", "list|restore|purge ID", QT_TRANSLATE_NOOP("Cli", "What lies in __delete_staging/, and what becomes of it."), 2, 2,
         {"group", "yes", "as", "dry-run"}, runStaging},
        {"inspect", "ID", QT_TRANSLATE_NOOP("Cli", "Prove the integrity of a project or of a database file."), 0, 1,
         {"db", "out", "final", "measure"}, runInspect},
        {"validate", "", QT_TRANSLATE_NOOP("Cli", "Print what the scripts' validator says about a database."), 0, 0,
         {"db", "verbose"}, runValidate},
        {"repair", "ID", QT_TRANSLATE_NOOP("Cli", "Repair what follows from other values, as one undo step."), 1, 1,
         {"check", "dry-run", "as"}, runRepair},
        {"stats", "ID", QT_TRANSLATE_NOOP("Cli", "Count decisions and accuracies, each with what it was counted over."), 0, 1,
         {"db"}, runStats},
        {"ledger verify", "ID", QT_TRANSLATE_NOOP("Cli", "Follow the chain of the ledger and compare it with the rows."), 1, 1, {},
         runLedger},
    };
    return commands;
}

} // namespace ps::cli

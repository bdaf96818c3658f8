<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>BatchSkip</name>
    <message numerus="yes">
        <source>%Ln without images, or no longer there</source>
        <translation>
            <numerusform>%Ln without images, or no longer there</numerusform>
            <numerusform>%Ln without images, or no longer there</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln finalized already</source>
        <translation>
            <numerusform>%Ln finalized already</numerusform>
            <numerusform>%Ln finalized already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln with more than four images</source>
        <translation>
            <numerusform>%Ln with more than four images</numerusform>
            <numerusform>%Ln with more than four images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln with fewer images</source>
        <translation>
            <numerusform>%Ln with fewer images</numerusform>
            <numerusform>%Ln with fewer images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln whose image is missing</source>
        <translation>
            <numerusform>%Ln whose image is missing</numerusform>
            <numerusform>%Ln whose image is missing</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln whose image cannot be read</source>
        <translation>
            <numerusform>%Ln whose image cannot be read</numerusform>
            <numerusform>%Ln whose image cannot be read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln whose files were changed</source>
        <translation>
            <numerusform>%Ln whose files were changed</numerusform>
            <numerusform>%Ln whose files were changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln decided like this already</source>
        <translation>
            <numerusform>%Ln decided like this already</numerusform>
            <numerusform>%Ln decided like this already</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Charts</name>
    <message numerus="yes">
        <source>%Ln group(s)</source>
        <translation>
            <numerusform>%Ln group</numerusform>
            <numerusform>%Ln groups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s)</source>
        <translation>
            <numerusform>%Ln image</numerusform>
            <numerusform>%Ln images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Cli</name>
    <message numerus="yes">
        <source>Would split %n image(s).</source>
        <translation>
            <numerusform>Would split %n image.</numerusform>
            <numerusform>Would split %n images.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n group(s)</source>
        <translation>
            <numerusform>%n group</numerusform>
            <numerusform>%n groups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n decided</source>
        <translation>
            <numerusform>%n decided</numerusform>
            <numerusform>%n decided</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n group(s) finalized</source>
        <translation>
            <numerusform>%n group finalized</numerusform>
            <numerusform>%n groups finalized</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n file(s) for good? This cannot be undone. [y/N] </source>
        <translation>
            <numerusform>Delete %n file for good? This cannot be undone. [y/N] </numerusform>
            <numerusform>Delete %n files for good? This cannot be undone. [y/N] </numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) deleted</source>
        <translation>
            <numerusform>%n file deleted</numerusform>
            <numerusform>%n files deleted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) restored</source>
        <translation>
            <numerusform>%n file restored</numerusform>
            <numerusform>%n files restored</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n repair(s)</source>
        <translation>
            <numerusform>%n repair</numerusform>
            <numerusform>%n repairs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(s), head %1</source>
        <translation>
            <numerusform>%n entry, head %1</numerusform>
            <numerusform>%n entries, head %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n leftover(s)</source>
        <translation>
            <numerusform>%n leftover</numerusform>
            <numerusform>%n leftovers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n channel(s)</source>
        <translation>
            <numerusform>%n channel</numerusform>
            <numerusform>%n channels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thumbnail(s)</source>
        <translation>
            <numerusform>%n thumbnail</numerusform>
            <numerusform>%n thumbnails</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) measured</source>
        <translation>
            <numerusform>%n image measured</numerusform>
            <numerusform>%n images measured</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n images that look alike:</source>
        <translation>
            <numerusform>%n image that looks alike:</numerusform>
            <numerusform>%n images that look alike:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) compared</source>
        <translation>
            <numerusform>%n image compared</numerusform>
            <numerusform>%n images compared</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cluster(s)</source>
        <translation>
            <numerusform>%n cluster</numerusform>
            <numerusform>%n clusters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thumbnail(s) made</source>
        <translation>
            <numerusform>%n thumbnail made</numerusform>
            <numerusform>%n thumbnails made</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were there</source>
        <translation>
            <numerusform>%n was there</numerusform>
            <numerusform>%n were there</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n second(s) left</source>
        <translation>
            <numerusform>%n second left</numerusform>
            <numerusform>%n seconds left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n embedding(s) to compute</source>
        <translation>
            <numerusform>%n embedding to compute</numerusform>
            <numerusform>%n embeddings to compute</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n group(s) predicted</source>
        <translation>
            <numerusform>%n group predicted</numerusform>
            <numerusform>%n groups predicted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n known</source>
        <translation>
            <numerusform>%n known</numerusform>
            <numerusform>%n known</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without a suggestion</source>
        <translation>
            <numerusform>%n without a suggestion</numerusform>
            <numerusform>%n without a suggestion</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) without an embedding</source>
        <translation>
            <numerusform>%n image without an embedding</numerusform>
            <numerusform>%n images without an embedding</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n group(s) on the map</source>
        <translation>
            <numerusform>%n group on the map</numerusform>
            <numerusform>%n groups on the map</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n group(s) to learn from</source>
        <translation>
            <numerusform>%n group to learn from</numerusform>
            <numerusform>%n groups to learn from</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n box(es)</source>
        <translation>
            <numerusform>%n box</numerusform>
            <numerusform>%n boxes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n embedding(s) computed</source>
        <translation>
            <numerusform>%n embedding computed</numerusform>
            <numerusform>%n embeddings computed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n copied</source>
        <translation>
            <numerusform>%n copied</numerusform>
            <numerusform>%n copied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n embedding(s) computed again</source>
        <translation>
            <numerusform>%n embedding computed again</numerusform>
            <numerusform>%n embeddings computed again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n equal</source>
        <translation>
            <numerusform>%n equal</numerusform>
            <numerusform>%n equal</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n embedding(s) imported</source>
        <translation>
            <numerusform>%n embedding imported</numerusform>
            <numerusform>%n embeddings imported</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were known</source>
        <translation>
            <numerusform>%n was known</numerusform>
            <numerusform>%n were known</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without their image</source>
        <translation>
            <numerusform>%n without its image</numerusform>
            <numerusform>%n without their images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) of shards added</source>
        <translation>
            <numerusform>%n line of shards added</numerusform>
            <numerusform>%n lines of shards added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in view</source>
        <translation>
            <numerusform>%n in view</numerusform>
            <numerusform>%n in view</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n exported</source>
        <translation>
            <numerusform>%n exported</numerusform>
            <numerusform>%n exported</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %n file(s) read, </source>
        <translation>
            <numerusform>%1: %n file read, </numerusform>
            <numerusform>%1: %n files read, </numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n problem</numerusform>
            <numerusform>%n problems</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n group(s) unchanged</source>
        <translation>
            <numerusform>%n group unchanged</numerusform>
            <numerusform>%n groups unchanged</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Retraining</name>
    <message numerus="yes">
        <source>%1 was trained: %2 of the picks of the hold-out are right, with %3 it was %4 (%n group(s)).</source>
        <translation>
            <numerusform>%1 was trained: %2 of the picks of the hold-out are right, with %3 it was %4 (%n group).</numerusform>
            <numerusform>%1 was trained: %2 of the picks of the hold-out are right, with %3 it was %4 (%n groups).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 was trained: %2 of the picks of the hold-out are right (%n group(s)).</source>
        <translation>
            <numerusform>%1 was trained: %2 of the picks of the hold-out are right (%n group).</numerusform>
            <numerusform>%1 was trained: %2 of the picks of the hold-out are right (%n groups).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sections</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SuggestionText</name>
    <message numerus="yes">
        <source>suspended since %1: of the last %n shown, people agreed with %2, less than your bar of %3</source>
        <translation>
            <numerusform>suspended since %1: of the last one shown, people agreed with %2, less than your bar of %3</numerusform>
            <numerusform>suspended since %1: of the last %n shown, people agreed with %2, less than your bar of %3</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ps::ActivityView</name>
    <message numerus="yes">
        <source>%n file(s) wait here, %1. Nothing is deleted until you say so.</source>
        <translation>
            <numerusform>%n file waits here, %1. Nothing is deleted until you say so.</numerusform>
            <numerusform>%n files wait here, %1. Nothing is deleted until you say so.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more file(s) in the folder are not of this project.</source>
        <translation>
            <numerusform>%n more file in the folder is not of this project.</numerusform>
            <numerusform>%n more files in the folder are not of this project.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n staged file(s) for good?</source>
        <translation>
            <numerusform>Delete %n staged file for good?</numerusform>
            <numerusform>Delete %n staged files for good?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ps::BatchDialog</name>
    <message numerus="yes">
        <source>%Ln group(s) decided for the first time</source>
        <translation>
            <numerusform>%Ln group decided for the first time</numerusform>
            <numerusform>%Ln groups decided for the first time</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln decision(s) changed:</source>
        <translation>
            <numerusform>%Ln decision changed:</numerusform>
            <numerusform>%Ln decisions changed:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln group(s) left as they are:</source>
        <translation>
            <numerusform>%Ln group left as it is:</numerusform>
            <numerusform>%Ln groups left as they are:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Decide %Ln group(s)</source>
        <translation>
            <numerusform>Decide %Ln group</numerusform>
            <numerusform>Decide %Ln groups</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ps::BrowseView</name>
    <message numerus="yes">
        <source>%Ln group(s) decided. One undo takes all of it back.</source>
        <translation>
            <numerusform>%Ln group decided. One undo takes it back.</numerusform>
            <numerusform>%Ln groups decided. One undo takes all of it back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) copied.</source>
        <translation>
            <numerusform>%Ln file copied.</numerusform>
            <numerusform>%Ln files copied.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln name(s) copied.</source>
        <translation>
            <numerusform>%Ln name copied.</numerusform>
            <numerusform>%Ln names copied.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ps::ContactSheet</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ps::CropView</name>
    <message numerus="yes">
        <source>%n image(s) in the queue</source>
        <translation>
            <numerusform>%n image in the queue</numerusform>
            <numerusform>%n images in the queue</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ps::EmbeddingsRow</name>
    <message numerus="yes">
        <source>△ %Ln image(s) could not be read.</source>
        <translation>
            <numerusform>△ %Ln image could not be read.</numerusform>
            <numerusform>△ %Ln images could not be read.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ps::FilterBar</name>
    <message numerus="yes">
        <source>%Ln shown</source>
        <translation>
            <numerusform>%Ln shown</numerusform>
            <numerusform>%Ln shown</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>%n changed</numerusform>
            <numerusform>%n changed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ps::FinalizeDialog</name>
    <message numerus="yes">
        <source>%n group(s) will be carried out on disk.</source>
        <translation>
            <numerusform>%n group will be carried out on disk.</numerusform>
            <numerusform>%n groups will be carried out on disk.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>△ %n group(s) are left out:</source>
        <translation>
            <numerusform>△ %n group is left out:</numerusform>
            <numerusform>△ %n groups are left out:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ps::InspectView</name>
    <message numerus="yes">
        <source>%n value(s) follow from others and can be repaired. It is one undo step.</source>
        <translation>
            <numerusform>%n value follows from others and can be repaired. It is one undo step.</numerusform>
            <numerusform>%n values follow from others and can be repaired. It is one undo step.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ps::InspectorPanel</name>
    <message numerus="yes">
        <source>group of %n</source>
        <translation>
            <numerusform>group of %n</numerusform>
            <numerusform>group of %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>set of %n, split it first</source>
        <translation>
            <numerusform>set of %n, split it first</numerusform>
            <numerusform>set of %n, split it first</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ps::MainWindow</name>
    <message numerus="yes">
        <source>%n row(s) repaired.</source>
        <translation>
            <numerusform>%n row repaired.</numerusform>
            <numerusform>%n rows repaired.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>△ %n group(s) could not be moved and wait for the next start: %1</source>
        <translation>
            <numerusform>△ %n group could not be moved and waits for the next start: %1</numerusform>
            <numerusform>△ %n groups could not be moved and wait for the next start: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>✓ %n group(s) finalized.</source>
        <translation>
            <numerusform>✓ %n group finalized.</numerusform>
            <numerusform>✓ %n groups finalized.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>△ %n group(s) could not be carried out and are as before. The first: %1</source>
        <translation>
            <numerusform>△ %n group could not be carried out and is as before: %1</numerusform>
            <numerusform>△ %n groups could not be carried out and are as before. The first: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 is suspended: of its last %n suggestion(s) that were shown, people agreed with %2 %. Nothing is shown until another model is active, or you want it.</source>
        <translation>
            <numerusform>%1 is suspended: of its last suggestion that was shown, people agreed with %2 %. Nothing is shown until another model is active, or you want it.</numerusform>
            <numerusform>%1 is suspended: of its last %n suggestions that were shown, people agreed with %2 %. Nothing is shown until another model is active, or you want it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ps::MapPage</name>
    <message numerus="yes">
        <source>%Ln image(s)</source>
        <translation>
            <numerusform>%Ln image</numerusform>
            <numerusform>%Ln images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln without embedding</source>
        <translation>
            <numerusform>%Ln without embedding</numerusform>
            <numerusform>%Ln without embedding</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln group(s)</source>
        <translation>
            <numerusform>%Ln group</numerusform>
            <numerusform>%Ln groups</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ps::MapView</name>
    <message numerus="yes">
        <source>%Ln image(s), alike ones beside each other</source>
        <translation>
            <numerusform>%Ln image</numerusform>
            <numerusform>%Ln images, alike ones beside each other</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ps::MeasureSlider</name>
    <message numerus="yes">
        <source>%Ln group(s)</source>
        <translation>
            <numerusform>%Ln group</numerusform>
            <numerusform>%Ln groups</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ps::PreviewPanel</name>
    <message numerus="yes">
        <source>... and %n more.</source>
        <translation>
            <numerusform>... and %n more.</numerusform>
            <numerusform>... and %n more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ps::ProjectController</name>
    <message numerus="yes">
        <source>%n image(s) found</source>
        <translation>
            <numerusform>%n image found</numerusform>
            <numerusform>%n images found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) restored</source>
        <translation>
            <numerusform>%n file restored</numerusform>
            <numerusform>%n files restored</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) deleted</source>
        <translation>
            <numerusform>%n file deleted</numerusform>
            <numerusform>%n files deleted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n refused</source>
        <translation>
            <numerusform>%n refused</numerusform>
            <numerusform>%n refused</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ps::ReleasesPage</name>
    <message numerus="yes">
        <source>%1 is not as it was published: %n problem(s).</source>
        <translation>
            <numerusform>%1 is not as it was published: %n problem.</numerusform>
            <numerusform>%1 is not as it was published: %n problems.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ps::ReviewView</name>
    <message numerus="yes">
        <source>This set has %n image(s). Press %1 to split it into groups of at most four.</source>
        <translation>
            <numerusform>This set has %n image. Press %1 to split it into groups of at most four.</numerusform>
            <numerusform>This set has %n images. Press %1 to split it into groups of at most four.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ps::StatusLine</name>
    <message numerus="yes">
        <source>○ Saving %n decision(s)</source>
        <translation>
            <numerusform>○ Saving %n decision</numerusform>
            <numerusform>○ Saving %n decisions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) left</source>
        <translation>
            <numerusform>%n minute left</numerusform>
            <numerusform>%n minutes left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>△ %n decision(s) not saved</source>
        <translation>
            <numerusform>△ %n decision not saved</numerusform>
            <numerusform>△ %n decisions not saved</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ps::SuggestionsPage</name>
    <message numerus="yes">
        <source>People chose what was suggested in %1 of %n group(s) where they saw it</source>
        <translation>
            <numerusform>People chose what was suggested in %1 of %n group where they saw it</numerusform>
            <numerusform>People chose what was suggested in %1 of %n groups where they saw it</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, and in %1 of %n where it was held back</source>
        <translation>
            <numerusform>, and in %1 of %n where it was held back</numerusform>
            <numerusform>, and in %1 of %n where it was held back</numerusform>
        </translation>
    </message>
</context>
</TS>

// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/group_source.h"
#include "ui/common/picture_loader.h"
#include "ui/common/project_controller.h"
#include "ui/common/read_ahead.h"
#include "ui/common/suggestion_status.h"
#include "ui/common/theme.h"

#include <QTimer>
#include <QWidget>

class QStackedWidget;

namespace ps {

class ActionTable;
class CropEditor;
class GroupStrip;
class InspectorPanel;
class LightTable;

/// The Review workplace: light table, strip and inspector, and the rule of what a key does. It turns keys into intents and
/// hands them to the controller; the next group is shown at once, and the tick appears when the decision is durable.
class ReviewView : public QWidget
{
    Q_OBJECT

public:
    ReviewView(ProjectController& controller, GroupSource& source, PictureLoader& loader, const ActionTable& actions,
               const Theme& theme, QWidget* parent);

    std::int64_t currentOrdinal() const { return m_ordinal; }
    QString currentGroupKey() const;
    QString currentGroupId() const;
    /// Goes to a group; one outside the list is ignored.
    void goTo(std::int64_t ordinal);
    /// Goes to the group of a key or id once it is known where it is.
    void goToKey(const QString& keyOrId);
    /// Goes to the next group that the text is about; notFound() when there is none.
    void find(const QString& text);
    /// At which group to begin once the project is there; without one it is the first that nobody has decided.
    void resumeAt(const QString& groupKey) { m_keyToKeep = groupKey; }

    /// Where the window is too narrow the inspector stays away all the same.
    void setInspectorVisible(bool visible);
    void setStripVisible(bool visible);
    /// How the computing of suggestions stands.
    void setSuggestionStatus(const SuggestionStatus& status);
    LightTable& lightTable() const { return *m_table; }
    CropEditor& cropEditor() const { return *m_cropEditor; }
    bool isCropping() const;

Q_SIGNALS:
    void currentChanged(std::int64_t ordinal);
    /// One line for the status bar.
    void said(const QString& text);
    void notFound();
    /// The groups that look most like this one are to be listed.
    void similarWanted(const QString& groupKey);
    /// What the next key is about is another thing: the property keyTarget of the focused widget.
    void keyTargetChanged();
    /// Nothing is left to decide.
    void everythingDecided();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    enum class Keep { AsShown, Plain, CropNow, CropLater };

    void connectActions(const ActionTable& actions);
    void connectController();
    void connectMarks(const ActionTable& actions);
    void onGroupRead(std::int64_t ordinal, const ReviewedGroup& group);
    void onReset();
    void show(const ReviewedGroup& group);
    void showFacts();
    void keep(int index, Keep how);
    void reject();
    void startCrop(int index);
    void leaveCrop();
    void decide(DecisionIntent intent);
    bool canDecide();
    std::optional<ShownSuggestion> shownSuggestion(int index) const;
    void say(Outcome outcome);
    void turnFlag();
    bool canMark();
    void editNote();
    void endNote();
    void goToNextSkipped();
    void updateGhost();
    void keepWithGhost(int index);
    void tellTarget();
    void goOn();
    void goToNextUndecided(bool isForward);
    void onNextUndecided(std::optional<std::int64_t> ordinal);
    void onDecisionFailed(const QString& groupKey);
    void stayAt(std::optional<std::int64_t> ordinal);
    void begin();
    /// An answer that counts only while no later question was asked.
    ProjectController::OrdinalAnswer latest(ProjectController::OrdinalAnswer answer);

    ProjectController& m_controller;
    GroupSource& m_source;
    const ActionTable& m_actions;
    QStackedWidget* m_stack;
    LightTable* m_table;
    CropEditor* m_cropEditor;
    GroupStrip* m_strip;
    InspectorPanel* m_inspector;

    ReadAhead m_readAhead;
    QTimer m_factsTimer; ///< fires behind the next painting
    bool m_hasNewFacts = false;

    /// A crop that was drawn and not stored.
    struct Draft {
        std::string groupKey;
        int index = 0;
        Crop crop;
    };
    std::optional<Draft> m_draft;

    std::int64_t m_ordinal = -1;     ///< shown, or about to be shown
    QString m_keyToKeep;             ///< where to begin in a project that was open before
    int m_cropIndex = -1;            ///< the picture that is being cropped
    QString m_targetKey;             ///< the group that was asked for and is not there yet
    int m_question = 0;              ///< number of the latest question about a position
    bool m_goesOnWhenSaved = false;  ///< look for the next undecided group once the last decision is durable
    bool m_isInspectorWanted = true; ///< shown where there is room
};

} // namespace ps

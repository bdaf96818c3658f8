// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"
#include "ui/review/pane_picture.h"

#include <QWidget>

#include <optional>

namespace ps {

class ActionTable;
class LightTable;

/// A window of its own, for another screen, that follows the light table: the focused picture pixel by pixel where the
/// pointer is, so that the same place of the next one comes with a key; or the champion as a whole. Keys mean there what they mean in Review. Remembers its place and what it shows.
class SecondWindow : public QWidget
{
    Q_OBJECT

public:
    enum class Shows {
        Loupe,    ///< every pixel of the focused picture around the place of the pointer
        Champion, ///< the whole picture that the others are compared with
    };

    SecondWindow(LightTable& table, PictureLoader& loader, const ActionTable& actions, const Theme& theme,
                 QWidget* parent);
    ~SecondWindow() override;

    Shows shows() const { return m_shows; }
    void setShows(Shows what);
    /// The candidate that is shown; -1 for none.
    int shownIndex() const;
    /// Where the whole picture is painted, of which the window shows a part.
    QRectF pictureRect() const;

Q_SIGNALS:
    void closed();

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void follow();
    void requestPicture();
    void remember() const;
    void placeOnAnotherScreen();

    LightTable& m_table;
    PictureLoader& m_loader;
    const ActionTable& m_actions;
    const Theme& m_theme;
    PanePicture m_picture;
    Shows m_shows = Shows::Loupe;
    double m_screenPixels = 1;          ///< of the loupe, for one of the image
    std::optional<QPointF> m_pointedAt; ///< where the pointer was last, in fractions of the pictures
};

} // namespace ps

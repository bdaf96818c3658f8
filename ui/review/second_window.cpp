// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/second_window.h"

#include "ui/common/action_table.h"
#include "ui/review/light_table.h"
#include "ui/review/pane_painter.h"
#include "ui/review/pane_view.h"

#include <QCloseEvent>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QMenu>
#include <QPainter>
#include <QScreen>
#include <QSettings>

#include <algorithm>
#include <cmath>

namespace ps {

namespace {

constexpr const char* kPlaceKey = "review/secondWindow/geometry";
constexpr const char* kShowsKey = "review/secondWindow/champion";
constexpr QSize kFirstSize{900, 700};

} // namespace

SecondWindow::SecondWindow(LightTable& table, PictureLoader& loader, const ActionTable& actions, const Theme& theme,
                           QWidget* parent)
    : QWidget(parent, Qt::Window), m_table(table), m_loader(loader), m_actions(actions), m_theme(theme)
{
    setObjectName(QStringLiteral("secondWindow"));
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(160, 120);
    setAttribute(Qt::WA_OpaquePaintEvent);
    actions.install(ActionScope::Review, this);
    actions.install(ActionScope::Window, this);
    parent->window()->installEventFilter(this);
    const QSettings settings;
    m_shows = settings.value(QLatin1String(kShowsKey)).toBool() ? Shows::Champion : Shows::Loupe;
    resize(kFirstSize);
    if (!restoreGeometry(settings.value(QLatin1String(kPlaceKey)).toByteArray()))
        placeOnAnotherScreen();
    connect(&table, &LightTable::compareChanged, this, &SecondWindow::follow);
    connect(&table, &LightTable::picturesChanged, this, &SecondWindow::follow);
    connect(&table, &LightTable::pointed, this, [this](QPointF fraction) {
        m_pointedAt = fraction;
        requestPicture();
    });
    connect(&loader, &PictureLoader::ready, this, [this](const QString& imageKey) {
        if (imageKey == m_picture.imageKey())
            requestPicture();
    });
    connect(&theme, &Theme::changed, this, [this] { update(); });
    setShows(m_shows);
}

SecondWindow::~SecondWindow() = default;

void SecondWindow::placeOnAnotherScreen()
{
    const QScreen* const own = parentWidget()->screen();
    for (const QScreen* screen : QGuiApplication::screens()) {
        if (screen == own)
            continue;
        const QRect room = screen->availableGeometry();
        setGeometry(QRect(room.center() - QPoint(room.width() * 2 / 5, room.height() * 2 / 5), room.size() * 4 / 5));
        return;
    }
}

void SecondWindow::setShows(Shows what)
{
    m_shows = what;
    setWindowTitle(what == Shows::Loupe ? tr("Loupe - Proofsheet") : tr("Champion - Proofsheet"));
    follow();
}

int SecondWindow::shownIndex() const
{
    if (m_table.imageCount() == 0)
        return -1;
    return m_shows == Shows::Champion ? m_table.compare().champion() : m_table.focusedIndex();
}

void SecondWindow::follow()
{
    const int index = shownIndex();
    if (index >= 0) {
        m_picture.setImage(m_table.group()->detail.images[static_cast<std::size_t>(index)]);
        requestPicture();
    }
    update();
}

QRectF SecondWindow::pictureRect() const
{
    const PaneGeometry place(rect(), m_picture.shape(), m_picture.fullSize(), devicePixelRatioF());
    if (m_shows == Shows::Champion)
        return place.rectOf({});
    const int index = shownIndex();
    if (index < 0)
        return {};
    const ViewSync& views = m_table.views();
    const QPointF at = m_pointedAt ? *m_pointedAt + views.offset(index) : views.view(index).center;
    return place.rectOf({place.actualZoom() * m_screenPixels, at});
}

void SecondWindow::requestPicture()
{
    if (!isVisible())
        return;
    const QSize box = (QSizeF(size()) * devicePixelRatioF()).toSize();
    m_picture.request(m_loader, box, pictureRect(), rect(), devicePixelRatioF());
    if (m_picture.hasPicture()) // now its size is known, and with it whether more is needed
        m_picture.request(m_loader, box, pictureRect(), rect(), devicePixelRatioF());
    update();
}

void SecondWindow::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.colors().surround);
    const int index = shownIndex();
    PanePainter marks(painter, m_theme.colors(), font());
    if (index < 0 || m_picture.content() == PanePicture::Content::Nothing) {
        marks.placeholder(rect(), tr("No picture"), false);
        return;
    }
    m_picture.paint(painter, pictureRect(), rect());
    const QString what = m_shows == Shows::Champion
                             ? tr("%1 champion").arg(index + 1)
                             : tr("%1 at %2 %").arg(index + 1).arg(std::lround(m_screenPixels * 100));
    marks.pill(rect(), Qt::AlignTop | Qt::AlignLeft, what);
}

void SecondWindow::resizeEvent(QResizeEvent*)
{
    follow();
}

void SecondWindow::keyPressEvent(QKeyEvent* event)
{
    // Letters of other alphabets: the key at the same place counts.
    if (QAction* const action = m_actions.actionAtPosition(event, ActionScope::Review))
        action->trigger();
    else
        QWidget::keyPressEvent(event);
}

bool SecondWindow::event(QEvent* event)
{
    if (event->type() == QEvent::WindowActivate || event->type() == QEvent::Show)
        setFocus(); // it has nothing else that could have the keys
    return QWidget::event(event);
}

void SecondWindow::contextMenuEvent(QContextMenuEvent* event)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const std::pair<Shows, QString> entries[] = {{Shows::Loupe, tr("&Loupe: the pixels under the pointer")},
                                                 {Shows::Champion, tr("&Champion: the whole picture")}};
    for (const auto& [what, text] : entries) {
        QAction* const entry = menu->addAction(text, this, [this, what = what] { setShows(what); });
        entry->setCheckable(true);
        entry->setChecked(m_shows == what);
    }
    menu->addSeparator();
    menu->addAction(tr("&Close"), this, &QWidget::close);
    menu->popup(event->globalPos());
}

void SecondWindow::wheelEvent(QWheelEvent* event)
{
    constexpr double kLargest = 16;
    m_screenPixels = std::clamp(event->angleDelta().y() > 0 ? m_screenPixels * 2 : m_screenPixels / 2, 1.0, kLargest);
    requestPicture();
    event->accept();
}

void SecondWindow::remember() const
{
    QSettings settings;
    settings.setValue(QLatin1String(kPlaceKey), saveGeometry());
    settings.setValue(QLatin1String(kShowsKey), m_shows == Shows::Champion);
}

void SecondWindow::closeEvent(QCloseEvent* event)
{
    remember();
    QWidget::closeEvent(event);
    Q_EMIT closed();
}

bool SecondWindow::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Close)
        close(); // it is there for the main window
    return QWidget::eventFilter(watched, event);
}

} // namespace ps

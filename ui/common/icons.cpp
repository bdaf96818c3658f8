// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/icons.h"

#include <QFile>
#include <QHash>
#include <QIconEngine>
#include <QPainter>
#include <QSvgRenderer>

namespace ps {

namespace {

struct IconColors {
    QColor normal = Qt::gray;
    QColor disabled = Qt::darkGray;
    QColor selected = Qt::blue;
};

/// Icons are made before the theme changes and painted after it, so the colours live beside the engine.
IconColors& iconColors()
{
    static IconColors colors;
    return colors;
}

QByteArray svgText(const QString& name)
{
    static QHash<QString, QByteArray> texts;
    QByteArray& text = texts[name];
    if (text.isEmpty()) {
        QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
        if (file.open(QIODevice::ReadOnly))
            text = file.readAll();
    }
    return text;
}

class TintedSvgEngine final : public QIconEngine
{
public:
    explicit TintedSvgEngine(QString name) : m_name(std::move(name)) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override
    {
        painter->drawPixmap(rect, iconPixmap(m_name, colorFor(mode, state), rect.width(),
                                             painter->device() ? painter->device()->devicePixelRatioF() : 1.0));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        return iconPixmap(m_name, colorFor(mode, state), qMin(size.width(), size.height()), 1.0);
    }

    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal scale) override
    {
        // Qt asks in device pixels here.
        QPixmap pixmap = iconPixmap(m_name, colorFor(mode, state), qMin(size.width(), size.height()), 1.0);
        pixmap.setDevicePixelRatio(scale);
        return pixmap;
    }

    QIconEngine* clone() const override { return new TintedSvgEngine(m_name); }
    QString key() const override { return QStringLiteral("ps-tinted-svg"); }

private:
    static QColor colorFor(QIcon::Mode mode, QIcon::State state)
    {
        const IconColors& colors = iconColors();
        if (mode == QIcon::Disabled)
            return colors.disabled;
        return state == QIcon::On ? colors.selected : colors.normal;
    }

    QString m_name;
};

} // namespace

QIcon icon(const QString& name)
{
    return QIcon(new TintedSvgEngine(name));
}

QPixmap iconPixmap(const QString& name, const QColor& color, int sizePx, qreal devicePixelRatio)
{
    const int pixels = qRound(sizePx * devicePixelRatio);
    QPixmap pixmap(pixels, pixels);
    pixmap.fill(Qt::transparent);
    QByteArray svg = svgText(name);
    svg.replace("currentColor", color.name().toLatin1());
    QSvgRenderer renderer(svg);
    QPainter painter(&pixmap);
    renderer.render(&painter);
    painter.end();
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

void setIconColors(const QColor& normal, const QColor& disabled, const QColor& selected)
{
    iconColors() = {normal, disabled, selected};
}

} // namespace ps

// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/chart_content.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace ps {

namespace {

QString csvField(QString text)
{
    const bool needsQuotes = text.contains(QLatin1Char(',')) || text.contains(QLatin1Char('"')) ||
                             text.contains(QLatin1Char('\n')) || text.contains(QLatin1Char('\r'));
    if (!needsQuotes)
        return text;
    return QLatin1Char('"') + text.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
}

QString csvLine(const QStringList& fields)
{
    QStringList quoted;
    for (const QString& field : fields)
        quoted.append(csvField(field));
    return quoted.join(QLatin1Char(',')) + QStringLiteral("\r\n");
}

} // namespace

QString ChartContent::csv() const
{
    QString text = csvLine(columns);
    for (const QStringList& row : rows)
        text += csvLine(row);
    return text;
}

std::vector<double> niceTicks(double min, double max, int wanted)
{
    if (!(max > min) || wanted < 1)
        return {};
    const double rough = (max - min) / wanted;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    double step = power;
    for (const double factor : {1.0, 2.0, 5.0, 10.0}) {
        step = factor * power;
        if (step >= rough * 0.999)
            break;
    }
    std::vector<double> ticks;
    constexpr double kSlack = 1e-9; // a tick at the very end is not lost to rounding
    for (auto i = static_cast<std::int64_t>(std::ceil(min / step - kSlack));
         static_cast<double>(i) * step <= max + step * kSlack; ++i)
        ticks.push_back(static_cast<double>(i) * step);
    return ticks;
}

QString percentText(double share, int decimals)
{
    return QCoreApplication::translate("Charts", "%1 %").arg(QLocale().toString(share * 100, 'f', decimals));
}

QString countText(std::int64_t count)
{
    return QLocale().toString(static_cast<qlonglong>(count));
}

QString numberText(double value)
{
    return QLocale().toString(value, 'g', 3);
}

QString plainNumber(double value)
{
    return QString::number(value, 'g', 6);
}

} // namespace ps

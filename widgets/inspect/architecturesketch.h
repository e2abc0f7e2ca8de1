// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/facts.h"

#include <QStringList>

namespace assay {

/// What a box of the drawing stands for; decides its tint.
enum class SketchPart { Table, Norm, Attention, FeedForward, Other };

struct SketchBox
{
    SketchPart part = SketchPart::Other;
    QString title;
    QStringList lines; ///< sizes, most important first
};

/// Boxes above each other read the same input; columns follow one another.
struct SketchColumn
{
    std::vector<SketchBox> boxes;
    bool repeated = false; ///< part of the layer
};

/// The architecture as it is drawn: embedding, N x [norm, attention, norm, feed-forward or experts], norm, head.
struct ArchitectureSketch
{
    std::vector<SketchColumn> columns;
    QString repeat;       ///< "61 layers"
    bool ordered = true;  ///< else the boxes are parts whose order is not known
    QString text() const; ///< the same in words
};

/// From the facts alone; without layers the parts that were recognised, and no columns when there are none either.
ArchitectureSketch sketchArchitecture(const ModelFacts &facts);

} // namespace assay

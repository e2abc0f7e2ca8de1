// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/tensortable.h"

#include "core/service/translation.h"

#include <QCoreApplication>

namespace assay {
namespace {

QString title(const char *source)
{
    return QCoreApplication::translate("Column", source);
}

QStringList cells(const TensorRecord &tensor, const Inspection &inspection)
{
    const auto &files = inspection.directory.checkpoint.files;
    return {toQString(tensor.name),
            toQString(tensor.dtypeText),
            toQString(tensor.shape.text()),
            QString::number(tensor.elements),
            QString::number(tensor.bytes),
            QString::fromLatin1(tensorRoleName(roleOf(tensor, inspection.facts.config))),
            tensor.file < files.size() ? toQString(files[tensor.file].name) : QString(),
            tensor.offset == kNoOffset ? QString() : QString::number(tensor.offset)};
}

} // namespace

QString tensorTable(const LayerView &view, CopyFormat format)
{
    const Inspection &inspection = view.inspection();
    const auto &tensors = inspection.directory.checkpoint.tensors;
    QString text = tableHead({title(QT_TRANSLATE_NOOP("Column", "Name")), title(QT_TRANSLATE_NOOP("Column", "Dtype")),
                              title(QT_TRANSLATE_NOOP("Column", "Shape")), title(QT_TRANSLATE_NOOP("Column", "Parameters")),
                              title(QT_TRANSLATE_NOOP("Column", "Bytes")), title(QT_TRANSLATE_NOOP("Column", "Role")),
                              title(QT_TRANSLATE_NOOP("Column", "File")), title(QT_TRANSLATE_NOOP("Column", "Offset"))},
                             {false, false, false, true, true, false, false, true}, format);
    const auto add = [&](const TensorRecord &tensor) { text += tableLine(cells(tensor, inspection), format); };
    if (!view.selected()) {
        for (const TensorRecord &tensor : tensors)
            add(tensor);
    } else {
        for (const uint32_t number : *view.selected())
            add(tensors[number]);
    }
    return text;
}

} // namespace assay

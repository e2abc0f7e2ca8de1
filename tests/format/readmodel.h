// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/modeldirectory.h"
#include "testfiles.h"

#include <QTest>

namespace assay::test {

/// The checkpoint of a file with these bytes; the test fails where it cannot be read at all.
inline Checkpoint readAs(const Folder &folder, const char *name, const QByteArray &bytes)
{
    folder.put(name, bytes);
    auto model = openModelDirectory(folder.path(name));
    if (!model) {
        QTest::qFail(model.error().sentence().c_str(), __FILE__, __LINE__);
        return {};
    }
    return std::move(model->checkpoint);
}

/// What the first finding with this code says; empty where there is none.
inline QByteArray told(const Checkpoint &checkpoint, FindingCode code)
{
    for (const Finding &finding : checkpoint.findings) {
        if (finding.code == code)
            return QByteArray::fromStdString(finding.sentence());
    }
    return {};
}

} // namespace assay::test

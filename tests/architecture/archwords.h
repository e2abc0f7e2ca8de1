// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/architecture/spec.h"

#include <QString>

/// What a spec computes, in words: the cells of the table in docs/ENGINE.md.
namespace assay::test {

QString normWords(const DecoderSpec &spec);
QString positionWords(const DecoderSpec &spec);
QString attentionWords(const DecoderSpec &spec);
QString feedForwardWords(const DecoderSpec &spec);
QString otherWords(const DecoderSpec &spec);

} // namespace assay::test

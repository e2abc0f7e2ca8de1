// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/implementation.h"

#include <algorithm>
#include <array>

namespace assay::engine {
namespace {

struct Kind
{
    ModelKind kind;
    const char *name;
    const char *what;    ///< in a sentence
    const char *command; ///< that runs it
};
constexpr std::array kKinds{
    Kind{ModelKind::Decoder, "decoder", ASSAY_TEXT("Reason", "a model that continues texts"), "assay generate"},
    Kind{ModelKind::Encoder, "encoder", ASSAY_TEXT("Reason", "an encoder"), "assay embed"},
    Kind{ModelKind::Classifier, "classifier", ASSAY_TEXT("Reason", "a classifier"), "assay classify"},
    Kind{ModelKind::Masked, "masked", ASSAY_TEXT("Reason", "a masked language model"), "assay fill"},
};

const Kind &kindOf(ModelKind kind)
{
    return *std::ranges::find(kKinds, kind, &Kind::kind);
}

} // namespace

const char *nameOf(ModelKind kind)
{
    return kindOf(kind).name;
}

Result<void> Engine::Implementation::checkKind(std::initializer_list<ModelKind> allowed, const char *what) const
{
    if (std::ranges::find(allowed, description.kind) != allowed.end())
        return {};
    const Kind &own = kindOf(description.kind);
    return failure(ErrorCode::WrongTask, {description.architecture, own.what, what, own.command});
}

} // namespace assay::engine

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/text.h"
#include "core/format/checkpoint.h"
#include "core/model/modelconfig.h"
#include "core/model/tensorroles.h"

#include <tl/expected.hpp>

namespace assay {

/// Why a query cannot be understood.
struct QueryProblem
{
    const char *pattern = ""; ///< the sentence, with %1; translation context "Query"
    std::string part;         ///< of the query, that it is about
    std::string sentence(const Translate &translate = untranslated) const;
};

/// Which tensors are asked for. Terms parted by blanks, all of which must hold; a minus in front turns one round;
/// letters' case does not matter; * stands for anything:
///   words of the name            q_proj  layers.3.  experts.*.up
///   name:WORD file:WORD          in the name, in the file's name
///   dtype:WORD                   in the dtype's name; several by comma: dtype:bf16,f32
///   role:WORD                    weight, scale, buffer
///   shape:[7168,*]               this shape; also [>1000,*]
///   shape:7168  shape:4096x1024  axes of this size, one after another
///   >100MB <=2GiB bytes:>1e6     size in the file; KB, MB, GB, TB count in thousands, KiB ... in 1024s
///   params:>1e9 params:<7B       elements; K, M, B, T
/// A text in quotation marks is one word, blanks and all.
class TensorQuery
{
public:
    bool empty() const { return m_terms.empty(); }
    /// `file`: its name; the config tells what is a scale.
    bool matches(const TensorRecord &tensor, std::string_view file, const ModelConfig &config) const;

    /// The numbers of all tensors that match, in their order; `stop`ped early the list is short.
    std::vector<uint32_t> select(const Checkpoint &checkpoint, const ModelConfig &config,
                                 const std::function<bool()> &stop = {}) const;

    enum class Kind { Name, File, Type, Role, Bytes, Elements, ExactShape, Axes };
    enum class Relation { Equal, Less, LessEqual, Greater, GreaterEqual, Any };
    struct Bound
    {
        Relation relation = Relation::Equal;
        double value = 0;
        bool holds(double other) const;
    };
    struct Term
    {
        Kind kind = Kind::Name;
        bool negated = false;
        std::vector<std::string> words; ///< lower case; one of them must be there
        std::vector<Bound> bounds;      ///< of the axes, or the one of a size
    };

private:
    friend class QueryReader;
    static bool holds(const Term &term, const TensorRecord &tensor, std::string_view file, const ModelConfig &config);
    std::vector<Term> m_terms;
};

tl::expected<TensorQuery, QueryProblem> parseTensorQuery(std::string_view text);

/// What the tensor is, told by its name, dtype and shape.
TensorRole roleOf(const TensorRecord &tensor, const ModelConfig &config);
const char *tensorRoleName(TensorRole role); ///< "weight"; translation context "Query"

} // namespace assay

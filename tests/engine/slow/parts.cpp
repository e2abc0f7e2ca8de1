// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/slow/parts.h"

#include <algorithm>
#include <cmath>

namespace assay::slow {

int64_t Parts::size(const char *key, int64_t otherwise) const
{
    return hasKey(key) ? m_config.at(key).get<int64_t>() : otherwise;
}

double Parts::number(const char *key, double otherwise) const
{
    return hasKey(key) ? m_config.at(key).get<double>() : otherwise;
}

bool Parts::flag(const char *key, bool otherwise) const
{
    return hasKey(key) ? m_config.at(key).get<bool>() : otherwise;
}

bool Parts::lists(const char *key, int64_t number) const
{
    return hasKey(key) && std::ranges::find(m_config.at(key), nlohmann::json(number)) != m_config.at(key).end();
}

bool Parts::layerIs(int64_t layer, const char *kind, bool otherwise) const
{
    return hasKey("layer_types") ? m_config.at("layer_types").at(size_t(layer)) == kind : otherwise;
}

const Vector &Parts::matrix(const std::string &name, int64_t out, int64_t in, Kind kind)
{
    return m_weights.get(name, {out, in}, kind);
}

const Vector &Parts::vector(const std::string &name, int64_t count, Kind kind)
{
    return m_weights.get(name, {count}, kind);
}

const Vector &Parts::tensor(const std::string &name, const std::vector<int64_t> &shape, Kind kind)
{
    return m_weights.get(name, shape, kind);
}

Rows Parts::embed(const std::string &name, const Ids &ids, double scale)
{
    const int64_t hidden = size("hidden_size");
    const Vector &table = matrix(name + ".weight", size("vocab_size"), hidden, Kind::Table);
    Rows out;
    for (const int64_t id : ids) {
        Vector &row = out.emplace_back(table.begin() + id * hidden, table.begin() + (id + 1) * hidden);
        for (double &value : row)
            value *= scale;
    }
    return out;
}

Rows Parts::project(const std::string &name, const Rows &x, int64_t out, bool bias, Kind kind)
{
    const Vector none;
    return linear(matrix(name + ".weight", out, int64_t(x[0].size()), kind), bias ? vector(name + ".bias", out) : none, x);
}

Rows Parts::rms(const std::string &name, const Rows &x, double epsilon)
{
    const Vector &weight = vector(name + ".weight", int64_t(x[0].size()), Kind::Norm);
    Rows out;
    for (const Vector &row : x)
        out.push_back(rmsNorm(row, weight, epsilon));
    return out;
}

Rows Parts::rmsPlusOne(const std::string &name, const Rows &x, double epsilon)
{
    const Vector &weight = vector(name + ".weight", int64_t(x[0].size()), Kind::Offsets);
    Rows out;
    for (const Vector &row : x)
        out.push_back(rmsNorm(row, weight, epsilon, 1));
    return out;
}

Rows Parts::layer(const std::string &name, const Rows &x, double epsilon, bool bias)
{
    const Vector none;
    const Vector &weight = vector(name + ".weight", int64_t(x[0].size()), Kind::Norm);
    const Vector &offset = bias ? vector(name + ".bias", int64_t(x[0].size())) : none;
    Rows out;
    for (const Vector &row : x)
        out.push_back(layerNorm(row, weight, offset, epsilon));
    return out;
}

Rows Parts::head(const Rows &x, bool tied)
{
    return project(tied ? "model.embed_tokens" : "lm_head", x, size("vocab_size"), false, Kind::Table);
}

Rows Parts::gated(const std::string &prefix, const Rows &x, Activation activation, bool bias)
{
    const int64_t inner = size("intermediate_size");
    Rows gate = project(prefix + "gate_proj", x, inner, bias);
    const Rows up = project(prefix + "up_proj", x, inner, bias);
    for (size_t t = 0; t < gate.size(); ++t) {
        for (size_t i = 0; i < gate[t].size(); ++i)
            gate[t][i] = activation(gate[t][i]) * up[t][i];
    }
    return project(prefix + "down_proj", gate, int64_t(x[0].size()), bias);
}

Rows Parts::gatedInOne(const std::string &prefix, const Rows &x, Activation activation)
{
    const size_t inner = size_t(size("intermediate_size"));
    Rows both = project(prefix + "gate_up_proj", x, int64_t(2 * inner));
    for (Vector &row : both) {
        for (size_t i = 0; i < inner; ++i)
            row[i] = activation(row[i]) * row[inner + i];
        row.resize(inner);
    }
    return project(prefix + "down_proj", both, int64_t(x[0].size()));
}

Parts::Attention Parts::attention() const
{
    Attention out;
    out.heads = size("num_attention_heads");
    out.keyHeads = size("num_key_value_heads", out.heads);
    out.dim = size("head_dim", size("hidden_size") / out.heads);
    out.how.scale = 1 / std::sqrt(double(out.dim));
    return out;
}

Rows Parts::attend(const std::string &prefix, const Rows &x, const Attention &a)
{
    const int64_t queryWidth = a.heads * a.dim, keyWidth = a.keyHeads * a.dim;
    Rows queries, keys, values;
    if (a.inOne) {
        for (const Vector &row : project(prefix + "qkv_proj", x, queryWidth + 2 * keyWidth, a.bias)) {
            const auto afterQueries = row.begin() + queryWidth, afterKeys = afterQueries + keyWidth;
            queries.emplace_back(row.begin(), afterQueries);
            keys.emplace_back(afterQueries, afterKeys);
            values.emplace_back(afterKeys, row.end());
        }
    } else {
        queries = project(prefix + "q_proj", x, queryWidth, a.bias);
        keys = project(prefix + "k_proj", x, keyWidth, a.bias);
        values = project(prefix + "v_proj", x, keyWidth, a.bias);
    }
    if (a.norm)
        a.norm(queries, keys);
    std::vector<Rows> q = heads(queries, a.heads), k = heads(keys, a.keyHeads);
    for (std::vector<Rows> *each : {&q, &k}) {
        for (Rows &head : *each) {
            for (size_t t = 0; a.rope && t < head.size(); ++t)
                rotate(head[t], int64_t(t), *a.rope, a.partner);
        }
    }
    const Rows mixed = slow::attend(q, k, heads(values, a.keyHeads), a.how);
    return project(prefix + "o_proj", mixed, int64_t(x[0].size()), a.outputBias);
}

Rows Parts::eachHead(const Rows &rows, int64_t dim, const std::function<Vector(const Vector &, size_t)> &norm)
{
    Rows out(rows.size());
    for (size_t t = 0; t < rows.size(); ++t) {
        for (size_t head = 0; head < rows[t].size() / size_t(dim); ++head) {
            const auto begin = rows[t].begin() + std::ptrdiff_t(head) * dim;
            const Vector normed = norm(Vector(begin, begin + dim), head);
            out[t].insert(out[t].end(), normed.begin(), normed.end());
        }
    }
    return out;
}

} // namespace assay::slow

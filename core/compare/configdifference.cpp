// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compare/difference.h"
#include "core/format/jsontext.h"
#include "core/model/fieldexplanations.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

namespace assay {
namespace {

using nlohmann::json;

constexpr size_t kMostFields = 20000, kShownText = 120;

/// Which fields belong together; the first that fits wins, by whole name or beginning.
struct FieldGroup
{
    const char *title; ///< translation context "Difference"
    std::string_view marks;
};
constexpr std::array<FieldGroup, 8> kGroups{{
    {ASSAY_TEXT("Difference", "Quantisation"), "quantization_config quantize expert_dtype general.file_type general.quantization"},
    {ASSAY_TEXT("Difference", "Experts"),
     "num_local_experts num_experts n_routed_experts n_shared_experts moe_ norm_topk topk_ n_group scoring_func routed_ "
     "first_k_dense router_ shared_expert decoder_sparse mlp_only aux_loss expert_ seq_aux"},
    {ASSAY_TEXT("Difference", "Attention"),
     "num_attention_heads num_key_value_heads head_dim q_lora_rank kv_lora_rank qk_ v_head_dim attention sliding_window "
     "use_sliding_window max_window layer_types attn_ query_pre"},
    {ASSAY_TEXT("Difference", "Positions"), "rope_ max_position partial_rotary use_mrope rotary alibi context_length"},
    {ASSAY_TEXT("Difference", "Sizes"),
     "hidden_size intermediate_size num_hidden_layers vocab_size num_nextn n_embd n_layer n_head n_inner block_count "
     "embedding_length feed_forward_length"},
    {ASSAY_TEXT("Difference", "Identity"), "architectures model_type auto_map _name_or_path general."},
    {ASSAY_TEXT("Difference", "Tokens"), "bos_token eos_token pad_token tokenizer"},
    {ASSAY_TEXT("Difference", "Other fields"), ""},
}};

/// What is asked for first stands first.
constexpr std::array<int, kGroups.size()> kOrder{5, 4, 2, 3, 1, 0, 6, 7};

size_t groupOf(std::string_view field)
{
    const size_t dot = field.find('.');
    const std::string_view stem = dot == std::string_view::npos || field.starts_with("general.") || field.starts_with("quantization_config")
                                      ? field
                                      : (field.starts_with("text_config.") ? field.substr(dot + 1) : field);
    for (size_t group = 0; group < kGroups.size(); ++group) {
        std::string_view marks = kGroups[group].marks;
        while (!marks.empty()) {
            const size_t blank = std::min(marks.find(' '), marks.size());
            if (stem.starts_with(marks.substr(0, blank)))
                return group;
            marks.remove_prefix(std::min(blank + 1, marks.size()));
        }
    }
    return kGroups.size() - 1;
}

using Fields = std::map<std::string, std::string>;

/// What config.json calls what a GGUF file says; without the architecture in front.
struct FieldName
{
    std::string_view gguf;
    const char *config;
};
constexpr std::array<FieldName, 20> kNames{{
    {"general.architecture", "model_type"},
    {"block_count", "num_hidden_layers"},
    {"context_length", "max_position_embeddings"},
    {"embedding_length", "hidden_size"},
    {"feed_forward_length", "intermediate_size"},
    {"vocab_size", "vocab_size"},
    {"attention.head_count", "num_attention_heads"},
    {"attention.head_count_kv", "num_key_value_heads"},
    {"attention.key_length", "head_dim"},
    {"attention.sliding_window", "sliding_window"},
    {"attention.layer_norm_rms_epsilon", "rms_norm_eps"},
    {"attention.layer_norm_epsilon", "layer_norm_eps"},
    {"attention.q_lora_rank", "q_lora_rank"},
    {"attention.kv_lora_rank", "kv_lora_rank"},
    {"rope.freq_base", "rope_theta"},
    {"expert_count", "num_experts"},
    {"expert_used_count", "num_experts_per_tok"},
    {"expert_shared_count", "n_shared_experts"},
    {"expert_feed_forward_length", "moe_intermediate_size"},
    {"leading_dense_block_count", "first_k_dense_replace"},
}};

std::string unquoted(const std::string &text)
{
    const bool quoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
    return quoted ? text.substr(1, text.size() - 2) : text;
}

/// With the digits of a 32-bit number; whole ones in full.
std::string numberText(double number)
{
    std::array<char, 32> out{};
    std::snprintf(out.data(), out.size(), std::abs(number) < 1e7 ? "%.7g" : "%.17g", number);
    return out.data();
}

/// A number as a 32-bit one, in which GGUF keeps what JSON writes in decimal; other texts without their quotes.
std::string comparable(const std::string &text)
{
    char *end = nullptr;
    const double number = std::strtod(text.c_str(), &end);
    if (!text.empty() && end == text.c_str() + text.size() && std::isfinite(number))
        return numberText(number);
    return unquoted(text);
}

/// Objects become dotted names; lists stay whole. parseJsonObject bounds the depth.
void flatten(const json &node, const std::string &path, Fields &out)
{
    if (out.size() >= kMostFields)
        return;
    if (!node.is_object() || node.empty()) {
        out[path] = node.dump(-1, ' ', false, json::error_handler_t::replace);
        return;
    }
    for (const auto &[key, value] : node.items())
        flatten(value, path.empty() ? key : path + "." + key, out);
}

/// config.json, else what the weight file says of itself: keys of GGUF without the architecture in front, or under
/// the names of config.json.
Fields fieldsOf(const Inspection &inspection, bool asConfig)
{
    Fields out;
    if (inspection.directory.configText) {
        if (const auto parsed = parseJsonObject(*inspection.directory.configText, "config.json")) {
            flatten(*parsed, {}, out);
            return out;
        }
    }
    const MetadataEntry *architecture = inspection.directory.checkpoint.findMetadata("general.architecture");
    const std::string prefix = architecture && architecture->text() ? *architecture->text() + "." : std::string();
    for (const MetadataEntry &entry : inspection.directory.checkpoint.metadata) {
        if (entry.key.starts_with("tokenizer.") || out.size() >= kMostFields)
            continue;
        const bool own = !prefix.empty() && entry.key.starts_with(prefix);
        std::string key = own ? entry.key.substr(prefix.size()) : entry.key;
        const auto name = std::find_if(kNames.begin(), kNames.end(), [&](const FieldName &known) { return key == known.gguf; });
        if (asConfig && name != kNames.end())
            key = name->config;
        out[key] = entry.number() && !entry.integer() ? numberText(*entry.number()) : entry.shown();
    }
    return out;
}

std::string shortened(const std::string &text)
{
    if (text.size() <= kShownText)
        return text;
    size_t end = kShownText;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end; // not inside a character
    return text.substr(0, end) + "...";
}

std::string explained(const std::string &field, const Translate &translate)
{
    const size_t dot = field.rfind('.');
    const char *text = fieldExplanation(field);
    if (!text && dot != std::string::npos)
        text = fieldExplanation(std::string_view(field).substr(dot + 1));
    return text ? translate("ConfigField", text) : std::string();
}

DifferenceRow fieldRow(const std::string &field, const std::vector<Fields> &all, const Translate &translate)
{
    DifferenceRow row{"config." + field, translate("Difference", kGroups[groupOf(field)].title), field, explained(field, translate), {}, {}};
    std::vector<std::string> compared;
    for (const Fields &fields : all) {
        const auto it = fields.find(field);
        const bool there = it != fields.end();
        row.cells.push_back(there ? DifferenceCell{shortened(unquoted(it->second)), it->second, true} : missingCell());
        if (there)
            compared.push_back(comparable(it->second));
    }
    judge(row, compared);
    return row;
}

} // namespace

std::vector<DifferenceRow> configDifference(const std::vector<DifferenceSubject> &subjects, const Translate &translate)
{
    const bool anyConfig = std::any_of(subjects.begin(), subjects.end(), [](const DifferenceSubject &subject) {
        return subject.inspection->directory.configText.has_value();
    });
    std::vector<Fields> all;
    std::set<std::pair<int, std::string>> names; // in the order in which they are shown
    for (const DifferenceSubject &subject : subjects) {
        all.push_back(fieldsOf(*subject.inspection, anyConfig));
        for (const auto &[field, value] : all.back())
            names.emplace(kOrder[groupOf(field)], field);
    }
    std::vector<DifferenceRow> rows;
    for (const auto &[rank, field] : names)
        rows.push_back(fieldRow(field, all, translate));
    return rows;
}

std::vector<DifferenceRow> factDifference(const std::vector<DifferenceSubject> &subjects, const Translate &translate)
{
    std::vector<std::vector<FactRow>> all;
    std::vector<const FactRow *> order; // of each id the first that is met, in the order of the tables
    for (const DifferenceSubject &subject : subjects)
        all.push_back(factRows(subject.inspection->facts));
    const auto find = [](const std::vector<FactRow> &rows, std::string_view id) {
        const auto it = std::find_if(rows.begin(), rows.end(), [&](const FactRow &row) { return id == row.id; });
        return it == rows.end() ? nullptr : &*it;
    };
    for (const auto &rows : all) {
        for (auto row = rows.begin(); row != rows.end(); ++row) {
            const auto known = [&](const FactRow *other) { return std::string_view(other->id) == row->id; };
            if (std::any_of(order.begin(), order.end(), known))
                continue;
            // After the row that stands before it in its own table.
            auto place = order.end();
            if (row != rows.begin()) {
                const std::string_view before = (row - 1)->id;
                place = std::find_if(order.begin(), order.end(), [&](const FactRow *other) { return before == other->id; });
                place = place == order.end() ? place : place + 1;
            }
            order.insert(place, &*row);
        }
    }
    std::vector<DifferenceRow> out;
    for (const FactRow *fact : order) {
        DifferenceRow row{std::string("facts.") + fact->id, translate("Fact", fact->group), translate("Fact", fact->label), {}, {}, {}};
        std::vector<std::string> compared;
        for (const auto &rows : all) {
            const FactRow *own = find(rows, fact->id);
            const bool there = own && !own->value.empty() && own->value != "-";
            row.cells.push_back(there ? DifferenceCell{own->value, own->exact.empty() ? own->evidence : own->exact + "; " + own->evidence, true}
                                      : missingCell());
            if (there)
                compared.push_back(own->exact.empty() ? own->value : own->exact);
        }
        judge(row, compared);
        if (!compared.empty())
            out.push_back(std::move(row));
    }
    return out;
}

} // namespace assay

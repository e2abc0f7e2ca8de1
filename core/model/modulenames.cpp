// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/modulenames.h"

#include "core/base/text.h"

#include <algorithm>

namespace assay {
namespace {

using K = ModuleKind;

struct TailRow
{
    K kind;
    size_t leastRank;
    const char *evidence;
    std::vector<std::string_view> tails;
};

const std::vector<TailRow> &tailRows()
{
    static const std::vector<TailRow> rows{
        {K::TokenEmbedding, 2, ASSAY_TEXT("Evidence", "name of a matrix: %1"),
         {"embed_tokens.weight", "wte.weight", "embed_in.weight", "word_embeddings.weight", "tok_embeddings.weight",
          "shared.weight", "token_embedding.weight", "token_embd.weight", "backbone.embeddings.weight"}},
        {K::LearnedPositions, 2, ASSAY_TEXT("Evidence", "a table of positions: %1"),
         {"wpe.weight", "position_embeddings.weight", "position_embedding.weight", "embed_positions.weight", "pos_embed",
          "position_embeddings", "positional_embedding", "pos_embedding", "absolute_position_embeddings",
          "position_embd.weight", "pos_embed.weight"}},
        {K::RotaryPositions, 1, ASSAY_TEXT("Evidence", "stored frequencies: %1"),
         {"inv_freq", "rope_freqs", "rope_freqs.weight", "freqs_cis"}},
        {K::RelativePositions, 1, ASSAY_TEXT("Evidence", "a bias for each distance: %1"),
         {"relative_attention_bias.weight", "relative_position_bias_table", "rel_pos_h", "rel_pos_w",
          "relative_position_bias.weight", "distance_embedding.weight", "pos_bias_u", "rel_pos_bias.weight"}},
        {K::SelfAttention, 2, ASSAY_TEXT("Evidence", "a projection of queries: %1"),
         {"q_proj.weight", "query.weight", "c_attn.weight", "query_key_value.weight", "qkv.weight", "in_proj_weight",
          "to_q.weight", "q_lin.weight", "qkv_proj.weight", "attn_q.weight", "attn_qkv.weight", "Wqkv.weight",
          "attention.wq.weight", "SelfAttention.q.weight", "EncDecAttention.q.weight"}},
        {K::LatentAttention, 2, ASSAY_TEXT("Evidence", "keys and values through one narrow matrix: %1"),
         {"kv_a_proj_with_mqa.weight", "attn_kv_a_mqa.weight"}},
        {K::AttentionSinks, 1, ASSAY_TEXT("Evidence", "one number a head: %1"), {"self_attn.sinks", "attn_sinks.weight"}},
        {K::Mlp, 2, ASSAY_TEXT("Evidence", "the last matrix of each: %1"),
         {"down_proj.weight", "fc2.weight", "mlp.c_proj.weight", "dense_4h_to_h.weight", "DenseReluDense.wo.weight",
          "output.dense.weight", "ffn.lin2.weight", "w2.weight", "ffn_down.weight", "ff.net.*.weight",
          "experts.down_proj", "ffn_down_exps.weight"}},
        {K::SharedExperts, 2, ASSAY_TEXT("Evidence", "name of a matrix: %1"), {"ffn_down_shexp.weight"}},
        {K::Router, 2, ASSAY_TEXT("Evidence", "a matrix that chooses experts: %1"),
         {"mlp.gate.weight", "block_sparse_moe.gate.weight", "router.weight", "ffn_gate_inp.weight", "gate.wg.weight",
          "router.classifier.weight", "router.layer.weight"}},
        {K::StateSpace, 1, ASSAY_TEXT("Evidence", "a decay for each channel of the state: %1"), {"A_log", "ssm_a"}},
        {K::LinearAttention, 1, ASSAY_TEXT("Evidence", "a decay for each channel of the state: %1"),
         {"attention.time_decay", "time_mix_decay.weight", "time_mix_w1.weight"}},
        {K::Adapter, 1, ASSAY_TEXT("Evidence", "a narrow matrix beside another model's: %1"),
         {"lora_A.weight", "lora_A.default.weight", "lora_down.weight", "lora_A", "hada_w1_a", "lokr_w1", "lokr_w1_a",
          "lora_embedding_A", "weight.lora_a", "ia3_l"}},
        {K::AudioTower, 3, ASSAY_TEXT("Evidence", "a convolution over sound: %1"), {"encoder.conv1.weight"}},
        {K::NextToken, 2, ASSAY_TEXT("Evidence", "a matrix that joins the last state and the next token: %1"),
         {"eh_proj.weight", "nextn.eh_proj.weight", "mtp.fc.weight"}},
    };
    return rows;
}

struct PlaceRow
{
    ModulePlace place;
    std::vector<std::string_view> parts;
};

const std::vector<PlaceRow> &placeRows()
{
    static const std::vector<PlaceRow> rows{
        {{K::VisionTower, false, true},
         {"vision_tower", "vision_model", "visual", "vision_encoder", "image_encoder", "vpm", "vit"}},
        {{K::AudioTower, false, true}, {"audio_tower", "audio_model", "audio_encoder", "speech_encoder"}},
        {{K::TextEncoder, false, true}, {"text_model", "text_encoder", "cond_stage_model"}},
        {{K::Projector, false, false},
         {"multi_modal_projector", "mm_projector", "visual_projection", "text_projection", "image_projection", "aligner",
          "merger", "qformer", "q_former", "language_projection", "embed_vision", "modality_projection"}},
        {{K::UNetBlock, true, false},
         {"down_blocks", "up_blocks", "mid_block", "input_blocks", "output_blocks", "middle_block"}},
    };
    return rows;
}

bool isOneOf(std::string_view part, std::initializer_list<std::string_view> words)
{
    return std::find(words.begin(), words.end(), part) != words.end();
}

} // namespace

const std::unordered_map<std::string_view, ModuleTail> &moduleTails()
{
    static const auto map = [] {
        std::unordered_map<std::string_view, ModuleTail> out;
        for (const TailRow &row : tailRows()) {
            for (std::string_view tail : row.tails)
                out.emplace(tail, ModuleTail{row.kind, row.leastRank, row.evidence});
        }
        return out;
    }();
    return map;
}

const std::unordered_map<std::string_view, ModulePlace> &modulePlaces()
{
    static const auto map = [] {
        std::unordered_map<std::string_view, ModulePlace> out;
        for (const PlaceRow &row : placeRows()) {
            for (std::string_view part : row.parts)
                out.emplace(part, row.place);
        }
        return out;
    }();
    return map;
}

std::span<const std::string_view> gateTails()
{
    static constexpr std::string_view kTails[] = {"gate_proj.weight", "gate_up_proj.weight", "w3.weight",
                                                  "wi_1.weight",      "ffn_gate.weight",     "w12.weight",
                                                  "fc1_g.weight"};
    return kTails;
}

bool isNormName(std::string_view part)
{
    // ln_1, ln_f, ln1; bn1; downsample.1 of ResNets is told by what lies beside it, not by its name.
    return part.find("norm") != std::string_view::npos || part.find("Norm") != std::string_view::npos
           || part.starts_with("ln_") || (part.starts_with("ln") && part.size() <= 3) || part.starts_with("bn");
}

bool isGroupNormPlace(const std::vector<std::string_view> &parts)
{
    const std::string_view own = parts[parts.size() - 2];
    const bool named = isOneOf(own, {"group_norm", "conv_norm_out", "norm_out"});
    const auto inside = [&](std::string_view part) { return std::find(parts.begin(), parts.end(), part) != parts.end(); };
    // The norm before a U-Net's stack of transformer blocks; those inside them are LayerNorms.
    const bool spatial = own == "norm" && inside("attentions") && !inside("transformer_blocks");
    return named || spatial || inside("resnets");
}

bool isPatchName(const std::vector<std::string_view> &parts)
{
    for (std::string_view part : parts) {
        if (part.find("patch_embed") != std::string_view::npos || part == "conv_proj")
            return true;
    }
    // OpenAI's CLIP: visual.conv1.
    return parts.size() >= 3 && parts[parts.size() - 3] == "visual" && parts[parts.size() - 2] == "conv1";
}

bool isCrossAttention(const std::vector<std::string_view> &parts)
{
    return std::any_of(parts.begin(), parts.end(), [](std::string_view part) {
        return isOneOf(part, {"attn2", "cross_attn", "crossattention", "encoder_attn", "EncDecAttention",
                              "cross_attention", "cross_attention_layer", "encoder_decoder_attention"});
    });
}

} // namespace assay

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/modulekinds.h"

#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace assay {

/// The names by which parts of models are known: tables only, read by modulekinds.cpp. Public architectures of
/// transformers, diffusers, timm, torchvision, OpenAI's CLIP and Whisper, and GGUF.

/// A tensor whose dotted name ends so stands for one module.
struct ModuleTail
{
    ModuleKind kind;
    size_t leastRank; ///< of its shape
    const char *evidence;
};
const std::unordered_map<std::string_view, ModuleTail> &moduleTails();

/// A part of a dotted name that stands for a module, whatever is in it.
struct ModulePlace
{
    ModuleKind kind;
    bool numbered; ///< each number behind it is one module
    bool further;  ///< other modules inside it are told, too
};
const std::unordered_map<std::string_view, ModulePlace> &modulePlaces();

/// Beside an MLP's last matrix one of these makes it a gated one.
std::span<const std::string_view> gateTails();

bool isNormName(std::string_view part);
/// Norms of the convolutional parts of U-Nets and autoencoders: same tensors as a LayerNorm.
bool isGroupNormPlace(const std::vector<std::string_view> &parts);
bool isPatchName(const std::vector<std::string_view> &parts);
bool isCrossAttention(const std::vector<std::string_view> &parts);

} // namespace assay

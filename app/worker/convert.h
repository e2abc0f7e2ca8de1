// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/engine.h"
#include "core/protocol/messages.h"
#include "core/tokenizer/tokenizer.h"

/// The engine's structs as the protocol's: the two rooms do not know each other.
namespace assay::worker {

protocol::DeviceInfo toMessage(const engine::DeviceDescription &device);
protocol::MemoryReading toMessage(const engine::Memory &memory);
protocol::LoadResult toMessage(const engine::Description &description);
/// tokenizer: spells the tokens; may be null.
protocol::TokenScore toMessage(const engine::TokenScore &score, const Tokenizer *tokenizer);
protocol::MeasureSample toMessage(const engine::Sample &sample, const protocol::MeasureRequest &request);

} // namespace assay::worker

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file.h"
#include "core/format/modeldirectory.h"
#include "core/format/safetensors.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

/// A model of the test data in memory, to be damaged and written somewhere else.
struct ChangedModel
{
    struct Tensor
    {
        std::string name;
        assay::Dtype dtype;
        std::vector<int64_t> shape;
        std::vector<std::byte> bytes;
    };

    nlohmann::json config;
    std::vector<Tensor> tensors;
    /// Fields whose value is written as it stands here: what JSON has no word for.
    std::map<std::string, std::string> written;

    static ChangedModel read(const std::filesystem::path &folder)
    {
        ChangedModel out;
        const auto directory = assay::openModelDirectory(folder);
        if (!directory)
            return out;
        out.config = nlohmann::json::parse(directory->configText.value_or("{}"));
        for (const assay::TensorRecord &record : directory->checkpoint.tensors) {
            const auto sizes = record.shape.sizes();
            Tensor each{std::string(record.name), record.dtype, {sizes.begin(), sizes.end()}, std::vector<std::byte>(record.bytes)};
            const auto source = directory->files->open(directory->checkpoint.files[record.file].name);
            if (source && (*source)->readAt(record.offset, each.bytes))
                out.tensors.push_back(std::move(each));
        }
        return out;
    }

    /// The tensor whose name ends so; one without a name where there is none.
    Tensor &tensor(const std::string &ending)
    {
        static Tensor none;
        const auto found = std::ranges::find_if(tensors, [&](const Tensor &each) { return each.name.ends_with(ending); });
        return found == tensors.end() ? none : *found;
    }

    void drop(const std::string &ending)
    {
        std::erase_if(tensors, [&](const Tensor &each) { return each.name.ends_with(ending); });
    }

    /// Another shape; bytes are cut off or zeros added.
    void reshape(const std::string &ending, std::vector<int64_t> shape)
    {
        Tensor &each = tensor(ending);
        uint64_t bits = uint64_t(assay::dtypeBits(each.dtype));
        for (const int64_t size : shape)
            bits *= uint64_t(size);
        each.bytes.resize(bits / 8);
        each.shape = std::move(shape);
    }

    std::string configText() const
    {
        nlohmann::json marked = config;
        for (const auto &[field, text] : written)
            marked[field] = "@" + field + "@";
        std::string out = marked.dump(1);
        for (const auto &[field, text] : written) {
            const std::string mark = "\"@" + field + "@\"";
            out.replace(out.find(mark), mark.size(), text);
        }
        return out;
    }

    bool write(const std::filesystem::path &folder) const
    {
        std::filesystem::create_directories(folder);
        std::vector<assay::TensorToWrite> out;
        for (const Tensor &each : tensors)
            out.push_back({each.name, each.dtype, each.shape, each.bytes});
        return assay::writeFileAtomically(folder / "config.json", configText()).has_value()
               && assay::writeSafetensors(folder / "model.safetensors", out).has_value();
    }
};

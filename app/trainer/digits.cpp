// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/trainer/digits.h"

#include "core/base/file.h"

#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace assay::trainer {
namespace {

constexpr uint64_t kLargestFile = 16 << 20;

Result<std::vector<Digit>> readLabel(const std::filesystem::path &path, int label)
{
    const auto text = readWholeFile(path, kLargestFile);
    if (!text)
        return tl::unexpected(text.error());
    try {
        const nlohmann::json file = nlohmann::json::parse(*text);
        const nlohmann::json &values = file.at("data");
        if (!values.is_array() || values.empty() || values.size() % kDigitPixels != 0)
            return failure(ErrorCode::JsonDamaged, {path.string(), "its data are no whole images of 28 by 28"});
        std::vector<Digit> out(values.size() / kDigitPixels);
        for (size_t i = 0; i < values.size(); ++i) {
            // The package has 255ths, rounded to a few digits.
            const double value = values[i].get<double>();
            out[i / kDigitPixels].pixels[i % kDigitPixels] = uint8_t(std::lround(std::clamp(value, 0.0, 1.0) * 255));
        }
        for (size_t i = 0; i < out.size(); ++i) {
            out[i].label = label;
            out[i].index = int(i);
        }
        return out;
    } catch (const nlohmann::json::exception &error) {
        return failure(ErrorCode::JsonDamaged, {path.string(), error.what()});
    }
}

void measure(Digits &digits)
{
    double sum = 0, squares = 0;
    for (const Digit &digit : digits.training) {
        for (const uint8_t pixel : digit.pixels) {
            sum += pixel / 255.0;
            squares += pixel / 255.0 * (pixel / 255.0);
        }
    }
    const double count = double(digits.training.size()) * kDigitPixels;
    digits.mean = sum / count;
    digits.deviation = std::sqrt(squares / count - digits.mean * digits.mean);
}

} // namespace

Result<Digits> readDigits(const std::filesystem::path &package, int every)
{
    Digits out;
    for (int label = 0; label < kDigitClasses; ++label) {
        auto read = readLabel(package / "src" / "digits" / (std::to_string(label) + ".json"), label);
        if (!read)
            return tl::unexpected(read.error());
        for (const Digit &digit : *read)
            (digit.index % every == every - 1 ? out.testing : out.training).push_back(digit);
    }
    measure(out);
    return out;
}

Result<void> writeDigitImages(const Digits &digits, const std::filesystem::path &directory)
{
    for (const Digit &digit : digits.testing) {
        const std::filesystem::path folder = directory / std::to_string(digit.label);
        std::error_code problem;
        std::filesystem::create_directories(folder, problem);
        char name[16];
        std::snprintf(name, sizeof name, "%04d.pgm", digit.index);
        const std::string text = "P5\n28 28\n255\n" + std::string(reinterpret_cast<const char *>(digit.pixels.data()), digit.pixels.size());
        if (auto written = writeFileAtomically(folder / name, text); !written)
            return written;
    }
    return {};
}

std::vector<float> shiftedPixels(const Digits &digits, const std::vector<size_t> &which, int shift, Random &random)
{
    std::vector<float> out;
    out.reserve(which.size() * kDigitPixels);
    for (const size_t index : which) {
        const int right = shift > 0 ? random.below(2 * shift + 1) - shift : 0;
        const int down = shift > 0 ? random.below(2 * shift + 1) - shift : 0;
        for (int y = 0; y < kDigitSide; ++y) {
            for (int x = 0; x < kDigitSide; ++x) {
                const int fromX = x - right, fromY = y - down;
                const bool inside = fromX >= 0 && fromX < kDigitSide && fromY >= 0 && fromY < kDigitSide;
                const double pixel = inside ? digits.training[index].pixels[size_t(fromY * kDigitSide + fromX)] / 255.0 : 0.0;
                out.push_back(float((pixel - digits.mean) / digits.deviation));
            }
        }
    }
    return out;
}

} // namespace assay::trainer

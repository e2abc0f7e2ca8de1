// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/imagepreparation.h"

#include "core/base/text.h"
#include "core/base/units.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

using nlohmann::json;
using Filter = ImagePreparation::Filter;

constexpr int kLargestSide = 4096;

struct FilterRow
{
    Filter filter;
    int number; ///< of Pillow, in files
    const char *name;
    double reach; ///< pixels to each side when nothing shrinks
    double (*weight)(double distance);
};

double triangle(double distance)
{
    return std::max(0.0, 1.0 - std::abs(distance));
}

/// Keys' cubic with a = -0.5, as Pillow has it.
double cubic(double distance)
{
    const double x = std::abs(distance);
    if (x < 1.0)
        return (1.5 * x - 2.5) * x * x + 1.0;
    return x < 2.0 ? ((-0.5 * x + 2.5) * x - 4.0) * x + 2.0 : 0.0;
}

constexpr FilterRow kFilters[] = {
    {Filter::Nearest, 0, "nearest", 0, nullptr},
    {Filter::Bilinear, 2, "bilinear", 1, triangle},
    {Filter::Bicubic, 3, "bicubic", 2, cubic},
};

const FilterRow &rowOf(Filter filter)
{
    return *std::find_if(std::begin(kFilters), std::end(kFilters), [filter](const FilterRow &row) { return row.filter == filter; });
}

/// A plane or several, interleaved.
struct Image
{
    int width = 0, height = 0, channels = 0;
    std::vector<uint8_t> values;
    uint8_t at(int x, int y, int channel) const { return values[(size_t(y) * size_t(width) + size_t(x)) * size_t(channels) + size_t(channel)]; }
};

Image sized(int width, int height, int channels)
{
    return {width, height, channels, std::vector<uint8_t>(size_t(width) * size_t(height) * size_t(channels))};
}

Image imageOf(const Picture &picture, size_t channels)
{
    if (channels == 3)
        return {picture.width, picture.height, 3, picture.values};
    Image out = sized(picture.width, picture.height, 1);
    for (size_t i = 0; i < out.values.size(); ++i) {
        const uint8_t *pixel = &picture.values[i * 3];
        out.values[i] = uint8_t((pixel[0] * 19595 + pixel[1] * 38470 + pixel[2] * 7471 + 32768) >> 16);
    }
    return out;
}

/// Which pixels of a line make one of another length, and how much each of them counts.
struct Share
{
    int first = 0;
    std::vector<double> weights; ///< sum 1
};

std::vector<Share> sharesOf(int from, int to, const FilterRow &filter)
{
    const double scale = double(from) / to;
    std::vector<Share> out(static_cast<size_t>(to));
    for (int i = 0; i < to; ++i) {
        Share &share = out[size_t(i)];
        const double middle = (i + 0.5) * scale;
        if (!filter.weight) {
            share = {std::min(int(middle), from - 1), {1.0}};
            continue;
        }
        const double stretch = std::max(1.0, scale), reach = filter.reach * stretch;
        share.first = std::max(0, int(middle - reach + 0.5));
        const int end = std::min(from, int(middle + reach + 0.5));
        double sum = 0;
        for (int x = share.first; x < end; ++x) {
            share.weights.push_back(filter.weight((x + 0.5 - middle) / stretch));
            sum += share.weights.back();
        }
        for (double &weight : share.weights)
            weight /= sum;
    }
    return out;
}

uint8_t rounded(double value)
{
    return uint8_t(std::clamp(std::floor(value + 0.5), 0.0, 255.0));
}

/// First along the lines, then down the columns, each rounded to whole values, as Pillow does.
Image resized(const Image &image, int width, int height, const FilterRow &filter)
{
    if (image.width == width && image.height == height)
        return image;
    Image wide = sized(width, image.height, image.channels);
    const std::vector<Share> across = sharesOf(image.width, width, filter), down = sharesOf(image.height, height, filter);
    size_t place = 0;
    for (int y = 0; y < wide.height; ++y) {
        for (const Share &share : across) {
            for (int c = 0; c < wide.channels; ++c) {
                double sum = 0;
                for (size_t k = 0; k < share.weights.size(); ++k)
                    sum += share.weights[k] * image.at(share.first + int(k), y, c);
                wide.values[place++] = rounded(sum);
            }
        }
    }
    Image out = sized(width, height, image.channels);
    place = 0;
    for (const Share &share : down) {
        for (int x = 0; x < out.width; ++x) {
            for (int c = 0; c < out.channels; ++c) {
                double sum = 0;
                for (size_t k = 0; k < share.weights.size(); ++k)
                    sum += share.weights[k] * wide.at(x, share.first + int(k), c);
                out.values[place++] = rounded(sum);
            }
        }
    }
    return out;
}

Image cropped(const Image &image, int width, int height)
{
    Image out = sized(width, height, image.channels);
    const int left = (image.width - width) / 2, top = (image.height - height) / 2;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const int fromX = x + left, fromY = y + top;
            if (fromX < 0 || fromY < 0 || fromX >= image.width || fromY >= image.height)
                continue;
            for (int c = 0; c < image.channels; ++c)
                out.values[(size_t(y) * size_t(width) + size_t(x)) * size_t(image.channels) + size_t(c)] = image.at(fromX, fromY, c);
        }
    }
    return out;
}

// What a file says, or why it cannot be followed.
struct Unusable
{
    std::string what;
};

/// A setting and its value, which may be nested deeper than can be written.
Unusable unusable(const char *key, const json &value)
{
    return {std::string(key) + ' ' + (value.is_primitive() ? value.dump() : value.type_name())};
}

int sideOf(const json &value, const char *key)
{
    if (!value.is_number_integer() || value.get<int64_t>() < 1 || value.get<int64_t>() > kLargestSide)
        throw unusable(key, value);
    return value.get<int>();
}

/// A size is {"height", "width"}, {"shortest_edge"}, or a number for both sides or the shorter one.
std::pair<int, int> sidesOf(const json &size, int *shortest)
{
    if (size.is_object() && size.contains("shortest_edge") && shortest) {
        *shortest = sideOf(size.at("shortest_edge"), "shortest_edge");
        return {0, 0};
    }
    if (size.is_object())
        return {sideOf(size.at("width"), "width"), sideOf(size.at("height"), "height")};
    const int side = sideOf(size, "size");
    return {side, side};
}

std::vector<double> numbersOf(const json &root, const char *key)
{
    std::vector<double> out;
    for (const json &value : root.at(key)) {
        out.push_back(value.get<double>());
        if (!std::isfinite(out.back()))
            throw unusable(key, root.at(key));
    }
    if (out.size() != 1 && out.size() != 3)
        throw unusable(key, root.at(key));
    return out;
}

ImagePreparation preparationOf(const json &root)
{
    ImagePreparation out;
    const auto does = [&](const char *key, bool usual) { return root.contains(key) ? root.at(key).get<bool>() : usual; };
    if (does("do_resize", root.contains("size")))
        std::tie(out.width, out.height) = sidesOf(root.at("size"), &out.shortestEdge);
    if (does("do_center_crop", root.contains("crop_size")))
        std::tie(out.cropWidth, out.cropHeight) = sidesOf(root.at("crop_size"), nullptr);
    out.factor = does("do_rescale", true) ? root.value("rescale_factor", 1.0 / 255) : 1.0;
    if (root.contains("resample")) {
        const int number = root.at("resample").get<int>();
        const auto found = std::find_if(std::begin(kFilters), std::end(kFilters), [number](const FilterRow &row) { return row.number == number; });
        if (found == std::end(kFilters))
            throw Unusable{"resample " + std::to_string(number)};
        out.filter = found->filter;
    }
    const bool normalises = does("do_normalize", root.contains("image_mean"));
    const size_t channels = root.contains("image_mean") ? numbersOf(root, "image_mean").size() : 3;
    out.mean = normalises ? numbersOf(root, "image_mean") : std::vector<double>(channels, 0.0);
    out.deviation = normalises ? numbersOf(root, "image_std") : std::vector<double>(channels, 1.0);
    if (out.mean.size() != out.deviation.size() || std::ranges::any_of(out.deviation, [](double one) { return one <= 0; }))
        throw Unusable{"image_std"};
    return out;
}

std::string sizeText(int width, int height)
{
    return std::to_string(width) + "x" + std::to_string(height);
}

std::string numbersText(const std::vector<double> &numbers)
{
    std::string out;
    for (const double number : numbers) {
        if (!out.empty())
            out += '/';
        out += json(number).dump();
    }
    return out;
}

} // namespace

std::string ImagePreparation::text() const
{
    std::string out;
    const auto add = [&out](const std::string &part) {
        if (!out.empty())
            out += ", ";
        out += part;
    };
    if (shortestEdge > 0)
        add("shorter side " + std::to_string(shortestEdge) + " " + rowOf(filter).name);
    else if (width > 0)
        add(sizeText(width, height) + " " + rowOf(filter).name);
    if (cropWidth > 0)
        add("crop " + sizeText(cropWidth, cropHeight));
    add("x " + json(factor).dump());
    add("mean " + numbersText(mean));
    add("deviation " + numbersText(deviation));
    return out;
}

Result<ImagePreparation> parseImagePreparation(std::string_view text, const std::string &name)
{
    try {
        return preparationOf(json::parse(text));
    } catch (const Unusable &unusable) {
        return failure(ErrorCode::InputInvalid, {name, validUtf8(unusable.what)});
    } catch (const json::exception &error) {
        return failure(ErrorCode::JsonDamaged, {name, validUtf8(error.what())});
    }
}

Result<PreparedImage> prepareImage(const Picture &picture, const ImagePreparation &preparation)
{
    if (picture.width < 1 || picture.height < 1 || picture.values.size() != size_t(picture.width) * size_t(picture.height) * 3)
        return failure(ErrorCode::InputInvalid, {"image", ASSAY_TEXT("Reason", "it has no pixels")});
    const size_t channels = preparation.mean.size();
    Image image = imageOf(picture, channels);
    int width = preparation.width, height = preparation.height;
    if (preparation.shortestEdge > 0) {
        const double scale = double(preparation.shortestEdge) / std::min(image.width, image.height);
        width = image.width <= image.height ? preparation.shortestEdge : int(std::min(image.width * scale, kLargestSide * 4.0));
        height = image.width <= image.height ? int(std::min(image.height * scale, kLargestSide * 4.0)) : preparation.shortestEdge;
    }
    if (width > 0 && height > 0)
        image = resized(image, width, height, rowOf(preparation.filter));
    if (preparation.cropWidth > 0)
        image = cropped(image, preparation.cropWidth, preparation.cropHeight);
    PreparedImage out{int(channels), image.height, image.width, {}};
    out.values.reserve(image.values.size());
    for (size_t c = 0; c < channels; ++c) {
        for (size_t i = c; i < image.values.size(); i += channels)
            out.values.push_back(float((image.values[i] * preparation.factor - preparation.mean[c]) / preparation.deviation[c]));
    }
    return out;
}

} // namespace assay

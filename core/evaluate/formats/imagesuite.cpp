// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/naturalorder.h"
#include "core/evaluate/formats/describedsuite.h"
#include "core/evaluate/formats/itemmaker.h"
#include "core/evaluate/formats/jsontext.h"
#include "core/evaluate/formats/suitebuilder.h"
#include "core/evaluate/formats/suitefiles.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <set>

namespace assay {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::array<std::string_view, 9> kExtensions{".png", ".jpg", ".jpeg", ".bmp", ".pgm", ".ppm", ".gif", ".webp", ".tif"};
constexpr std::array kLabelFiles{"labels.csv", "labels.tsv", "labels.txt", "val.txt"};
constexpr const char *kClassFile = "classes.txt"; // one name a line, in the order of the indices
constexpr size_t kMostClasses = 100'000;

bool isImage(const fs::path &path)
{
    return std::ranges::find(kExtensions, formExtension(path)) != kExtensions.end();
}

std::vector<fs::path> entries(const fs::path &folder, bool folders)
{
    std::vector<fs::path> out;
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end && out.size() < kMostSuiteItems; it.increment(error)) {
        std::error_code broken;
        if (folders ? it->is_directory(broken) : it->is_regular_file(broken) && isImage(it->path()))
            out.push_back(it->path());
    }
    std::ranges::sort(out); // by bytes, as torchvision sorts the names of classes
    return out;
}

std::optional<fs::path> labelFileIn(const fs::path &folder)
{
    std::error_code error;
    for (const char *name : kLabelFiles) {
        if (fs::is_regular_file(folder / name, error))
            return folder / name;
    }
    return std::nullopt;
}

std::vector<std::string> namedClasses(const fs::path &folder)
{
    std::vector<std::string> out;
    const auto text = readSuiteText(folder / kClassFile);
    if (!text)
        return out;
    for (std::string_view rest = *text; !rest.empty() && out.size() < kMostClasses;)
        out.push_back(validUtf8(takeLine(rest)));
    return out;
}

struct Labelled
{
    std::string file, label;
    uint64_t line = 0;
};

/// "file,class", "file<tab>class" or "file class", with or without a header.
std::vector<Labelled> labelsIn(std::string_view text)
{
    std::vector<Labelled> out;
    for (uint64_t line = 1; !text.empty() && out.size() < kMostSuiteItems; ++line) {
        const std::string_view row = takeLine(text);
        const size_t at = row.find_first_of(row.find(',') != row.npos ? "," : row.find('\t') != row.npos ? "\t" : " ");
        if (at != row.npos)
            out.push_back({validUtf8(row.substr(0, at)), validUtf8(row.substr(at + 1)), line});
    }
    if (!out.empty() && !isImage(pathFromUtf8(out.front().file)))
        out.erase(out.begin());
    return out;
}

std::optional<size_t> wholeNumber(const std::string &text)
{
    size_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() && value < kMostClasses ? std::optional(value) : std::nullopt;
}

/// Classes that are written as indices are those; names are sorted, and their place is their index.
std::vector<std::string> classesOf(const std::vector<Labelled> &labels)
{
    std::set<std::string> names;
    size_t highest = 0;
    bool indices = true;
    for (const Labelled &one : labels) {
        names.insert(one.label);
        const std::optional<size_t> index = wholeNumber(one.label);
        indices = indices && index;
        highest = std::max(highest, index.value_or(0));
    }
    if (!indices)
        return {names.begin(), names.end()};
    std::vector<std::string> out;
    for (size_t i = 0; i <= highest; ++i)
        out.push_back(std::to_string(i));
    return out;
}

class ImageMaker
{
public:
    explicit ImageMaker(const SuiteDescription &description) : m_description(description) { m_builder.suite = description.head; }

    void add(const fs::path &image, const std::string &name, size_t index, uint64_t line)
    {
        json fields{{"_image", image.string()}, {"_name", validUtf8(name)}, {"_class", index}, {"_label", m_builder.suite.classes[index]}};
        try {
            m_builder.add(itemFrom(m_description, fields, validUtf8(name)).item, line);
        } catch (const std::exception &) { // a path that is not UTF-8 is no JSON
            m_builder.damaged({ASSAY_TEXT("Reason", "its name is not valid UTF-8")}, line, validUtf8(name));
        }
    }
    SuiteBuilder &builder() { return m_builder; }

private:
    const SuiteDescription &m_description;
    SuiteBuilder m_builder;
};

void addLabelled(const fs::path &folder, const std::vector<Labelled> &labels, ImageMaker &maker)
{
    std::vector<std::string> &classes = maker.builder().suite.classes;
    classes = namedClasses(folder);
    if (classes.empty())
        classes = classesOf(labels);
    for (const Labelled &one : labels) {
        const auto named = std::ranges::find(classes, one.label);
        const size_t index = named != classes.end() ? size_t(named - classes.begin()) : wholeNumber(one.label).value_or(classes.size());
        const fs::path image = folder / pathFromUtf8(one.file);
        std::error_code error;
        const bool inside = !image.lexically_relative(folder).empty() && *image.lexically_normal().lexically_relative(folder.lexically_normal()).begin() != "..";
        if (index >= classes.size())
            maker.builder().damaged({ASSAY_TEXT("Reason", "there is no class %1"), {one.label}}, one.line);
        else if (!inside || !fs::is_regular_file(image, error))
            maker.builder().damaged({ASSAY_TEXT("Reason", "there is no image %1"), {one.file}}, one.line);
        else
            maker.add(image, one.file, index, one.line);
    }
}

} // namespace

bool holdsImages(const fs::path &folder)
{
    if (labelFileIn(folder) && !entries(folder, false).empty())
        return true;
    const std::vector<fs::path> folders = entries(folder, true);
    return folders.size() > 1 && std::ranges::any_of(folders, [](const fs::path &one) { return !entries(one, false).empty(); });
}

Result<Suite> imageSuite(const SuiteDescription &description, const fs::path &folder)
{
    ImageMaker maker(description);
    if (const auto file = labelFileIn(folder)) {
        const auto text = readSuiteText(*file);
        if (!text)
            return tl::unexpected(text.error());
        addLabelled(folder, labelsIn(*text), maker);
        return maker.builder().finish();
    }
    const std::vector<fs::path> classes = entries(folder, true);
    for (const fs::path &one : classes)
        maker.builder().suite.classes.push_back(validUtf8(one.filename().string()));
    for (size_t index = 0; index < classes.size(); ++index) {
        std::vector<fs::path> images = entries(classes[index], false);
        std::ranges::sort(images, [](const fs::path &a, const fs::path &b) { return naturalLess(a.string(), b.string()); });
        for (const fs::path &image : images)
            maker.add(image, classes[index].filename().string() + "/" + image.filename().string(), index, 0);
    }
    return maker.builder().finish();
}

} // namespace assay

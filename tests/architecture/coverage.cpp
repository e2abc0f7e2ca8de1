// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/coverage.h"

#include "core/format/modeldirectory.h"

#include <QFile>
#include <algorithm>

namespace assay::test {
namespace {

const std::string kModels = ASSAY_TEST_DATA "/models/";

std::string fileText(const std::string &path)
{
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read", path.c_str());
    return file.readAll().toStdString();
}

/// How often each row of each tensor is taken.
class Rows
{
public:
    explicit Rows(const Shapes &shapes) : m_shapes(shapes) {}

    /// The slot's rows from this tensor and those that fill it together with it.
    void take(const TensorSlot &slot, const TensorSource &source)
    {
        const bool column = slot.bias || slot.shape.size() == 1;
        const int64_t rows = slot.shape.front(), columns = column ? 1 : slot.shape.back();
        std::vector<uint8_t> filled(size_t(rows), 0);
        take(source, rows, columns, filled);
        for (const TensorSource &other : source.rest)
            take(other, rows, columns, filled);
        if (std::ranges::any_of(filled, [](int times) { return times != 1; }))
            m_lines << QString::fromStdString(source.name) + QStringLiteral(" does not fill its slot");
    }

    QStringList disagreements()
    {
        for (const auto &[name, shape] : m_shapes) {
            const auto taken = m_taken.find(name);
            if (taken == m_taken.end())
                m_lines << QString::fromStdString(name) + QStringLiteral(" is not used");
            else if (std::ranges::any_of(taken->second, [](int times) { return times != 1; }))
                m_lines << QString::fromStdString(name) + QStringLiteral(" has rows that are not used once");
        }
        return m_lines;
    }

private:
    void take(const TensorSource &source, int64_t rows, int64_t columns, std::vector<uint8_t> &filled)
    {
        int64_t elements = 1;
        for (const int64_t size : m_shapes.at(source.name))
            elements *= size;
        std::vector<uint8_t> &taken = m_taken[source.name];
        taken.resize(size_t(elements / columns));
        for (int64_t row = 0; row < (source.count == 0 ? rows : source.count); ++row) {
            const int64_t at = source.rows.rowOf(row), into = source.into.rowOf(row);
            if (at < 0 || at >= int64_t(taken.size()) || into < 0 || into >= int64_t(filled.size())) {
                m_lines << QStringLiteral("%1 has no row %2 or its slot no row %3").arg(QString::fromStdString(source.name)).arg(at).arg(into);
                return;
            }
            ++taken[size_t(at)];
            ++filled[size_t(into)];
        }
    }

    const Shapes &m_shapes;
    std::map<std::string, std::vector<uint8_t>> m_taken;
    QStringList m_lines;
};

} // namespace

QStringList disagreements(const DecoderSpec &spec, const Shapes &shapes, bool gguf)
{
    const auto shapeOf = [&shapes](const std::string &name) {
        const auto found = shapes.find(name);
        return found == shapes.end() ? std::nullopt : std::optional(found->second);
    };
    Rows rows(shapes);
    QStringList lines;
    for (const TensorSlot &slot : spec.tensors()) {
        const auto source = findSource(spec, slot, gguf, shapeOf);
        const QString place = QStringLiteral("part %1 of layer %2").arg(int(slot.part)).arg(slot.layer);
        if (!source)
            lines << place + QStringLiteral(" has no tensor");
        else if (!sameShape(shapes.at(source->name), source->shape))
            lines << place + QStringLiteral(" finds another shape in ") + QString::fromStdString(source->name);
        else
            rows.take(slot, *source);
    }
    return lines + rows.disagreements();
}

Shapes eachLayer(int64_t layers, const Shapes &patterns)
{
    const std::string mark = "{layer}";
    Shapes out;
    for (const auto &[pattern, shape] : patterns) {
        const size_t at = pattern.find(mark);
        if (at == std::string::npos)
            out[pattern] = shape;
        for (int64_t layer = 0; at != std::string::npos && layer < layers; ++layer) {
            std::string name = pattern;
            out[name.replace(at, mark.size(), std::to_string(layer))] = shape;
        }
    }
    return out;
}

Shapes referenceShapes(const std::string &model, std::initializer_list<const char *> without)
{
    const auto directory = openModelDirectory(kModels + model);
    if (!directory)
        qFatal("%s", directory.error().sentence().c_str());
    Shapes out;
    for (const TensorRecord &tensor : directory->checkpoint.tensors)
        out[std::string(tensor.name)].assign(tensor.shape.begin(), tensor.shape.end());
    for (const char *part : without)
        std::erase_if(out, [part](const auto &tensor) { return tensor.first.find(part) != std::string::npos; });
    return out;
}

std::string referenceConfig(const std::string &model)
{
    return fileText(kModels + model + "/config.json");
}

uint64_t referenceParameters(const std::string &model)
{
    return nlohmann::json::parse(fileText(kModels + model + "/expected.json")).at("num_parameters").get<uint64_t>();
}

DecoderSpec resolved(const std::string &config)
{
    const auto parsed = parseModelConfig(config);
    if (!parsed)
        qFatal("%s", parsed.error().sentence().c_str());
    auto spec = resolveDecoder(*parsed);
    if (!spec)
        qFatal("%s", spec.error().sentence().c_str());
    return std::move(*spec);
}

QString refusal(const std::string &config)
{
    const auto parsed = parseModelConfig(config);
    if (!parsed)
        return QString::fromLatin1(definitionOf(parsed.error().code).id);
    const auto spec = resolveDecoder(*parsed);
    return spec ? QString() : QString::fromLatin1(definitionOf(spec.error().code).id);
}

std::string withField(const std::string &config, const char *field, const nlohmann::json &value)
{
    nlohmann::json out = nlohmann::json::parse(config);
    if (value.is_null())
        out.erase(field);
    else
        out[field] = value;
    return out.dump();
}

} // namespace assay::test

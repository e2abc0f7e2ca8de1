// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/onnx.h"

#include "core/base/text.h"
#include "core/format/onnxgraph.h"
#include "core/format/pathcheck.h"
#include "core/format/shardreader.h"

#include <algorithm>
#include <map>
#include <set>

namespace assay {
namespace {

/// Tensors of one oddity, told by their number and an example.
struct Odd
{
    uint64_t count = 0;
    std::string example;
    void note(std::string_view name)
    {
        if (count++ == 0)
            example = name;
    }
};

/// Joins one file's model to the checkpoint.
class OnnxFile
{
public:
    OnnxFile(Checkpoint &checkpoint, uint32_t file, const FileSet &files)
        : m_checkpoint(checkpoint), m_files(files), m_file(file)
    {
    }
    Result<void> read();

private:
    void tellNamesTwice(const OnnxModel &model);
    void add(const OnnxTensor &tensor);
    void place(TensorRecord &record, const OnnxTensor &tensor, std::optional<uint64_t> expected);
    void placeExternal(TensorRecord &record, const OnnxTensor &tensor, std::optional<uint64_t> expected);
    /// The index of a file of weights beside this one; nothing when it is unsafe or missing, which is noted.
    std::optional<uint32_t> beside(const std::string &location);
    void tell();
    const std::string &name() const { return m_checkpoint.files[m_file].name; }

    Checkpoint &m_checkpoint;
    const FileSet &m_files;
    const uint32_t m_file;
    std::map<std::string, std::optional<uint32_t>> m_beside;
    std::map<std::string, uint64_t> m_missing; ///< tensors by location
    std::vector<std::string> m_unsafe;
    std::map<uint32_t, Odd> m_beyond;          ///< by file
    Odd m_wrong, m_packed, m_empty;
};

Result<void> OnnxFile::read()
{
    const auto source = m_files.open(name());
    if (!source)
        return tl::unexpected(source.error());
    m_checkpoint.files[m_file].bytes = (*source)->size();
    OnnxModel model = readOnnxModel(**source);
    if (model.damaged && !model.cutOff)
        return failure(ErrorCode::OnnxDamaged, {ASSAY_TEXT("Reason", "it is no protobuf of ONNX")}, name());
    if (model.truncated)
        return failure(ErrorCode::OnnxDamaged, {ASSAY_TEXT("Reason", "it is larger than any model needs")}, name());
    if (model.cutOff && model.tensors.empty())
        return failure(ErrorCode::OnnxDamaged, {ASSAY_TEXT("Reason", "it ends too early")}, name());
    m_checkpoint.files[m_file].headerBytes =
        m_checkpoint.files[m_file].bytes - std::min(m_checkpoint.files[m_file].bytes, model.skippedBytes);
    tellNamesTwice(model);
    for (const OnnxTensor &tensor : model.tensors)
        add(tensor);
    if (m_checkpoint.metadata.empty())
        m_checkpoint.metadata = std::move(model.metadata);
    for (const std::string &key : model.keysTwice)
        m_checkpoint.findings.push_back({FindingCode::MetadataTwice, {key, name()}, name(), {}});
    // A file that ends within something else than values holds no more of them either.
    if (model.cutOff && m_beyond.empty())
        m_beyond[m_file].note(model.tensors.back().name);
    tell();
    return {};
}

void OnnxFile::add(const OnnxTensor &tensor)
{
    Arena &arena = *m_checkpoint.arena;
    const OnnxType type = onnxType(tensor.type);
    TensorRecord record;
    record.name = arena.text(tensor.name);
    record.dtype = type.dtype;
    record.dtypeText = type.dtype == Dtype::Unknown ? arena.text(onnxTypeName(tensor.type))
                                                    : std::string_view(dtypeName(type.dtype));
    record.shape = arena.numbers(tensor.dims);
    record.file = m_file;
    record.offset = kNoOffset;
    const auto elements = tensor.dimsWrong ? std::nullopt : record.shape.elements();
    record.elements = elements.value_or(0);
    uint64_t bits = 0;
    std::optional<uint64_t> expected;
    if (elements && type.bits > 0 && !__builtin_mul_overflow(*elements, uint64_t(type.bits), &bits))
        expected = bits / 8 + (bits % 8 != 0);
    record.bytes = expected.value_or(tensor.bytes);
    if (!elements || (type.bits > 0 && !expected)) {
        record.shape = elements ? record.shape : Shape();
        m_wrong.note(record.name);
    } else if (tensor.external) {
        placeExternal(record, tensor, expected);
    } else {
        place(record, tensor, expected);
    }
    m_checkpoint.tensors.push_back(record);
}

/// Within one graph; the branches of an If may each have a tensor of the same name.
void OnnxFile::tellNamesTwice(const OnnxModel &model)
{
    std::set<std::pair<uint64_t, std::string_view>> names;
    for (const OnnxTensor &tensor : model.tensors) {
        if (names.emplace(tensor.graph, tensor.name).second)
            continue;
        m_checkpoint.findings.push_back({FindingCode::TensorTwiceInFile, {tensor.name, name()}, tensor.name, {}});
        return;
    }
}

void OnnxFile::place(TensorRecord &record, const OnnxTensor &tensor, std::optional<uint64_t> expected)
{
    if (tensor.cutOff)
        m_beyond[m_file].note(record.name);
    else if (tensor.typed)
        m_packed.note(record.name);
    else if (!tensor.position && record.elements > 0)
        m_empty.note(record.name);
    else if (expected && tensor.bytes != *expected)
        m_wrong.note(record.name);
    else if (expected)
        record.offset = tensor.position.value_or(kNoOffset);
}

void OnnxFile::placeExternal(TensorRecord &record, const OnnxTensor &tensor, std::optional<uint64_t> expected)
{
    const auto file = beside(tensor.location);
    if (!file) {
        if (m_missing.contains(tensor.location))
            ++m_missing[tensor.location];
        return;
    }
    record.file = *file;
    const uint64_t size = m_checkpoint.files[*file].bytes, offset = tensor.externalOffset.value_or(0);
    const uint64_t length = tensor.externalLength.value_or(expected.value_or(0));
    if (offset > size || length > size - offset)
        m_beyond[*file].note(record.name);
    else if (expected && length != *expected)
        m_wrong.note(record.name);
    else
        record.offset = offset;
    if (!expected)
        record.bytes = length;
}

std::optional<uint32_t> OnnxFile::beside(const std::string &location)
{
    const auto known = m_beside.find(location);
    if (known != m_beside.end())
        return known->second;
    auto &place = m_beside[location];
    if (leavesItsFolder(location)) {
        m_unsafe.push_back(location);
        return place;
    }
    const size_t slash = name().rfind('/');
    CheckpointFile file;
    file.name = (slash == std::string::npos ? std::string() : name().substr(0, slash + 1)) + location;
    const auto source = m_files.open(file.name);
    if (!source) {
        m_missing.try_emplace(location, 0);
        return place;
    }
    file.path = m_files.localPath(file.name);
    file.bytes = (*source)->size();
    // Two models of a set may share their weights' file.
    const auto same = std::find_if(m_checkpoint.files.begin(), m_checkpoint.files.end(),
                                   [&](const CheckpointFile &other) { return other.name == file.name; });
    place = uint32_t(same - m_checkpoint.files.begin());
    if (same == m_checkpoint.files.end())
        m_checkpoint.files.push_back(std::move(file));
    return place;
}

void OnnxFile::tell()
{
    const auto tell = [this](FindingCode code, std::vector<std::string> arguments, std::string where) {
        m_checkpoint.findings.push_back({code, std::move(arguments), std::move(where), {}});
    };
    for (const std::string &location : m_unsafe)
        tell(FindingCode::ExternalDataUnsafe, {name(), location}, name());
    for (const auto &[location, count] : m_missing)
        tell(FindingCode::ExternalDataMissing, {name(), location, std::to_string(count)}, location);
    for (const auto &[file, odd] : m_beyond)
        tell(FindingCode::TensorsBeyondFile,
             {std::to_string(odd.count), m_checkpoint.files[file].name, odd.example}, odd.example);
    if (m_wrong.count > 0)
        tell(FindingCode::TensorSizeWrong, {std::to_string(m_wrong.count), name(), m_wrong.example}, m_wrong.example);
    if (m_empty.count > 0)
        tell(FindingCode::StorageMissing, {std::to_string(m_empty.count), m_empty.example}, m_empty.example);
    if (m_packed.count > 0)
        tell(FindingCode::TensorUnreadable,
             {std::to_string(m_packed.count), m_packed.example,
              ASSAY_TEXT("Reason", "they are written as numbers of any length")},
             m_packed.example);
}

} // namespace

bool looksLikeOnnx(std::string_view head)
{
    // ir_version = 1 as a small number, then one of the other fields of ModelProto up to opset_import.
    constexpr std::string_view kNext = "\x12\x1a\x22\x28\x32\x3a\x42";
    constexpr char kNewestVersion = 32;
    return head.size() > 3 && head[0] == 8 && head[1] > 0 && head[1] < kNewestVersion
           && kNext.find(head[2]) != std::string_view::npos;
}

Result<Checkpoint> readOnnx(const FileSet &files, const WeightFiles &weights, const std::stop_token &stop)
{
    Checkpoint checkpoint;
    checkpoint.files = filesToRead(files, weights);
    for (uint32_t file = 0; file < weights.files.size(); ++file) {
        if (stop.stop_requested())
            return failure(ErrorCode::Cancelled);
        const auto read = OnnxFile(checkpoint, file, files).read();
        if (!read && weights.single())
            return tl::unexpected(read.error());
        if (!read) {
            const std::string &name = checkpoint.files[file].name;
            checkpoint.files[file].present = false;
            checkpoint.findings.push_back(findingOf(FindingCode::ShardUnreadable, {name}, read.error(), name));
        }
    }
    sortNaturally(checkpoint.tensors);
    tellTensorsInTwoFiles(checkpoint);
    tellUnknownDtypes(checkpoint);
    return checkpoint;
}

} // namespace assay

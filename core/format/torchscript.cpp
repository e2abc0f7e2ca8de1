// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/torchscript.h"

#include <algorithm>
#include <map>
#include <set>

namespace assay {
namespace {

constexpr uint64_t kCodeLimit = 16u << 20; // of one source file

struct Declared
{
    std::set<std::string, std::less<>> parameters, buffers;
};

/// The texts of a list that follows this name in a class body: `__parameters__ = ["weight", "bias", ]`.
void takeList(std::string_view body, std::string_view name, std::set<std::string, std::less<>> &out)
{
    const size_t at = body.find(name);
    const size_t open = at == std::string_view::npos ? at : body.find('[', at);
    const size_t close = open == std::string_view::npos ? open : body.find(']', open);
    if (close == std::string_view::npos)
        return;
    std::string_view list = body.substr(open, close - open);
    for (size_t begin; (begin = list.find('"')) != std::string_view::npos;) {
        const size_t end = list.find('"', begin + 1);
        if (end == std::string_view::npos)
            return;
        out.emplace(list.substr(begin + 1, end - begin - 1));
        list.remove_prefix(end + 1);
    }
}

/// What a class declares; the body ends where the next class or function of the file begins.
Declared declaredBy(std::string_view code, std::string_view name)
{
    Declared out;
    const std::string head = "class " + std::string(name) + "(";
    const size_t begin = code.starts_with(head) ? 0 : code.find("\n" + head);
    if (begin == std::string_view::npos)
        return out;
    std::string_view body = code.substr(begin + 1);
    body = body.substr(0, std::min(body.find("\nclass "), body.find("\ndef ")));
    takeList(body, "__parameters__", out.parameters);
    takeList(body, "__buffers__", out.buffers);
    return out;
}

/// The class __torch__.a.b.C is described in code/__torch__/a/b.py.
Declared readDeclared(const ZipArchive &archive, const std::string &top, const std::string &module)
{
    const size_t dot = module.rfind('.');
    if (dot == std::string::npos)
        return {};
    std::string path = top + "code/" + module.substr(0, dot) + ".py";
    std::replace(path.begin() + ptrdiff_t(top.size()), path.end() - 3, '.', '/');
    const ZipEntry *entry = archive.find(path);
    if (!entry || entry->size > kCodeLimit)
        return {};
    const auto content = archive.content(*entry, kCodeLimit);
    const auto code = content ? (*content)->readText(0, (*content)->size()) : Result<std::string>();
    return code ? declaredBy(*code, std::string_view(module).substr(dot + 1)) : Declared();
}

} // namespace

void noteScriptKinds(const TorchFile &file, const ZipArchive &archive, const std::string &top,
                     const std::vector<TorchTensor> &tensors)
{
    constexpr size_t kClassLimit = 10'000; // each costs a file's reading
    std::map<std::string, Declared> classes;
    std::map<std::string, uint64_t> counts{{"parameters", 0}, {"buffers", 0}, {"attributes", 0}, {"constants", 0}};
    for (const TorchTensor &tensor : tensors) {
        if (tensor.module.empty()) {
            ++counts["constants"];
            continue;
        }
        if (!classes.contains(tensor.module) && classes.size() < kClassLimit)
            classes[tensor.module] = readDeclared(archive, top, tensor.module);
        const Declared &declared = classes[tensor.module];
        const bool parameter = declared.parameters.contains(tensor.attribute);
        ++counts[parameter ? "parameters" : declared.buffers.contains(tensor.attribute) ? "buffers" : "attributes"];
    }
    for (const auto &[kind, count] : counts)
        file.note("tensors." + kind, "int", count);
}

} // namespace assay

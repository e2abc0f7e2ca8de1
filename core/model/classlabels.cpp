// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/classlabels.h"

#include "core/format/jsontext.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

constexpr size_t kLongestName = 200, kMostBytes = 8u << 20;

struct ProblemName
{
    ClassProblem problem;
    const char *name;
};
constexpr std::array kProblems{ProblemName{ClassProblem::SingleLabel, "single_label_classification"},
                               ProblemName{ClassProblem::MultiLabel, "multi_label_classification"},
                               ProblemName{ClassProblem::Regression, "regression"}};

/// The first bytes of a text, without half a character at their end.
std::string beginning(const std::string &text)
{
    if (text.size() <= kLongestName)
        return text;
    size_t end = kLongestName;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
        --end;
    return text.substr(0, end);
}

ClassProblem problemOf(const nlohmann::json &config, int64_t count)
{
    const auto written = config.find("problem_type");
    if (written != config.end() && written->is_string()) {
        for (const ProblemName &known : kProblems) {
            if (written->get_ref<const std::string &>() == known.name)
                return known.problem;
        }
    }
    return count == 1 ? ClassProblem::MultiLabel : ClassProblem::SingleLabel;
}

} // namespace

ClassLabels readClassLabels(const ModelConfig &config, int64_t count)
{
    const auto parsed = parseJsonObject(config.text, "config.json");
    const nlohmann::json root = parsed ? *parsed : nlohmann::json::object();
    ClassLabels out;
    out.problem = problemOf(root, count);
    const auto names = root.find("id2label");
    size_t bytes = 0;
    for (int64_t i = 0; i < count; ++i) {
        const std::string id = std::to_string(i);
        out.names.push_back("LABEL_" + id);
        if (names == root.end() || !names->is_object() || bytes > kMostBytes)
            continue;
        const auto name = names->find(id);
        if (name == names->end() || !name->is_string())
            continue;
        out.names.back() = beginning(name->get_ref<const std::string &>());
        bytes += out.names.back().size();
    }
    return out;
}

const char *nameOf(ClassProblem problem)
{
    return std::ranges::find(kProblems, problem, &ProblemName::problem)->name;
}

std::vector<double> classValues(const std::vector<float> &logits, ClassProblem problem)
{
    std::vector<double> out(logits.begin(), logits.end());
    if (problem == ClassProblem::Regression || out.empty())
        return out;
    if (problem == ClassProblem::MultiLabel) {
        for (double &value : out)
            value = 1 / (1 + std::exp(-value));
        return out;
    }
    const double largest = *std::ranges::max_element(out);
    double sum = 0;
    for (double &value : out)
        sum += value = std::exp(value - largest);
    for (double &value : out)
        value /= sum;
    return out;
}

} // namespace assay

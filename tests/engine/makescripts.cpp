// SPDX-License-Identifier: GPL-3.0-or-later
// Writes small TorchScript modules into a folder, as torch.jit.save does; no Python is needed.
// Usage: makescripts FOLDER
#include "core/engine/torch.h"
#include "tests/engine/scriptweights.h"

#include <cstdio>
#include <fstream>
#include <string>
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/frontend/sugared_value.h>
#include <torch/csrc/jit/serialization/pickle.h>
#include <torch/library.h>

namespace {

using namespace assay::scripts;
using torch::jit::Module;

at::Tensor tensor(at::IntArrayRef shape, int which)
{
    std::vector<float> values = numbers(c10::multiply_integers(shape), which);
    return at::from_blob(values.data(), shape, at::kFloat).clone();
}

/// Convolution, ReLU, mean over the picture, linear.
Module network()
{
    Module module("__torch__.Network");
    module.register_parameter("kernel", tensor({kChannelsOut, kChannelsIn, 3, 3}, 0), false);
    module.register_parameter("shift", tensor({kChannelsOut}, 1), false);
    module.register_parameter("weight", tensor({kClasses, kChannelsOut}, 2), false);
    module.register_buffer("bias", tensor({kClasses}, 3));
    module.define(R"(
def forward(self, x: Tensor) -> Tensor:
    y = torch.relu(torch.conv2d(x, self.kernel, self.shift, [1, 1], [1, 1]))
    return torch.linear(torch.mean(y, [2, 3]), self.weight, self.bias)
)");
    return module;
}

/// Rows of a table, scaled, and a number added.
Module table()
{
    Module module("__torch__.Table");
    module.register_parameter("rows", tensor({kRows, kWidth}, 4), false);
    module.define(R"(
def forward(self, ids: Tensor, scale: Tensor, add: int, half: bool = False, extra: Optional[Tensor] = None) -> Tensor:
    y = torch.embedding(self.rows, ids) * scale.unsqueeze(-1) + add
    if half:
        y = y / 2
    if extra is not None:
        y = y + extra
    return y
)");
    return module;
}

Module dropping()
{
    Module module("__torch__.Dropping");
    module.register_attribute("training", c10::BoolType::get(), true);
    module.define(R"(
def forward(self, x: Tensor) -> Tensor:
    return torch.dropout(x, 0.5, self.training)
)");
    return module;
}

struct Source
{
    const char *name;
    const char *text;
};
// 4 is libtorch's number of int64.
constexpr Source kSources[] = {
    {"nested", R"(
def forward(self, x: Tensor) -> Tuple[Tensor, Dict[str, Tensor], List[int], Optional[Tensor]]:
    return x + 1, {"roots": torch.sqrt(x - 1000.0), "count": torch.sum(x, dtype=4)}, [1, 2], None
)"},
    {"listed", R"(
def forward(self, images: List[Tensor], share: float) -> List[Tensor]:
    out: List[Tensor] = []
    for image in images:
        out.append(image * share)
    return out
)"},
    {"endless", R"(
def forward(self, x: Tensor) -> Tensor:
    while True:
        x = x + 1
    return x
)"},
    {"raising", R"(
def forward(self, x: Tensor) -> Tensor:
    assert False, "this module never works"
    return x
)"},
    {"greedy", R"(
def forward(self, x: Tensor) -> Tensor:
    return torch.zeros([1000000, 1000000, 1000])
)"},
    {"mapped", R"(
def forward(self, x: Dict[str, Tensor]) -> Tensor:
    return x["a"]
)"},
    {"headless", R"(
def backward(self, x: Tensor) -> Tensor:
    return x
)"},
};

/// Finds the operators that only this program has.
struct OwnOperators : torch::jit::Resolver
{
    std::shared_ptr<torch::jit::SugaredValue> resolveValue(const std::string &name, torch::jit::GraphFunction &,
                                                           const torch::jit::SourceRange &) override
    {
        if (name == "torch")
            return std::make_shared<torch::jit::BuiltinModule>("aten");
        return name == "strange" ? std::make_shared<torch::jit::BuiltinModule>("strange") : nullptr;
    }
};

at::Tensor twice(const at::Tensor &x)
{
    return x * 2;
}

TORCH_LIBRARY(strange, library)
{
    library.def("twice(Tensor x) -> Tensor", &twice);
}

void writeAll(const std::string &folder)
{
    const auto at = [&folder](const char *name) { return folder + "/" + name + ".pt"; };
    network().save(at("network"));
    table().save(at("table"));
    dropping().save(at("dropping"));
    for (const Source &source : kSources) {
        Module module(std::string("__torch__.Small.") + source.name);
        module.define(source.text);
        module.save(at(source.name));
    }
    Module frozen = network();
    frozen.register_attribute("training", c10::BoolType::get(), false);
    torch::jit::freeze(frozen).save(at("frozen"));
    Module strange("__torch__.Strange");
    strange.define("def forward(self, x: Tensor) -> Tensor:\n    return strange.twice(x)\n", std::make_shared<OwnOperators>());
    strange.save(at("strange"));
    c10::Dict<std::string, at::Tensor> weights;
    weights.insert("weight", tensor({3, 4}, 5));
    const std::vector<char> state = torch::jit::pickle_save(weights);
    std::ofstream(at("weights"), std::ios::binary).write(state.data(), std::streamsize(state.size()));
}

} // namespace

int main(int count, char **arguments)
{
    if (count != 2)
        return 64;
    try {
        writeAll(arguments[1]);
        return 0;
    } catch (const std::exception &problem) {
        std::fprintf(stderr, "%s\n", problem.what());
        return 70;
    }
}

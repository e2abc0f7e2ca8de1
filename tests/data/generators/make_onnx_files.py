#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes ONNX files into a folder with the onnx package, and expected.json: what that package says of them.

Usage: make_onnx_files.py FOLDER. Exit code 77 when the package is not installed.
"""
import json
import os
import sys

try:
    import numpy
    import onnx
    from onnx import TensorProto, external_data_helper, helper, numpy_helper
except ImportError as problem:
    print(problem)
    sys.exit(77)

folder = sys.argv[1]
expected = {}


def model():
    weights = {"w": numpy.arange(12, dtype="float32").reshape(3, 4), "half": numpy.arange(5).astype("float16"),
               "double": numpy.arange(3, dtype="float64"), "long": numpy.arange(4), "bool": numpy.array([True, False]),
               "byte": numpy.arange(7, dtype="uint8"), "scalar": numpy.array(2.5, dtype="float32")}
    initializers = [numpy_helper.from_array(value, name) for name, value in weights.items()]
    initializers += [helper.make_tensor("typed", TensorProto.FLOAT, [3], [1.0, 2.0, 3.0]),
                     helper.make_tensor("doubles", TensorProto.DOUBLE, [2], [4.0, 5.0])]
    loose = [helper.make_tensor("numbers", TensorProto.INT64, [2], [3, -1])]
    branch = helper.make_graph([helper.make_node("Relu", ["y"], ["b"])], "branch", [],
                               [helper.make_tensor_value_info("b", TensorProto.FLOAT, None)],
                               [numpy_helper.from_array(numpy.ones(2, dtype="float32"), "inner")])
    nodes = [helper.make_node("MatMul", ["x", "w"], ["y"]), helper.make_node("Relu", ["y"], ["r"]),
             helper.make_node("If", ["c"], ["z"], then_branch=branch, else_branch=branch),
             helper.make_node("Special", ["r"], ["s"], domain="com.example"),
             helper.make_node("Constant", [], ["k"], value=numpy_helper.from_array(numpy.ones(10, dtype="float32")))]
    graph = helper.make_graph(nodes, "main", [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["batch", 3]),
                                              helper.make_tensor_value_info("w", TensorProto.FLOAT, [3, 4])],
                              [helper.make_tensor_value_info("z", TensorProto.FLOAT, ["batch", 4])], initializers + loose)
    made = helper.make_model(graph, producer_name="maker", opset_imports=[helper.make_opsetid("", 13),
                                                                          helper.make_opsetid("com.example", 2)])
    helper.set_model_props(made, {"author": "someone"})
    return made


def describe(made, file):
    for tensor in made.graph.initializer:
        if tensor.name != "numbers":
            array = numpy_helper.to_array(tensor)
            expected.setdefault(file, {})[tensor.name] = {"shape": list(array.shape), "hex": array.tobytes().hex()}


made = model()
describe(made, "model.onnx")
describe(made, "external.onnx")
onnx.save(made, os.path.join(folder, "model.onnx"))
external_data_helper.convert_model_to_external_data(made, all_tensors_to_one_file=True, location="weights.data", size_threshold=0)
onnx.save(made, os.path.join(folder, "external.onnx"))
with open(os.path.join(folder, "expected.json"), "w") as out:
    json.dump(expected, out)

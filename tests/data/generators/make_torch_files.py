#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes PyTorch files of every kind into a folder, and expected.json: what PyTorch itself says of their tensors.

Usage: make_torch_files.py FOLDER. Exit code 77 when PyTorch is not installed.
"""
import io
import json
import os
import pickle
import struct
import sys
import tarfile
import warnings
import zipfile

warnings.filterwarnings("ignore")
try:
    import numpy
    import torch
except ImportError as problem:
    print(problem)
    sys.exit(77)

NAMES = {
    torch.float32: "F32", torch.float64: "F64", torch.float16: "F16", torch.bfloat16: "BF16", torch.int64: "I64",
    torch.int32: "I32", torch.int16: "I16", torch.int8: "I8", torch.uint8: "U8", torch.bool: "BOOL",
    torch.complex64: "C64", torch.complex128: "C128", torch.qint8: "I8", torch.quint8: "U8", torch.qint32: "I32",
}
folder = sys.argv[1]
expected = {}


def path(name):
    return os.path.join(folder, name)


def content(tensor):
    """The bytes of a tensor, row by row."""
    if tensor.is_quantized:
        tensor = tensor.int_repr()
    tensor = tensor.detach().contiguous()
    if tensor.dtype == torch.bfloat16:
        tensor = tensor.view(torch.int16)
    return tensor.numpy().tobytes()


def describe(tensor):
    strides = list(tensor.stride())
    return {"dtype": NAMES[tensor.dtype], "shape": list(tensor.shape),
            "strides": [] if tensor.is_contiguous() else strides, "hex": content(tensor).hex()}


def expect(file, tensors):
    expected[file] = {name: describe(tensor) for name, tensor in tensors.items()}


class Part(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = torch.nn.Linear(3, 4)
        self.norm = torch.nn.BatchNorm1d(4)
        self.register_buffer("table", torch.arange(5))
        self.layers = torch.nn.Sequential(torch.nn.Linear(4, 4), torch.nn.Linear(4, 4))

    def forward(self, x):
        return self.layers(self.norm(self.linear(x))) + torch.tensor([1.0, 2.0, 3.0, 4.0])


def plain_tensors():
    torch.manual_seed(1)
    whole = torch.arange(40, dtype=torch.float32).reshape(5, 8)
    tensors = {"float": torch.rand(3, 4), "double": torch.rand(2, dtype=torch.float64), "half": torch.rand(7).half(),
               "bfloat": torch.rand(4, 2).bfloat16(), "long": torch.arange(6), "int": torch.arange(6).int(),
               "short": torch.arange(3).short(), "char": torch.arange(-3, 3).char(), "byte": torch.arange(9).byte(),
               "bool": torch.tensor([True, False, True]), "complex": torch.rand(2, dtype=torch.complex64),
               "wide": torch.rand(2, dtype=torch.complex128), "scalar": torch.tensor(3.5), "empty": torch.zeros(0, 4), "hollow": torch.zeros(4, 0),
               "whole": whole, "rows": whole[1:3], "columns": whole[:, 2:5], "transposed": whole.t(),
               "expanded": torch.tensor([[1.0], [2.0]]).expand(2, 3), "tied": whole}
    return tensors


def write_checkpoints():
    tensors = plain_tensors()
    torch.save(tensors, path("zip.pt"))
    expect("zip.pt", tensors)
    torch.save(tensors, path("legacy.pt"), _use_new_zipfile_serialization=False)
    expect("legacy.pt", tensors)

    module = Part()
    state = module.state_dict()
    torch.save({"state_dict": state, "epoch": 3, "note": "half way", "args": {"lr": 0.5, "sizes": [1, 2]}},
               path("wrapped.pt"))
    expect("wrapped.pt", state)
    torch.save(module, path("module.pt"))
    expect("module.pt", state)

    optimizer = torch.optim.Adam(module.parameters())
    module(torch.rand(6, 3)).sum().backward()
    optimizer.step()
    torch.save({"model": state, "optimizer": optimizer.state_dict(), "deep": [{"a": (torch.ones(2), torch.zeros(3))}]},
               path("training.pt"))
    named = {"model." + name: tensor for name, tensor in state.items()}
    for key, values in optimizer.state_dict()["state"].items():
        for name, value in values.items():
            if torch.is_tensor(value):
                named["optimizer.state.%d.%s" % (key, name)] = value
    named.update({"deep.0.a.0": torch.ones(2), "deep.0.a.1": torch.zeros(3)})
    expect("training.pt", named)


def write_kinds():
    quantised = torch.quantize_per_tensor(torch.rand(2, 3), 0.1, 3, torch.qint8)
    channels = torch.quantize_per_channel(torch.rand(2, 3), torch.tensor([.1, .2]), torch.tensor([0, 1]), 0, torch.quint8)
    sparse = torch.eye(3).to_sparse()
    rows = torch.eye(3).to_sparse_csr()
    parameter = torch.nn.Parameter(torch.rand(2))
    array = numpy.arange(6, dtype="float32").reshape(2, 3)
    torch.save({"q": quantised, "qc": channels, "sparse": sparse, "rows": rows, "parameter": parameter,
                "storage": torch.ones(3).storage(), "meta": torch.empty(3, device="meta"), "array": array,
                "none": None, "size": torch.Size([1, 2]), "dtype": torch.float16, "device": torch.device("cpu")},
               path("kinds.pt"), pickle_protocol=4)
    expect("kinds.pt", {
        "q": quantised, "qc": channels, "qc.scales": channels.q_per_channel_scales(),
        "qc.zero_points": channels.q_per_channel_zero_points(), "sparse.indices": sparse._indices(),
        "sparse.values": sparse._values(), "rows.crow_indices": rows.crow_indices(),
        "rows.col_indices": rows.col_indices(), "rows.values": rows.values(), "parameter": parameter,
        "storage": torch.ones(3), "array": torch.from_numpy(array)})


def write_arrays():
    """An array as the default protocol writes it: its bytes as a text."""
    torch.save({"array": numpy.arange(6, dtype="float32"), "tensor": torch.ones(2)}, path("arrays.pt"))


def write_scripts():
    module = Part().eval()
    state = module.state_dict()
    torch.jit.save(torch.jit.script(module), path("script.pt"))
    expect("script.pt", state)
    torch.jit.save(torch.jit.trace(module, torch.rand(2, 3)), path("traced.pt"))
    expect("traced.pt", dict(state, **{"constants.0": torch.tensor([1.0, 2.0, 3.0, 4.0])}))


def rewritten(source, target, change, extra=()):
    """The archive again, each member as change(name, bytes) gives it (None leaves it out), and more members."""
    with zipfile.ZipFile(path(source)) as old, zipfile.ZipFile(path(target), "w") as new:
        top = old.namelist()[0].split("/")[0]
        for name in old.namelist():
            data = change(name, old.read(name))
            if data is not None:
                new.writestr(zipfile.ZipInfo(name), data)
        for name, data in extra:
            new.writestr(zipfile.ZipInfo(top + "/" + name), data)


class Evil:
    def __reduce__(self):
        return os.system, ("touch '%s'" % path("marker"),)


def write_evil():
    tensors = {"weight": torch.ones(2), "bias": Evil()}
    torch.save(tensors, path("posix.pt"))
    rewritten("posix.pt", "evil.pt", lambda name, data: data.replace(b"cposix\nsystem\n", b"cos\nsystem\n"))
    torch.save(tensors, path("evillegacy.pt"), _use_new_zipfile_serialization=False)
    nested = pickle.dumps(Evil(), protocol=4)
    rewritten("zip.pt", "foreign.pt", lambda name, data: data, [("assets/readme.txt", nested)])


def write_variants():
    rewritten("zip.pt", "big.pt", lambda name, data: data, [("byteorder", b"big")])
    rewritten("zip.pt", "nodata.pt", lambda name, data: None if "/data/" in name else data)
    torch.save({"slice": torch.zeros(100_000)[:10].clone().set_(torch.zeros(100_000).storage(), 5, (10,))}, path("slice.pt"))
    with zipfile.ZipFile(path("zip.pt")) as old, zipfile.ZipFile(path("packed.pt"), "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    with zipfile.ZipFile(path("export.pt2"), "w") as new:
        new.writestr("model/archive_format", "pt2")
        new.writestr("model/models/model.json", "{}")


def write_shards():
    os.mkdir(path("shards"))
    tensors = {"a.weight": torch.rand(4, 4), "a.bias": torch.rand(4), "b.weight": torch.rand(2, 4)}
    tensors["c.weight"] = tensors["b.weight"]
    files = {"pytorch_model-00001-of-00002.bin": ["a.weight", "a.bias"],
             "pytorch_model-00002-of-00002.bin": ["b.weight", "c.weight"]}
    for file, names in files.items():
        torch.save({name: tensors[name] for name in names}, path("shards/" + file))
    index = {"metadata": {"total_size": 4 * (16 + 4 + 8)},
             "weight_map": {name: file for file, names in files.items() for name in names}}
    with open(path("shards/pytorch_model.bin.index.json"), "w") as out:
        json.dump(index, out)
    expect("shards", tensors)


def write_tar():
    """The first format, which PyTorch reads but has long ceased to write."""
    storages, tensors = io.BytesIO(), io.BytesIO()
    values = torch.arange(12, dtype=torch.float32)
    pickle.dump(1, storages, protocol=2)
    pickle.dump((10, "cpu", torch.FloatStorage), storages, protocol=2)
    storages.write(struct.pack("<q", 12) + values.numpy().tobytes())
    pickle.dump([], storages, protocol=2)
    pickle.dump(2, tensors, protocol=2)
    for key, size, stride, offset in [(20, (3, 4), (4, 1), 0), (21, (2,), (1,), 5)]:
        pickle.dump((key, 10, torch.FloatTensor), tensors, protocol=2)
        axes = len(size)
        tensors.write(struct.pack("<ii%dqq" % (2 * axes), axes, 0, *size, *stride, offset))

    class Key:
        def __init__(self, key):
            self.key = key

    class Pickler(pickle.Pickler):
        def persistent_id(self, item):
            return item.key if isinstance(item, Key) else None

    root = io.BytesIO()
    Pickler(root, protocol=2).dump({"w": Key(20), "v": Key(21)})
    with tarfile.open(path("old.pt"), "w", format=tarfile.USTAR_FORMAT) as tar:
        for name, data in [("sys_info", pickle.dumps({"protocol_version": 1000}, protocol=2)),
                           ("pickle", root.getvalue()), ("tensors", tensors.getvalue()), ("storages", storages.getvalue())]:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    loaded = torch.load(path("old.pt"))
    assert torch.equal(loaded["w"], values.reshape(3, 4)) and torch.equal(loaded["v"], values[5:7])
    expect("old.pt", loaded)


for write in (write_checkpoints, write_kinds, write_arrays, write_scripts, write_evil, write_variants, write_shards,
              write_tar):
    write()
with open(path("expected.json"), "w") as out:
    json.dump(expected, out)

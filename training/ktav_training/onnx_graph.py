"""Writes the two ONNX files of a package, opset 13, batch axis free and named N.

float32: plain operators for WebGL and WebGPU. int8: the same graph with QuantizeLinear and DequantizeLinear around
every convolution (U8 activations, S8 weights, per channel), which ONNX Runtime turns into integer kernels.
"""

from __future__ import annotations

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from .quantise import Conv, Folded, Range, Weights

OPSET = 13
IR_VERSION = 8


class Graph:
    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: np.ndarray) -> str:
        self.constants.append(numpy_helper.from_array(np.asarray(value, order="C"), name))
        return name

    def node(self, operator: str, inputs: list[str], output: str, **attributes: object) -> str:
        self.nodes.append(helper.make_node(operator, inputs, [output], name=output, **attributes))
        return output

    def model(self, size: int, cue: int, classes: int, embedding: int) -> bytes:
        def value(name: str, *shape: int | str) -> onnx.ValueInfoProto:
            return helper.make_tensor_value_info(name, TensorProto.FLOAT, list(shape))

        graph = helper.make_graph(
            self.nodes,
            "ktav",
            [value("picture", "N", 1, size, size), value("line", "N", cue)],
            [value("logits", "N", classes), value("embedding", "N", embedding)],
            self.constants,
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="ktav-training")
        model.ir_version = IR_VERSION
        onnx.checker.check_model(model, full_check=True)
        return model.SerializeToString(deterministic=True)


def _shape(layer: Conv) -> dict[str, object]:
    kernel = layer.weights.values.shape[2]
    return {"kernel_shape": [kernel, kernel], "strides": [layer.stride] * 2, "pads": [layer.pad] * 4}


def float_model(folded: Folded, size: int) -> bytes:
    """Weights are the int8 ones spelt out, so that the packed file can rebuild these very bytes."""
    g = Graph()

    def conv(x: str, layer: Conv) -> str:
        weight = g.constant(f"{layer.name}.w", layer.weights.values)
        bias = g.constant(f"{layer.name}.b", layer.bias)
        return g.node("Conv", [x, weight, bias], layer.name, **_shape(layer))

    x = g.node("Relu", [conv("picture", folded.stem)], "stem.relu")
    for i, block in enumerate(folded.blocks):
        y = g.node("Relu", [conv(x, block.conv1)], f"block{i}.relu1")
        y = conv(y, block.conv2)
        shortcut = x if block.shortcut is None else conv(x, block.shortcut)
        x = g.node("Relu", [g.node("Add", [y, shortcut], f"block{i}.add")], f"block{i}")
    _tail(g, x, folded, lambda name, weights: g.constant(name, weights.values))
    return g.model(size, folded.line_hidden.shape[1], len(folded.head.values), len(folded.from_picture.values))


def int8_model(folded: Folded, ranges: dict[str, Range], size: int) -> bytes:
    g = Graph()
    inputs: dict[str, float] = {}

    def byte(x: str, name: str, span: Range) -> str:
        scale = g.constant(f"{name}.scale", np.array(span.scale, np.float32))
        zero = g.constant(f"{name}.zero", np.array(span.zero, np.uint8))
        g.node("QuantizeLinear", [x, scale, zero], f"{name}.q")
        out = g.node("DequantizeLinear", [f"{name}.q", scale, zero], f"{name}.dq")
        inputs[out] = span.scale
        return out

    def whole(name: str, weights: Weights) -> str:
        scale = g.constant(f"{name}.scale", weights.scale)
        zero = g.constant(f"{name}.zero", np.zeros(len(weights.scale), np.int8))
        return g.node("DequantizeLinear", [g.constant(name, weights.integers), scale, zero], f"{name}.dq", axis=0)

    def conv(x: str, layer: Conv, relu: bool) -> str:
        weight = whole(f"{layer.name}.w", layer.weights)
        scale = (np.float32(inputs[x]) * layer.weights.scale).astype(np.float32)
        integers = np.clip(np.round(layer.bias / scale), -(2**31), 2**31 - 1).astype(np.int32)
        bias_scale = g.constant(f"{layer.name}.b.scale", scale)
        bias_zero = g.constant(f"{layer.name}.b.zero", np.zeros(len(scale), np.int32))
        bias_name = g.constant(f"{layer.name}.b", integers)
        bias = g.node("DequantizeLinear", [bias_name, bias_scale, bias_zero], f"{layer.name}.b.dq", axis=0)
        y = g.node("Conv", [x, weight, bias], layer.name, **_shape(layer))
        if relu:
            y = g.node("Relu", [y], f"{layer.name}.relu")
        return byte(y, f"{layer.name}.out", ranges[layer.name])

    x = byte("picture", "picture.in", Range(float(np.float32(1 / 255)), 0))
    x = conv(x, folded.stem, True)
    for i, block in enumerate(folded.blocks):
        y = conv(conv(x, block.conv1, True), block.conv2, False)
        shortcut = x if block.shortcut is None else conv(x, block.shortcut, False)
        added = g.node("Relu", [g.node("Add", [y, shortcut], f"block{i}.add")], f"block{i}.relu")
        x = byte(added, f"block{i}.out", ranges[f"block{i}"])
    _tail(g, x, folded, whole)
    return g.model(size, folded.line_hidden.shape[1], len(folded.head.values), len(folded.from_picture.values))


def _tail(g: Graph, x: str, folded: Folded, weight: object) -> None:
    """From the last block on there is little to compute, and float32 costs nothing."""

    def gemm(x: str, name: str, weights: str, bias: np.ndarray, output: str) -> str:
        return g.node("Gemm", [x, weights, g.constant(f"{name}.b", bias)], output, transB=1)

    pooled = g.node("Flatten", [g.node("GlobalAveragePool", [x], "pool")], "pooled", axis=1)
    seen = gemm(pooled, "picture.fc", weight("picture.fc.w", folded.from_picture), folded.from_picture_bias, "picture.fc")
    g.node("Relu", [seen], "embedding")
    shape = gemm("embedding", "head", weight("head.w", folded.head), folded.head_bias, "shape")
    # Gemms without bias have one of zeros: WebGL's Gemm takes two inputs or three, three are the better trodden path.
    hidden = gemm("line", "line.fc1", g.constant("line.fc1.w", folded.line_hidden), np.zeros(len(folded.line_hidden), np.float32), "line.fc1")
    hidden = g.node("Relu", [hidden], "line.relu")
    line = gemm(hidden, "line.fc2", weight("line.fc2.w", folded.from_line), np.zeros(len(folded.from_line.values), np.float32), "line.fc2")
    g.node("Add", [shape, line], "logits")

"""The two files of a package say what the network says."""

import dataclasses

import numpy as np
import onnx
import onnxruntime
import pytest
import torch

from ktav_training.network import SMALL, Reader
from ktav_training.onnx_graph import float_model, int8_model
from ktav_training.packing import pack, unpack
from ktav_training.quantise import fold_reader, ranges_of, to_int8


@pytest.fixture(scope="module")
def reader() -> Reader:
    torch.manual_seed(0)
    model = Reader(dataclasses.replace(SMALL, widths=(8, 12, 16, 24), embedding=16)).eval()
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.running_mean.normal_(0, 0.2)
            module.running_var.uniform_(0.5, 2)
            module.weight.data.uniform_(0.5, 2)
    model.from_line.weight.data.normal_(0, 0.2)
    return model


@pytest.fixture(scope="module")
def inputs() -> tuple[torch.Tensor, torch.Tensor]:
    torch.manual_seed(1)
    pictures = (torch.rand(16, 1, 64, 64) > 0.85).float()
    return pictures, torch.randn(16, 4)


def run(model: bytes, picture: torch.Tensor, line: torch.Tensor) -> list[np.ndarray]:
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    return session.run(["logits", "embedding"], {"picture": picture.numpy(), "line": line.numpy()})


def test_the_float_file_answers_like_the_network_but_for_rounded_weights(reader, inputs) -> None:
    logits, embedding = run(float_model(fold_reader(reader), 64), *inputs)
    with torch.no_grad():
        expected, expected_embedding = reader(*inputs)
    spread = float(expected.std())
    assert np.abs(logits - expected.numpy()).max() < 0.1 * spread
    assert np.abs(embedding - expected_embedding.numpy()).max() < 0.1 * float(expected_embedding.std())


def test_the_int8_file_answers_like_the_float_file(reader, inputs) -> None:
    folded = fold_reader(reader)
    expected, _ = run(float_model(folded, 64), *inputs)
    logits, _ = run(int8_model(folded, ranges_of(folded, inputs[0]), 64), *inputs)
    assert np.abs(logits - expected).max() < 0.2 * expected.std()


def test_any_batch_size_runs_and_rows_do_not_mix(reader, inputs) -> None:
    model = float_model(fold_reader(reader), 64)
    together, _ = run(model, *inputs)
    alone, _ = run(model, inputs[0][3:4], inputs[1][3:4])
    assert np.allclose(together[3:4], alone, atol=1e-5)


def test_webgl_finds_only_operators_that_it_has_and_a_batch_axis_named_n(reader) -> None:
    model = onnx.load_from_string(float_model(fold_reader(reader), 64))
    assert {node.op_type for node in model.graph.node} <= {"Conv", "Relu", "Add", "GlobalAveragePool", "Flatten", "Gemm"}
    assert {value.type.tensor_type.shape.dim[0].dim_param for value in [*model.graph.input, *model.graph.output]} == {"N"}
    assert model.opset_import[0].version == 13


def test_a_packed_file_gives_back_the_very_bytes(reader) -> None:
    folded = fold_reader(reader)
    model = float_model(folded, 64)
    weights = [folded.stem.weights, folded.head] + [b.conv1.weights for b in folded.blocks]
    packed = pack(model, weights)
    assert unpack(packed) == model
    assert len(packed) < len(model)


def test_packing_refuses_a_weight_that_is_not_in_the_file(reader) -> None:
    folded = fold_reader(reader)
    stranger = to_int8(np.ones((4, 1, 3, 3), np.float32) * 0.123)
    with pytest.raises(ValueError, match="exactly once"):
        pack(float_model(folded, 64), [stranger])


def test_int8_weights_stay_within_half_a_step() -> None:
    weight = np.random.default_rng(0).normal(0, 1, (8, 4, 3, 3)).astype(np.float32)
    found = to_int8(weight)
    inside = np.abs(weight) <= 63 * found.scale[:, None, None, None]
    error = np.abs(found.values - weight) / found.scale[:, None, None, None]
    assert error[inside].max() <= 0.5001
    assert inside.mean() > 0.97
    assert np.abs(found.integers).max() <= 63

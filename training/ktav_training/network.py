"""The network: a small residual CNN over the raster, with the size on the writing line joined before the embedding.

Only operators that ONNX Runtime Web runs on WASM and on WebGL: Conv, Relu, Add, GlobalAveragePool, Flatten, Gemm.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

CUE_LENGTH = 4


@dataclass(frozen=True)
class Architecture:
    """widths: channels of the four stages, each after the first halving the side; blocks: residual blocks in each."""

    widths: tuple[int, int, int, int]
    blocks: tuple[int, int, int, int]
    embedding: int
    classes: int
    dropout: float = 0.0


SMALL = Architecture(widths=(24, 48, 64, 96), blocks=(1, 1, 2, 1), embedding=96, classes=27, dropout=0.1)
"""What is shipped: 0.35 M parameters, 29 M multiply-adds. Widths are multiples of 8: kernels compute that many at once."""

LARGE = Architecture(widths=(32, 64, 128, 192), blocks=(1, 1, 2, 1), embedding=192, classes=27, dropout=0.2)
"""What teaches it."""


class Block(nn.Module):
    """Two 3 × 3 convolutions and a shortcut, which is a 1 × 1 convolution where shape changes."""

    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.norm1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(outputs)
        self.shortcut: nn.Module | None = None
        if stride != 1 or inputs != outputs:
            self.shortcut = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x: Tensor) -> Tensor:
        y = torch.relu(self.norm1(self.conv1(x)))
        y = self.norm2(self.conv2(y))
        return torch.relu(y + (x if self.shortcut is None else self.shortcut(x)))


class Reader(nn.Module):
    """picture: N × 1 × 64 × 64, 1 = ink; line: N × 4. Gives logits N × classes and the embedding N × E (≥ 0)."""

    def __init__(self, architecture: Architecture) -> None:
        super().__init__()
        self.architecture = architecture
        widths, embedding = architecture.widths, architecture.embedding
        self.stem = nn.Conv2d(1, widths[0], 3, 2, 1, bias=False)
        self.stem_norm = nn.BatchNorm2d(widths[0])
        blocks: list[Block] = []
        inputs = widths[0]
        for stage, (width, count) in enumerate(zip(widths, architecture.blocks, strict=True)):
            for k in range(count):
                blocks.append(Block(inputs, width, 2 if stage > 0 and k == 0 else 1))
                inputs = width
        self.blocks = nn.ModuleList(blocks)
        self.from_picture = nn.Linear(inputs, embedding)
        self.line_hidden = nn.Linear(CUE_LENGTH, 32)
        self.from_line = nn.Linear(32, embedding, bias=False)
        self.dropout = nn.Dropout(architecture.dropout)
        self.head = nn.Linear(embedding, architecture.classes)

    def forward(self, picture: Tensor, line: Tensor) -> tuple[Tensor, Tensor]:
        x = torch.relu(self.stem_norm(self.stem(picture)))
        for block in self.blocks:
            x = block(x)
        pooled = x.mean((2, 3))
        embedding = torch.relu(self.from_picture(pooled) + self.from_line(torch.relu(self.line_hidden(line))))
        return self.head(self.dropout(embedding)), embedding


def fold(conv: nn.Conv2d, norm: nn.BatchNorm2d) -> tuple[Tensor, Tensor]:
    """Weight and bias of the one convolution that does what conv and norm do at inference."""
    scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    return conv.weight * scale[:, None, None, None], norm.bias - norm.running_mean * scale

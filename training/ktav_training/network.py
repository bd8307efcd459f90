"""The network: a small residual CNN over the raster, and what size and place on the writing line say of each letter.

Only operators that ONNX Runtime Web runs on WASM and on WebGL: Conv, Relu, Add, GlobalAveragePool, Flatten, Gemm.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

CUE_LENGTH = 4

LINE_UNITS = 48
"""Hidden units of the line's evidence: enough for 27 smooth functions of two numbers (see line_evidence.py)."""


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
    """picture: N × 1 × 64 × 64, 1 = ink; line: N × 4. Gives logits N × classes and the embedding N × E (≥ 0).

    Shape and line are two witnesses: each gives its logits, and they add up (docs/decisions/0023-line-as-evidence.md).
    The embedding is of the shape alone. The line's weights are not learnt by descent with the rest: line_evidence.py.
    """

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
        self.dropout = nn.Dropout(architecture.dropout)
        self.head = nn.Linear(embedding, architecture.classes)
        # Without biases: a line that is not known is all zeros, and says exactly nothing.
        self.line_hidden = nn.Linear(CUE_LENGTH, LINE_UNITS, bias=False).requires_grad_(False)
        self.from_line = nn.Linear(LINE_UNITS, architecture.classes, bias=False).requires_grad_(False)
        nn.init.zeros_(self.from_line.weight)

    def forward(self, picture: Tensor, line: Tensor) -> tuple[Tensor, Tensor]:
        logits, embedding = self.read_shape(picture)
        return logits + self.weigh_line(line), embedding

    def weigh_line(self, line: Tensor) -> Tensor:
        """What the line alone says for and against each letter, in logits."""
        return self.from_line(torch.relu(self.line_hidden(line)))

    def read_shape(self, picture: Tensor) -> tuple[Tensor, Tensor]:
        """Logits and embedding where nothing is known of the line."""
        x = torch.relu(self.stem_norm(self.stem(picture)))
        for block in self.blocks:
            x = block(x)
        embedding = torch.relu(self.from_picture(x.mean((2, 3))))
        return self.head(self.dropout(embedding)), embedding


def fold(conv: nn.Conv2d, norm: nn.BatchNorm2d) -> tuple[Tensor, Tensor]:
    """Weight and bias of the one convolution that does what conv and norm do at inference."""
    scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    return conv.weight * scale[:, None, None, None], norm.bias - norm.running_mean * scale

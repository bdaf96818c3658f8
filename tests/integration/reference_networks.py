# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Networks of the kinds that people export, with random weights, for test_reference_models.py."""

import torch
from torch import nn


def settled(network, side):
    """Statistics of batches as after training. With those of a fresh network every layer makes its input fainter, until the
    output no longer depends on the picture."""
    layers = [module for module in network.modules() if isinstance(module, nn.BatchNorm2d)]
    for layer in layers:
        layer.momentum = None
        layer.reset_running_stats()
    with torch.no_grad():
        network.train()(torch.randn(4, 3, side, side))
    return network.eval()


# ---- CLIP: the picture half of ViT-B/32 ------------------------------------------------------------------------------


class QuickGelu(nn.Module):
    def forward(self, x):
        return x * torch.sigmoid(1.702 * x)


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.attention = nn.MultiheadAttention(width, heads, batch_first=True)
        self.first = nn.LayerNorm(width)
        self.mlp = nn.Sequential(nn.Linear(width, width * 4), QuickGelu(), nn.Linear(width * 4, width))
        self.second = nn.LayerNorm(width)

    def forward(self, x):
        y = self.first(x)
        x = x + self.attention(y, y, y, need_weights=False)[0]
        return x + self.mlp(self.second(x))


class ClipPicture(nn.Module):
    def __init__(self, width=768, layers=12, heads=12, patch=32, side=224, output=512):
        super().__init__()
        self.patches = nn.Conv2d(3, width, patch, patch, bias=False)
        self.token = nn.Parameter(torch.randn(width) * 0.02)
        self.positions = nn.Parameter(torch.randn((side // patch) ** 2 + 1, width) * 0.02)
        self.before = nn.LayerNorm(width)
        self.blocks = nn.Sequential(*(Block(width, heads) for _ in range(layers)))
        self.after = nn.LayerNorm(width)
        self.projection = nn.Parameter(torch.randn(width, output) * width**-0.5)

    def forward(self, x):
        x = self.patches(x).flatten(2).transpose(1, 2)
        token = self.token.reshape(1, 1, -1).expand(x.shape[0], -1, -1)
        x = self.before(torch.cat([token, x], 1) + self.positions)
        return self.after(self.blocks(x)[:, 0]) @ self.projection


# ---- YOLOv8n ---------------------------------------------------------------------------------------------------------


class Conv(nn.Module):
    def __init__(self, inputs, outputs, kernel=1, stride=1):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False)
        self.norm = nn.BatchNorm2d(outputs, eps=1e-3)
        self.act = nn.SiLU()

    def forward(self, x):
        return self.act(self.norm(self.conv(x)))


class Bottleneck(nn.Module):
    def __init__(self, channels, adds):
        super().__init__()
        self.one, self.two, self.adds = Conv(channels, channels, 3), Conv(channels, channels, 3), adds

    def forward(self, x):
        y = self.two(self.one(x))
        return x + y if self.adds else y


class C2f(nn.Module):
    def __init__(self, inputs, outputs, count, adds=False):
        super().__init__()
        self.half = outputs // 2
        self.one = Conv(inputs, outputs)
        self.two = Conv((2 + count) * self.half, outputs)
        self.parts = nn.ModuleList(Bottleneck(self.half, adds) for _ in range(count))

    def forward(self, x):
        y = list(self.one(x).split((self.half, self.half), 1))
        for part in self.parts:
            y.append(part(y[-1]))
        return self.two(torch.cat(y, 1))


class Sppf(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.one, self.two = Conv(channels, channels // 2), Conv(channels * 2, channels)
        self.pool = nn.MaxPool2d(5, 1, 2)

    def forward(self, x):
        y = [self.one(x)]
        for _ in range(3):
            y.append(self.pool(y[-1]))
        return self.two(torch.cat(y, 1))


class Head(nn.Module):
    """Boxes as distributions of 16 distances to each side, and one probability for each class."""

    def __init__(self, channels, classes, side):
        super().__init__()
        self.boxes = nn.ModuleList(nn.Sequential(Conv(c, 64, 3), Conv(64, 64, 3), nn.Conv2d(64, 64, 1)) for c in channels)
        self.classes = nn.ModuleList(nn.Sequential(Conv(c, 80, 3), Conv(80, 80, 3), nn.Conv2d(80, classes, 1)) for c in channels)
        self.register_buffer("distances", torch.arange(16, dtype=torch.float))
        anchors, strides = [], []
        for stride in (8, 16, 32):
            steps = torch.arange(side // stride) + 0.5
            y, x = torch.meshgrid(steps, steps, indexing="ij")
            anchors.append(torch.stack((x, y), -1).reshape(-1, 2))
            strides.append(torch.full((anchors[-1].shape[0],), float(stride)))
        self.register_buffer("anchors", torch.cat(anchors).T.unsqueeze(0))
        self.register_buffer("strides", torch.cat(strides))

    def forward(self, levels):
        boxes = torch.cat([part(x).flatten(2) for part, x in zip(self.boxes, levels)], 2)
        classes = torch.cat([part(x).flatten(2) for part, x in zip(self.classes, levels)], 2)
        batch, _, count = boxes.shape
        sides = boxes.view(batch, 4, 16, count).transpose(2, 1).softmax(1)
        sides = (sides * self.distances.view(1, 16, 1, 1)).sum(1)
        start, end = self.anchors - sides[:, :2], self.anchors + sides[:, 2:]
        return torch.cat(((start + end) / 2 * self.strides, (end - start) * self.strides, classes.sigmoid()), 1)


class Yolo(nn.Module):
    def __init__(self, classes=80, side=640):
        super().__init__()
        self.stem = nn.Sequential(Conv(3, 16, 3, 2), Conv(16, 32, 3, 2), C2f(32, 32, 1, True))
        self.small = nn.Sequential(Conv(32, 64, 3, 2), C2f(64, 64, 2, True))
        self.middle = nn.Sequential(Conv(64, 128, 3, 2), C2f(128, 128, 2, True))
        self.large = nn.Sequential(Conv(128, 256, 3, 2), C2f(256, 256, 1, True), Sppf(256))
        self.up = nn.Upsample(scale_factor=2, mode="nearest")
        self.neck = nn.ModuleList((C2f(384, 128, 1), C2f(192, 64, 1), Conv(64, 64, 3, 2), C2f(192, 128, 1), Conv(128, 128, 3, 2), C2f(384, 256, 1)))
        self.head = Head((64, 128, 256), classes, side)

    def forward(self, x):
        small = self.small(self.stem(x))
        middle = self.middle(small)
        large = self.large(middle)
        up = self.neck[0](torch.cat((self.up(large), middle), 1))
        one = self.neck[1](torch.cat((self.up(up), small), 1))
        two = self.neck[3](torch.cat((self.neck[2](one), up), 1))
        three = self.neck[5](torch.cat((self.neck[4](two), large), 1))
        return self.head((one, two, three))

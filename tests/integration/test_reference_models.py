# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our engines give what PyTorch gives, to 1e-4 of the largest value, for exports of the kinds that people use.

Needs the packages of the list "reference" in the script dev (PyTorch, torchvision) and, for half of it, ONNX Runtime.
"""

import json
import os
import subprocess
import sys
import tempfile
import unittest
import warnings

try:
    import torch
    import torchvision
except ImportError:
    print("PyTorch is not installed: ./dev test slow installs it", file=sys.stderr)
    sys.exit(77)

import reference_networks

RUN_MODEL = os.path.join(os.path.dirname(os.environ["PS_BIN_DIR"]), "tests", "ps_run_model")
TOLERANCE = 1e-4
warnings.filterwarnings("ignore")
torch.set_num_threads(1)


class Reference(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        torch.manual_seed(7)

    def export(self, network, side, opset, dynamic=True):
        """Writes the network as ONNX; the export works on one picture."""
        path = os.path.join(self.folder, "model.onnx")
        axes = {"input": {0: "batch"}, "output": {0: "batch"}} if dynamic else None
        torch.onnx.export(network, torch.zeros(1, 3, side, side), path, opset_version=opset, input_names=["input"],
                          output_names=["output"], dynamic_axes=axes)
        return path

    def run_engine(self, model, engine, pictures):
        paths = [os.path.join(self.folder, name) for name in ("input.f32", "output.f32")]
        with open(paths[0], "wb") as file:
            file.write(pictures.numpy().tobytes())
        call = [RUN_MODEL, model, engine, *paths, *map(str, pictures.shape), "3"]
        outcome = subprocess.run(call, capture_output=True, text=True, check=False, timeout=300)
        if outcome.returncode:
            return outcome.stdout.strip(), None
        report = json.loads(outcome.stdout)
        with open(paths[1], "rb") as file:
            values = torch.frombuffer(bytearray(file.read()), dtype=torch.float32)
        return report, values.reshape(report["shape"])

    def check(self, network, side, engines, opset=14, batch=2, parts=None, dynamic=True):
        """Exports, runs and compares; `parts` are slices of the output that are compared each by itself."""
        model = self.export(network, side, opset, dynamic)
        pictures = torch.randn(batch, 3, side, side)
        with torch.no_grad():
            expected = network(pictures)
        self.assertTrue(torch.isfinite(expected).all())
        for engine in engines:
            with self.subTest(engine=engine):
                report, values = self.run_engine(model, engine, pictures)
                self.assertIsNotNone(values, report)
                if engine == "onnxruntime" and report["engine"] != engine:
                    self.skipTest("this machine has no ONNX Runtime")
                self.assertEqual(report["engine"], engine)
                self.assertEqual(list(values.shape), list(expected.shape))
                for part in parts or [slice(None)]:
                    worst = self.share(values[:, part], expected[:, part])
                    self.assertLess(worst, TOLERANCE)
                    # the control: another picture gives another answer
                    self.assertGreater(self.share(expected[:, part].flip(0), expected[:, part]), TOLERANCE * 10)
                print(f"{self.id().split('.')[-1]} {engine} {report['version']}: {worst:.1e} of the largest value, "
                      f"{report['milliseconds'] / batch:.1f} ms each, {report['peak_mib']} MiB", file=sys.stderr)
        return model, pictures

    @staticmethod
    def share(values, expected):
        return ((values - expected).abs().max() / expected.abs().max()).item()

    def check_unsupported(self, model, pictures):
        """OpenCV cannot run it, and says what can."""
        report, values = self.run_engine(model, "opencv-dnn", pictures)
        self.assertIsNone(values)
        self.assertRegex(report, "^Unsupported: .*ONNX Runtime is needed")

    BOTH = ("onnxruntime", "opencv-dnn")

    def test_resnet_18(self):
        network = reference_networks.settled(torchvision.models.resnet18(weights=None), 224)
        self.check(network, 224, self.BOTH)
        self.check(network, 224, self.BOTH, opset=11)

    def test_mobilenet_v2(self):
        self.check(reference_networks.settled(torchvision.models.mobilenet_v2(weights=None), 224), 224, self.BOTH)

    def test_efficientnet_b0(self):
        self.check(reference_networks.settled(torchvision.models.efficientnet_b0(weights=None), 224), 224, self.BOTH)

    def test_headless_resnet_18(self):
        """Embedders are classifiers without their last layer."""
        network = torchvision.models.resnet18(weights=None)
        network.fc = torch.nn.Identity()
        self.check(reference_networks.settled(network, 224), 224, self.BOTH, opset=16)

    def test_clip_with_three_layers(self):
        network = reference_networks.ClipPicture(width=192, layers=3, heads=3, output=128).eval()
        model, pictures = self.check(network, 224, ("onnxruntime",), batch=3)
        self.check_unsupported(model, pictures)
        self.check(network, 224, ("onnxruntime",), opset=16)

    def test_clip_vit_b_32(self):
        self.check(reference_networks.ClipPicture().eval(), 224, ("onnxruntime",), batch=2)

    def test_yolov8n(self):
        network = reference_networks.settled(reference_networks.Yolo(), 640)
        parts = [slice(0, 4), slice(4, None)]
        model, pictures = self.check(network, 640, ("onnxruntime",), opset=16, parts=parts)
        self.check_unsupported(model, pictures)


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
"""What a VAE of images imagines: a grid of images decoded from z ~ N(0, I), as a PNG.

    generate.py MODEL.onnx OUT.png [--width 28] [--grid 10] [--seed 0] [--beside ROWS.idx[.gz]]

The decoder is cut out of the published file, between its latent mean and `expected`. With --beside, the upper half of the
picture shows images of the file and the lower half what the whole model expects in their place. Packages: onnx,
onnxruntime, numpy.
"""
import argparse
import gzip
import pathlib
import struct
import tempfile
import zlib

import numpy as np
import onnx
import onnxruntime


def decoder(model_file):
    """The part from the latent mean to `expected`, and the width of the latent."""
    model = onnx.load(model_file)
    latent = next(node.input[0] for node in model.graph.node if "latent" in node.output)
    width = next(o for o in model.graph.output if o.name == "latent").type.tensor_type.shape.dim[1].dim_value
    with tempfile.TemporaryDirectory() as folder:
        part = pathlib.Path(folder) / "decoder.onnx"
        # Names the shape of the cut, which ONNX' extractor asks for.
        model.graph.value_info.append(onnx.helper.make_tensor_value_info(latent, onnx.TensorProto.FLOAT, ["batch", width]))
        whole = pathlib.Path(folder) / "whole.onnx"
        onnx.save(model, whole)
        onnx.utils.extract_model(str(whole), str(part), [latent], ["expected"], check_model=False)
        return onnxruntime.InferenceSession(str(part)), latent, width


def idx_images(file, count):
    with (gzip.open if file.endswith(".gz") else open)(file, "rb") as f:
        magic, _ = struct.unpack(">II", f.read(8))
        size = int(np.prod(struct.unpack(">%dI" % ((magic & 255) - 1), f.read(4 * ((magic & 255) - 1)))))
        return np.frombuffer(f.read(count * size), np.uint8).reshape(count, size).astype(np.float32)


def grid(images, width, across):
    """[n x pixels] in 0..255 as one picture, `across` images a line."""
    images = np.clip(images, 0, 255).astype(np.uint8).reshape(len(images), -1, width)
    lines = [np.concatenate(list(images[i:i + across]), axis=1) for i in range(0, len(images), across)]
    return np.concatenate(lines, axis=0)


def write_png(file, picture):
    chunk = lambda kind, data: (struct.pack(">I", len(data)) + kind + data
                                + struct.pack(">I", zlib.crc32(kind + data)))
    height, width = picture.shape
    raw = b"".join(b"\0" + line.tobytes() for line in picture)
    pathlib.Path(file).write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b""))


parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("model")
parser.add_argument("out")
parser.add_argument("--width", type=int, default=28, help="pixels of an image's line")
parser.add_argument("--grid", type=int, default=10, help="images a line, and lines")
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--beside", help="IDX file of images to be reconstructed instead")
given = parser.parse_args()

if given.beside:
    images = idx_images(given.beside, given.grid * (given.grid // 2))
    session = onnxruntime.InferenceSession(given.model)
    expected = session.run(["expected"], {"features": images})[0]
    write_png(given.out, grid(np.concatenate([images, expected]), given.width, given.grid))
else:
    session, name, latents = decoder(given.model)
    z = np.random.default_rng(given.seed).standard_normal((given.grid ** 2, latents)).astype(np.float32)
    write_png(given.out, grid(session.run(["expected"], {name: z})[0], given.width, given.grid))

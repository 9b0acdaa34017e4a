#!/usr/bin/env python3
"""Ten training steps of a small VAE in PyTorch, in double precision: the golden file of GoldenVaeTest.

The noise is the engine's own, computed here again from the published algorithms: Philox4x32-10 (Salmon et al., 2011)
addressed by (latent quad, row, epoch, purpose) under the seed, then Box-Muller. Adam is Keras' formula, written out.

    pip install torch numpy; python golden_vae.py > ../resources/io/weir/trainer/fit/golden-vae.json
"""
import json
import math

import numpy as np
import torch

ROWS, COLUMNS, HIDDEN, LATENT, STEPS, SEED = 24, 9, 13, 3, 10, 0x1234567890ABCDEF
RATE, BETA1, BETA2, EPSILON, BETA = 1e-2, 0.9, 0.999, 1e-7, 0.25
NOISE_PURPOSE = 3


def philox(c, key):
    k0, k1 = key & 0xFFFFFFFF, key >> 32
    for _ in range(10):
        p0, p1 = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(p1 >> 32) ^ c[1] ^ k0, p1 & 0xFFFFFFFF, (p0 >> 32) ^ c[3] ^ k1, p0 & 0xFFFFFFFF]
        k0, k1 = (k0 + 0x9E3779B9) & 0xFFFFFFFF, (k1 + 0xBB67AE85) & 0xFFFFFFFF
    return c


def normals(row, epoch):
    result = []
    for quad in range((LATENT + 3) // 4):
        w = philox([quad, row, epoch, NOISE_PURPOSE], SEED)
        for radius, angle in ((w[0], w[1]), (w[2], w[3])):
            u = ((radius >> 8) + 0.5) * 2.0**-24
            signed = angle - 2**32 if angle >= 2**31 else angle
            v = (signed >> 8) * 2.0**-23
            r = math.sqrt(-2 * math.log(u))
            result += [r * math.cos(math.pi * v), r * math.sin(math.pi * v)]
    return result[:LATENT]


def main():
    rng = np.random.default_rng(1)
    f32 = lambda a: a.astype(np.float32)
    inputs = f32(rng.random((ROWS, COLUMNS)))
    weights = f32(rng.random(ROWS) * 2)
    shapes = [(COLUMNS, HIDDEN), (HIDDEN, LATENT), (HIDDEN, LATENT), (LATENT, HIDDEN), (HIDDEN, COLUMNS)]
    start = [(f32(rng.normal(size=s) * 0.4), f32(rng.normal(size=s[1]) * 0.1)) for s in shapes]
    flat = [torch.tensor(a.astype(np.float64), requires_grad=True) for pair in start for a in pair]
    x = torch.tensor(inputs.astype(np.float64))
    w = torch.tensor(weights.astype(np.float64))
    m = [torch.zeros_like(p) for p in flat]
    v = [torch.zeros_like(p) for p in flat]
    leaky = lambda t: torch.nn.functional.leaky_relu(t, 0.3)
    history = []
    for step in range(1, STEPS + 1):
        eps = torch.tensor([normals(row, step) for row in range(ROWS)], dtype=torch.float64)
        h = leaky(x @ flat[0] + flat[1])
        mean, log_variance = h @ flat[2] + flat[3], h @ flat[4] + flat[5]
        z = mean + torch.exp(0.5 * log_variance) * eps
        y = torch.tanh(z @ flat[6] + flat[7]) @ flat[8] + flat[9]
        reconstruction = (((y - x) ** 2).mean(dim=1) * w).sum() / ROWS
        kl = (-0.5 * (1 + log_variance - mean**2 - torch.exp(log_variance))).sum(dim=1).mean()
        loss = reconstruction + BETA * kl
        history.append([loss.item(), reconstruction.item(), kl.item()])
        gradients = torch.autograd.grad(loss, flat)
        alpha = RATE * math.sqrt(1 - BETA2**step) / (1 - BETA1**step)
        with torch.no_grad():
            for p, g, mi, vi in zip(flat, gradients, m, v):
                mi += (g - mi) * (1 - BETA1)
                vi += (g * g - vi) * (1 - BETA2)
                p -= alpha * mi / (vi.sqrt() + EPSILON)
    rounded = lambda a: [float(f"{value:.9g}") for value in np.asarray(a, dtype=np.float64).ravel()]
    print(json.dumps({
        "inputs": rounded(inputs), "weights": rounded(weights),
        "start": [rounded(a) for pair in start for a in pair],
        "end": [rounded(p.detach().numpy()) for p in flat],
        "history": history}))


main()

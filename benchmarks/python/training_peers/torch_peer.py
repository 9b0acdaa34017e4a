#!/usr/bin/env python3
"""PyTorch in the training comparison: torch_peer.py CASE_FOLDER MODE THREADS (packages: torch, numpy; a C++ compiler).

eager: autograd and the fused Adam. compile: loss and gradients compiled together, and the fused Adam.
compile-step: gather, noise, loss, gradients and Adam in one compiled call.
"""
import sys

import torch
import torch.nn.functional as F

from peer import Case, Permutations, serve

folder, mode, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
torch.set_num_threads(threads)
torch.set_flush_denormal(True)
torch.manual_seed(1)
case = Case(folder)
data = torch.from_numpy(case.data.copy())
# PyTorch keeps kernels transposed; its LSTM has the gates in the same order.
params = [torch.from_numpy(tensor.T.copy()) for own in case.tensors for tensor in own]
# nn.LSTM's second bias, which is not trained here.
zeros = [torch.zeros(4 * layer["outputs"]) if "steps" in layer else None for layer in case.layers()]


def activate(layer, x):
    name = layer["activation"]
    if name == "linear":
        return x
    if name == "relu":
        return torch.relu(x)
    if name == "leaky_relu":
        return F.leaky_relu(x, layer["alpha"])
    if name == "sigmoid":
        return torch.sigmoid(x)
    raise ValueError(layer["activation"])


def lstm(layer, zero, x, w, u, b):
    """The last state. Eager: the kernel of nn.LSTM. Compiled: the steps one by one, as torch.compile leaves that kernel alone
    and does not see through it."""
    steps = x.reshape(x.shape[0], layer["steps"], layer["inputs"])
    if mode == "eager":
        start = torch.zeros(1, x.shape[0], layer["outputs"])
        return torch._VF.lstm(steps, (start, start), [w, u, b, zero], True, 1, 0.0, True, False, True)[0][:, -1]
    given = F.linear(steps, w, b)
    h = cell = torch.zeros(x.shape[0], layer["outputs"])
    for step in range(layer["steps"]):
        i, f, c, o = (given[:, step] + h @ u.T).chunk(4, dim=1)
        cell = torch.sigmoid(f) * cell + torch.sigmoid(i) * torch.tanh(c)
        h = torch.sigmoid(o) * torch.tanh(cell)
    return h


def tensors_of(p):
    """A list for each layer."""
    rest = iter(p)
    return [[next(rest) for _ in own] for own in case.tensors]


def loss_of(p, x, eps):
    layers, pairs = case.layers(), tensors_of(p)
    e = len(case.encoder)
    h = x
    for layer, own, zero in zip(case.encoder, pairs[:e], zeros):
        h = lstm(layer, zero, h, *own) if "steps" in layer else activate(layer, F.linear(h, *own))
    mean, log_variance = F.linear(h, *pairs[e]), F.linear(h, *pairs[e + 1])
    h = mean + torch.exp(0.5 * log_variance) * eps
    for layer, (w, b) in zip(case.decoder[:-1], pairs[e + 2:-1]):
        h = activate(layer, F.linear(h, w, b))
    y = F.linear(h, *pairs[-1])
    if case.reconstruction == "bce":
        reconstruction = F.binary_cross_entropy_with_logits(y, x, reduction="sum") / x.shape[0]
    else:
        reconstruction = F.mse_loss(activate(layers[-1], y), x)
    kl = -0.5 * torch.sum(1 + log_variance - mean * mean - torch.exp(log_variance)) / x.shape[0]
    return reconstruction + case.kl_factor * kl


BETA1, BETA2 = 0.9, 0.999


def fused():
    """loss, gradients by autograd, the optimizer of the library."""
    for p in params:
        p.requires_grad_()
    optimizer = torch.optim.Adam(params, lr=case.learning_rate, eps=case.epsilon, fused=True)
    loss_function = torch.compile(loss_of) if mode == "compile" else loss_of

    def step(x, eps):
        optimizer.zero_grad(set_to_none=True)
        loss = loss_function(params, x, eps)
        loss.backward()
        optimizer.step()
        return loss

    losses = [step(data[:case.batch], torch.from_numpy(eps)).item() for eps in case.noise]
    order = Permutations(case, 1)

    def run():
        step(data[torch.from_numpy(order.take())], torch.randn(case.batch, case.latent))

    serve(losses, run, case.batch)


def whole_step():
    first = [torch.zeros_like(p) for p in params]
    second = [torch.zeros_like(p) for p in params]
    gradient = torch.func.grad_and_value(loss_of)
    powers = torch.ones(2, dtype=torch.float64)

    def one(p, m, v, powers, x, eps):
        g, loss = gradient(p, x, eps)
        powers[0] *= BETA1
        powers[1] *= BETA2
        rate = (case.learning_rate * torch.sqrt(1 - powers[1]) / (1 - powers[0])).float()
        for pi, mi, vi, gi in zip(p, m, v, g):
            mi.lerp_(gi, 1 - BETA1)
            vi.lerp_(gi * gi, 1 - BETA2)
            pi.sub_(rate * mi / (vi.sqrt() + case.epsilon))
        return loss

    given = torch.compile(one, fullgraph=True, dynamic=False)

    @torch.compile(fullgraph=True, dynamic=False)
    def drawn(p, m, v, powers, index):
        return one(p, m, v, powers, data[index], torch.randn(case.batch, case.latent))

    with torch.no_grad():
        state = (params, first, second, powers)
        losses = [given(*state, data[:case.batch], torch.from_numpy(eps)).item() for eps in case.noise]
        order = Permutations(case, 1)
        serve(losses, lambda: drawn(*state, torch.from_numpy(order.take())), case.batch)


whole_step() if mode == "compile-step" else fused()

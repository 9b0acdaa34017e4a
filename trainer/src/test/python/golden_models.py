#!/usr/bin/env python3
"""Ten training steps of each kind of model in PyTorch, in double precision: the golden files of GoldenModelsTest.

Each file describes a network, its loss, its data and its optimizer, and says where ten steps from given weights lead:
the loss of each step, and for each tensor at the end its sum, its sum of squares and some of its values. The gradients
are PyTorch's (autograd); the layers' definitions are Keras' (batch normalisation with biased variance, also in the
moving variance; hard sigmoid clip(0.2 x + 0.5, 0, 1); cross-entropy of probabilities clipped to [1e-7, 1 - 1e-7]).

Start weights, noise, dropout and the order of the rows are the engine's own random numbers (engine_random.py).

Adam is Keras' formula, written out, for every case: w -= lr sqrt(1 - b2^t) / (1 - b1^t) m / (sqrt(v) + epsilon).
PyTorch's differs: it adds epsilon to sqrt(v / (1 - b2^t)), so its epsilon weighs less by sqrt(1 - b2^t) in the first
steps. Of the dynamic VAE only the value 1e-8 is PyTorch's.

    pip install torch numpy; python golden_models.py ../resources/io/weir/trainer/fit/golden
"""
import json
import math
import pathlib
import sys

import numpy as np
import torch

import engine_random as engine
from golden_cases import CASES

STEPS = 10
BETA1, BETA2 = 0.9, 0.999
MIN_PROBABILITY = float(np.float32(1e-7))
MAX_PROBABILITY = float(np.float32(1 - 1e-7))
torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def activate(name, x):
    match name:
        case "linear":
            return x
        case "relu":
            return torch.relu(x)
        case "leaky_relu":
            return torch.nn.functional.leaky_relu(x, float(np.float32(0.3)))
        case "tanh":
            return torch.tanh(x)
        case "sigmoid":
            return torch.sigmoid(x)
        case "hard_sigmoid":
            return torch.clamp(0.2 * x + 0.5, 0, 1)
        case "softmax":
            return torch.softmax(x, dim=1)
    raise ValueError(name)


def layers(network):
    """In the order of NetworkSpec.layers()."""
    heads = [network[name] for name in ("mean", "log_variance") if name in network]
    output = [network["output_log_variance"]] if "output_log_variance" in network else []
    return network["encoder"] + heads + network["decoder"] + output + network.get("classifier", {}).get("layers", [])


def lstm_units(layer):
    return layer["outputs"] // (layer["steps"] if layer["sequence"] else 1)


def lstm(layer, own, x):
    """PyTorch's own LSTM. Its gates are in the order i, f, g, o, which is Keras' i, f, c, o; its weights are transposed, and
    it has a second bias, here zero."""
    steps, units = layer["steps"], lstm_units(layer)
    h = torch.zeros(1, len(x), units)
    weights = [own["kernel"].T, own["recurrent"].T, own["bias"], torch.zeros(4 * units)]
    states, _, _ = torch._VF.lstm(x.reshape(len(x), steps, -1), (h, h), weights, True, 1, 0.0, True, False, True)
    return states.reshape(len(x), -1) if layer["sequence"] else states[:, -1]


class Model:
    """The tensors of a network; those of layer i start from stream 4 i + (place in the layer)."""

    def __init__(self, network, start_seed):
        self.network = network
        self.tensors = []
        for index, layer in enumerate(layers(network)):
            draw = lambda place, count, limit: engine.uniform(start_seed, 4 * index + place, count, limit)
            inputs, outputs = layer["inputs"], layer["outputs"]
            match layer["type"]:
                case "dense":
                    limit = math.sqrt(6 / (inputs + outputs)) * layer.get("start", 1)
                    kernel = draw(0, inputs * outputs, limit).reshape(inputs, outputs)
                    start = {"kernel": kernel, "bias": draw(1, outputs, 0.1)}
                case "batch_norm":
                    start = {
                        "gamma": np.float32(1) + draw(0, outputs, 0.1),
                        "beta": draw(1, outputs, 0.1),
                        "moving_mean": np.zeros(outputs),
                        "moving_variance": np.ones(outputs),
                    }
                case "step_dense":
                    inputs, outputs = inputs // layer["steps"], outputs // layer["steps"]
                    kernel = draw(0, inputs * outputs, math.sqrt(6 / (inputs + outputs))).reshape(inputs, outputs)
                    start = {"kernel": kernel, "bias": draw(1, outputs, 0.1)}
                case "lstm":
                    inputs, units = inputs // layer["steps"], lstm_units(layer)
                    kernel = draw(0, inputs * 4 * units, math.sqrt(6 / (inputs + 4 * units)))
                    recurrent = draw(1, units * 4 * units, math.sqrt(6 / (5 * units)))
                    start = {
                        "kernel": kernel.reshape(inputs, 4 * units),
                        "recurrent": recurrent.reshape(units, 4 * units),
                        "bias": draw(2, 4 * units, 0.1),
                    }
                case "dropout" | "repeat":
                    start = {}
            self.tensors.append({k: torch.tensor(v.astype(np.float64)) for k, v in start.items()})
        self.trained = [t for own in self.tensors for k, t in own.items() if not k.startswith("moving")]
        for tensor in self.trained:
            tensor.requires_grad_(True)

    def chain(self, x, chain, first, noise):
        for index, layer in enumerate(chain, first):
            own = self.tensors[index]
            match layer["type"]:
                case "dense":
                    x = activate(layer["activation"], x @ own["kernel"] + own["bias"])
                case "batch_norm":
                    mean, variance = x.mean(dim=0), x.var(dim=0, unbiased=False)
                    for moving, batch in (("moving_mean", mean), ("moving_variance", variance)):
                        own[moving] = own[moving] * 0.99 + batch.detach() * 0.01
                    x = own["gamma"] * (x - mean) / torch.sqrt(variance + 1e-3) + own["beta"]
                    x = activate(layer["activation"], x)
                case "step_dense":
                    steps = x.reshape(len(x) * layer["steps"], -1)
                    x = activate(layer["activation"], steps @ own["kernel"] + own["bias"]).reshape(len(x), -1)
                case "lstm":
                    x = lstm(layer, own, x)
                case "repeat":
                    x = x.repeat(1, layer["steps"])
                case "dropout":
                    x = x * torch.tensor(
                        [noise.dropout(row, index, layer["outputs"], layer["rate"]) for row, _ in noise.rows]
                    )
        return x

    def autoencode(self, x, noise):
        """Reconstruction, log-variance of it, latent, its mean and log-variance (None where there is none)."""
        n = self.network
        z = self.chain(x, n["encoder"], 0, noise)
        at = len(n["encoder"])
        mean = log_variance = None
        if "mean" in n:
            mean = self.chain(z, [n["mean"]], at, noise)
            log_variance = self.chain(z, [n["log_variance"]], at + 1, noise)
            z = mean + torch.exp(0.5 * log_variance) * noise.latent(n["mean"]["outputs"])
            at += 2
        last = self.chain(z, n["decoder"][:-1], at, noise)
        at += len(n["decoder"]) - 1
        y = self.chain(last, n["decoder"][-1:], at, noise)
        s = None
        if "output_log_variance" in n:
            s = self.chain(last, [n["output_log_variance"]], at + 1, noise)
        return y, s, z, mean, log_variance

    def classify(self, x, noise):
        own = self.network["classifier"]["layers"]
        return self.chain(x, own, len(layers(self.network)) - len(own), noise)[:, 0]


class Noise:
    """The random numbers of one step; `rows` are (row of the data, sample)."""

    def __init__(self, seed, epoch, rows):
        self.seed, self.epoch, self.rows = seed, epoch, rows

    def latent(self, columns):
        return torch.tensor([engine.normals(self.seed, self.epoch, row, s, columns) for row, s in self.rows])

    def dropout(self, row, layer, columns, rate):
        return engine.dropout_factors(self.seed, self.epoch, row, layer, columns, rate)


def reconstruction(objective, x, y, s):
    """[rows]"""
    match objective["reconstruction"]:
        case "MSE":
            e = (y - x) ** 2
        case "BCE":
            p = torch.clamp(y, MIN_PROBABILITY, MAX_PROBABILITY)
            e = -(x * torch.log(p) + (1 - x) * torch.log(1 - p))
        case "GAUSSIAN":
            s = torch.clamp(s, -10, 10)
            e = 0.5 * (s + (x - y) ** 2 / torch.exp(s))
    return e.mean(dim=1) if objective["reduction"] == "MEAN" else e.sum(dim=1)


def kl_divergence(objective, mean, log_variance):
    """[rows]"""
    m = torch.tensor(objective["prior_means"])
    v = torch.tensor(objective["prior_deviations"]) ** 2
    k = 0.5 * (((mean - m) ** 2 + torch.exp(log_variance)) / v - 1 - log_variance + torch.log(v))
    return k.mean(dim=1) if objective["kl_reduction"] == "MEAN" else k.sum(dim=1)


def losses(case, model, rows, normal_rows, epoch, data):
    """Mean over the rows: total, reconstruction, KL divergence, cross-entropy."""
    objective, network = case["objective"], case["network"]
    inputs, weights, labels = data
    samples = [(row, s) for row in rows for s in range(objective["samples"])]
    first = [(row, s) for row in normal_rows for s in range(objective["samples"])]
    noise = Noise(case["settings"]["seed"], epoch, first + samples)
    index = [row for row, _ in noise.rows]
    x = inputs[index]
    y, s, z, mean, log_variance = model.autoencode(x, noise)
    r = reconstruction(objective, x, y, s)
    k = torch.zeros_like(r) if mean is None else kl_divergence(objective, mean, log_variance)
    autoencoder = slice(0, len(first) or len(samples))
    w = weights[index][autoencoder]
    mean_r = (w * r[autoencoder]).mean()
    mean_k = ((w if objective["kl_weighted"] else 1) * k[autoencoder]).mean()
    total = objective["reconstruction_weight"] * mean_r + objective["beta"] * mean_k
    if "classifier" not in network:
        return total, mean_r, mean_k, torch.zeros(())
    match network["classifier"]["input"]:
        case "LATENT":
            given = z
        case "RECONSTRUCTION_LOSS":
            given = torch.stack([r], dim=1)
        case "LOSSES":
            given = torch.stack([r, k], dim=1)
        case "INPUTS":
            given = x
    p = model.classify(given.detach() if network["classifier"]["detach"] else given, noise)
    case.setdefault("_probabilities", []).append(p.detach())
    p = torch.clamp(p, MIN_PROBABILITY, MAX_PROBABILITY)
    label = labels[index]
    e = -(label * torch.log(p) + (1 - label) * torch.log(1 - p))
    cross_entropy = e[len(first):].mean()
    return total + objective["classifier_weight"] * cross_entropy, mean_r, mean_k, cross_entropy


class Adam:
    def __init__(self, tensors, rate, epsilon):
        self.tensors, self.rate, self.epsilon, self.t = tensors, rate, epsilon, 0
        self.m = [torch.zeros_like(p) for p in tensors]
        self.v = [torch.zeros_like(p) for p in tensors]

    def step(self, loss):
        gradients = torch.autograd.grad(loss, self.tensors)
        self.t += 1
        alpha = self.rate * math.sqrt(1 - BETA2**self.t) / (1 - BETA1**self.t)
        with torch.no_grad():
            for p, g, m, v in zip(self.tensors, gradients, self.m, self.v):
                m += (g - m) * (1 - BETA1)
                v += (g * g - v) * (1 - BETA2)
                p -= alpha * m / (v.sqrt() + self.epsilon)


def train(case, data):
    """Loss of each step, mean losses of each epoch, the model at the end."""
    settings, rows = case["settings"], len(data[0])
    model = Model(case["network"], case["start_seed"])
    adam = Adam(model.trained, settings["learning_rate"], settings["epsilon"])
    normal = [row for row in range(rows) if data[2][row] == 0] if case["objective"]["two_streams"] else None
    steps, epochs = [], []
    for epoch in range(1, settings["epochs"] + 1):
        shuffling = engine.RandomStream(settings["seed"], engine.SHUFFLE, epoch)
        order = list(range(rows))
        shuffling.shuffle(order)
        other = []
        if normal:
            other = [normal[i % len(normal)] for i in range(rows)]
            shuffling.shuffle(other)
        totals = np.zeros(4)
        for at in range(0, rows, settings["batch"]):
            end = min(rows, at + settings["batch"])
            parts = losses(case, model, order[at:end], other[at:end], epoch, data)
            totals += np.array([part.item() for part in parts]) * (end - at)
            steps.append(parts[0].item())
            adam.step(parts[0])
        epochs.append((totals / rows).tolist())
    assert len(steps) == STEPS
    return steps, epochs, model


def short(values, digits=9):
    return [float(f"{value:.{digits}g}") for value in np.asarray(values, dtype=np.float64).ravel()]


def described(tensor):
    values = tensor.detach().numpy().ravel()
    every = max(1, len(values) // 12)
    return {
        "sum": values.sum(),
        "sum_of_squares": (values**2).sum(),
        "every": every,
        "values": short(values[::every]),
    }


def free_biases(network):
    """Layers whose bias changes nothing, since only linear layers lie between it and a batch normalisation, which takes
    any constant off again: its gradient is rounding."""
    free, after = [], None
    for index, layer in reversed(list(enumerate(layers(network)))):
        in_chain = layer is not network.get("mean") and layer is not network.get("log_variance")
        linear = in_chain and layer["type"] == "dense" and layer["activation"] == "linear"
        is_free = linear and after is not None and (after == "batch_norm" or after == "free")
        if is_free:
            free.insert(0, index)
        after = "free" if is_free else layer["type"] if in_chain else None
    return free


def golden(name, case):
    """The first data with which the last epoch is the best, so that training returns its weights."""
    rows, columns = case["rows"], case["network"]["encoder"][0]["inputs"]
    for data_seed in range(1, 1000):
        rng = np.random.default_rng(data_seed)
        labels = (rng.random(rows) < 0.4).astype(int) if "classifier" in case["network"] else np.zeros(rows, int)
        inputs = short(rng.random((rows, columns)) * 0.6 + 0.4 * labels[:, None], 6)
        weights = short(rng.random(rows) * 2 if case["weighted"] else np.ones(rows), 6)
        as_floats = lambda values: torch.tensor(np.array(values, dtype=np.float32).astype(np.float64))
        data = as_floats(inputs).reshape(rows, columns), as_floats(weights), as_floats(labels)
        case.pop("_probabilities", None)
        steps, epochs, model = train(case, data)
        totals = [epoch[0] for epoch in epochs]
        if totals[-1] < min(totals[:-1]):
            break
    else:
        raise SystemExit(f"{name}: the loss does not fall")
    if "_probabilities" in case:
        p = torch.cat(case.pop("_probabilities"))
        saturated = ((p == 0) | (p == 1)).double().mean().item()
        print(f"{name}: p {p.min():.3f} to {p.max():.3f}, {saturated:.1%} saturated", file=sys.stderr)
    return {
        "about": f"{case['about']} Ten training steps as PyTorch computes them, written by golden_models.py",
        **{key: case[key] for key in ("network", "objective", "settings", "start_seed")},
        "rows": rows,
        "columns": columns,
        "inputs": inputs,
        "weights": weights if case["weighted"] else None,
        "labels": labels.tolist() if "classifier" in case["network"] else None,
        "steps": steps,
        "epochs": epochs,
        "free_biases": free_biases(case["network"]),
        "end": [{key: described(tensor) for key, tensor in own.items()} for own in model.tensors],
    }


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for name, case in CASES.items():
        lines = [f'"{key}":{json.dumps(value, separators=(",", ":"))}' for key, value in golden(name, case).items()]
        text = "{" + ",\n".join(lines) + "}\n"
        (folder / f"{name}.json").write_text(text)
        print(f"{name}: {len(text)} bytes", file=sys.stderr)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))

"""What a peer's script shares with the driver: the case's files, and the protocol on stdin and stdout.

A case is a folder: case.json (layers, loss, optimizer), rows.f32 [rows x columns], weights.f32 (kernel [inputs x outputs]
and bias of each layer: encoder, mean, log-variance, decoder; of a layer with steps, an LSTM, kernel [inputs x 4 outputs],
recurrent kernel [outputs x 4 outputs] and bias, the gates in the order i, f, c, o) and noise.f32 [gate steps x batch x latent], all float32,
little-endian.

A script prints "GATE [losses]": the losses of the first steps over the first batch of rows with the noise of the file,
then "READY". Each line "go SECONDS" that it reads is answered by "RATE rows/s rows/CPU-second".
"""
import json
import pathlib
import sys
import time

import numpy as np


class Case:
    def __init__(self, folder):
        folder = pathlib.Path(folder)
        c = json.loads((folder / "case.json").read_text())
        self.batch, self.rows, self.columns = c["batch"], c["rows"], c["columns"]
        self.latent, self.gate_steps = c["latent"], c["gate_steps"]
        self.learning_rate, self.epsilon = c["learning_rate"], c["epsilon"]
        self.reconstruction = c["reconstruction"]  # mse: mean over columns; bce: sum over columns
        self.kl_factor = c["kl_factor"]  # of the sum over latents, averaged over the batch
        self.encoder, self.heads, self.decoder = c["encoder"], c["heads"], c["decoder"]
        read = lambda name: np.fromfile(folder / name, dtype="<f4")
        self.data = read("rows.f32").reshape(self.rows, self.columns)
        self.noise = read("noise.f32").reshape(self.gate_steps, self.batch, self.latent)
        flat, at = read("weights.f32"), 0
        self.tensors = []  # a list for each layer
        for layer in self.layers():
            inputs, outputs = layer["inputs"], layer["outputs"]
            gates = 4 * outputs
            shapes = [(inputs, gates), (outputs, gates), (gates,)] if "steps" in layer else [(inputs, outputs), (outputs,)]
            own = []
            for shape in shapes:
                size = int(np.prod(shape))
                own.append(flat[at:at + size].reshape(shape))
                at += size
            self.tensors.append(own)

    def layers(self):
        return self.encoder + self.heads + self.decoder


class Permutations:
    """Row indices in a new random order every epoch, `steps` batches at a time."""

    def __init__(self, case, steps):
        self.random = np.random.default_rng(1)
        self.rows, self.size = case.rows, steps * case.batch
        self.at = self.rows

    def take(self):
        if self.at + self.size > self.rows:
            self.order = self.random.permutation(self.rows)
            self.at = 0
        self.at += self.size
        return self.order[self.at - self.size:self.at]


def serve(gate_losses, run, samples):
    """Calls run(), which learns `samples` rows, for as long as the driver asks."""
    print("GATE " + json.dumps([float(loss) for loss in gate_losses]), flush=True)
    until = time.perf_counter() + 2
    while time.perf_counter() < until:
        run()
    print("READY", flush=True)
    for line in sys.stdin:
        seconds = float(line.split()[1])
        count, start, elapsed, cpu = 0, time.perf_counter(), 0.0, time.process_time()
        while elapsed < seconds:
            run()
            count += 1
            elapsed = time.perf_counter() - start
        learned = count * samples
        print("RATE %.6g %.6g" % (learned / elapsed, learned / (time.process_time() - cpu)), flush=True)

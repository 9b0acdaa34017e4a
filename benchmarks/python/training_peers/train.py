#!/usr/bin/env python3
"""One epoch of ML4Anomalies' VAE_model_extended as its users write it: train.py FRAMEWORK DATA.csv[.gz] (packages: numpy,
pandas, and torch or tensorflow).

Reads the rows whose column `label` is 0, scales each column to [0, 1], holds out a tenth, trains one epoch in batches of
32 with Adam and prints the loss of the held-out rows. FRAMEWORK is torch (eager) or keras (fit).
"""
import os
import sys

import numpy as np
import pandas as pd

framework, data = sys.argv[1:]
WIDTHS, LATENT, SLOPE, BETA, RATE, BATCH = [20, 10, 10, 10, 7], 3, 0.3, 1e-6, 5e-4, 32
table = pd.read_csv(data)
rows = table[table["label"] == 0].drop(columns="label").to_numpy("f4")
low, high = rows.min(axis=0), rows.max(axis=0)
rows = (rows - low) / np.where(high > low, high - low, 1)
rows = np.random.default_rng(0).permutation(rows)
held = len(rows) // 10
columns = rows.shape[1]


def torch_epoch():
    import torch
    from torch import nn

    def chain(widths):
        layers = []
        for before, after in zip(widths, widths[1:]):
            layers += [nn.Linear(before, after), nn.LeakyReLU(SLOPE)]
        return nn.Sequential(*layers)

    class Vae(nn.Module):
        def __init__(self):
            super().__init__()
            self.encoder = chain([columns] + WIDTHS)
            self.mean, self.log_variance = nn.Linear(WIDTHS[-1], LATENT), nn.Linear(WIDTHS[-1], LATENT)
            self.decoder = chain([LATENT] + WIDTHS[::-1] + [columns])

        def forward(self, x):
            h = self.encoder(x)
            mean, log_variance = self.mean(h), self.log_variance(h)
            y = self.decoder(mean + torch.exp(0.5 * log_variance) * torch.randn_like(mean))
            kl = -0.5 * torch.mean(1 + log_variance - mean * mean - torch.exp(log_variance))
            return nn.functional.mse_loss(y, x) + BETA * kl

    torch.set_num_threads(1)  # faster for layers as small as these
    model = Vae()
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE, eps=1e-7)
    x = torch.from_numpy(rows)
    train, validation = x[held:], x[:held]
    for batch in train[torch.randperm(len(train))].split(BATCH):
        optimizer.zero_grad()
        model(batch).backward()
        optimizer.step()
    with torch.no_grad():
        return model(validation).item()


def keras_epoch():
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    import keras
    import tensorflow as tf
    from keras import layers

    def chain(widths, x):
        for width in widths:
            x = layers.LeakyReLU(negative_slope=SLOPE)(layers.Dense(width)(x))
        return x

    class Vae(keras.Model):
        def __init__(self):
            super().__init__()
            x = keras.Input((columns,))
            h = chain(WIDTHS, x)
            self.encoder = keras.Model(x, [layers.Dense(LATENT)(h), layers.Dense(LATENT)(h)])
            z = keras.Input((LATENT,))
            self.decoder = keras.Model(z, chain(WIDTHS[::-1] + [columns], z))

        def call(self, x):
            mean, log_variance = self.encoder(x)
            kl = -0.5 * tf.reduce_mean(1 + log_variance - tf.square(mean) - tf.exp(log_variance))
            self.add_loss(BETA * kl)
            return self.decoder(mean + tf.exp(0.5 * log_variance) * tf.random.normal(tf.shape(mean)))

    model = Vae()
    model.compile(optimizer=keras.optimizers.Adam(RATE), loss="mse")
    history = model.fit(
        rows[held:], rows[held:], epochs=1, batch_size=BATCH, verbose=0,
        validation_data=(rows[:held], rows[:held]), validation_batch_size=4096)
    return history.history["val_loss"][0]


print("validation loss", torch_epoch() if framework == "torch" else keras_epoch())

"""The models of which golden_models.py writes golden files."""


def dense(inputs, outputs, activation="linear", **more):
    return {"type": "dense", "inputs": inputs, "outputs": outputs, "activation": activation, **more}


def norm(columns):
    return {"type": "batch_norm", "inputs": columns, "outputs": columns, "activation": "leaky_relu"}


def dropout(columns, rate):
    return {"type": "dropout", "inputs": columns, "outputs": columns, "rate": rate}


def lstm(steps, inputs, units, sequence=False):
    outputs = steps * units if sequence else units
    return {"type": "lstm", "inputs": steps * inputs, "outputs": outputs, "steps": steps, "sequence": sequence}


def repeat(steps, columns):
    return {"type": "repeat", "inputs": columns, "outputs": steps * columns, "steps": steps}


def step_dense(steps, inputs, outputs, activation="linear"):
    inputs, outputs = steps * inputs, steps * outputs
    return {"type": "step_dense", "inputs": inputs, "outputs": outputs, "steps": steps, "activation": activation}


def chain(sizes, activation, last):
    pairs = list(zip(sizes, sizes[1:]))
    return [dense(i, o, last if at == len(pairs) - 1 else activation) for at, (i, o) in enumerate(pairs)]


def vae(encoder, latent, decoder):
    """`encoder` with the input first; `decoder` layers."""
    hidden = chain(encoder, "leaky_relu", "leaky_relu")
    return {
        "encoder": hidden,
        "mean": dense(encoder[-1], latent),
        "log_variance": dense(encoder[-1], latent),
        "decoder": decoder,
    }


def extended(o, i, n, h, latent):
    """ML4Anomalies' extended VAE."""
    decoder = chain([latent, h, n, n, n, i, o], "leaky_relu", "leaky_relu")
    return vae([o, i, n, n, n, h], latent, decoder)


def dynamic(sizes, latent):
    """The dynamic VAE: ReLU, sigmoid output."""
    network = vae(sizes, latent, chain([latent, *reversed(sizes)], "relu", "sigmoid"))
    network["encoder"] = chain(sizes, "relu", "relu")
    return network


def classified(network, given, width, hidden, activation, head, detach=False, start=(1, 1)):
    """`start` widens the first weights, so that small losses make a difference."""
    layers = [dense(width, hidden, activation, start=start[0]), dense(hidden, 1, head, start=start[1])]
    return {**network, "classifier": {"input": given, "detach": detach, "layers": layers}}


def objective(
    reconstruction="MSE",
    reduction="MEAN",
    weight=1,
    beta=0,
    kl_reduction="MEAN",
    kl_weighted=False,
    prior=((0.0,), (1.0,)),
    samples=1,
    classifier_weight=None,
    two_streams=False,
):
    return {
        "reconstruction": reconstruction,
        "reduction": reduction,
        "reconstruction_weight": weight,
        "beta": beta,
        "kl_reduction": kl_reduction,
        "kl_weighted": kl_weighted,
        "prior_means": prior[0],
        "prior_deviations": prior[1],
        "samples": samples,
        "classifier_weight": classifier_weight,
        "two_streams": two_streams,
    }


def case(about, network, loss, rows, rate=5e-4, epsilon=1e-7, batch=None, weighted=False, start_seed=2):
    batch = batch or rows
    epochs = 10 // -(-rows // batch)
    return {
        "about": about,
        "network": network,
        "objective": loss,
        "settings": {"learning_rate": rate, "epsilon": epsilon, "batch": batch, "epochs": epochs, "seed": 0x1234567890ABCDEF},
        "start_seed": start_seed,
        "rows": rows,
        "weighted": weighted,
    }


def m3(o, latent):
    return vae([o, 128, 64, 32], latent, chain([latent, latent, 32, 64, 128, o], "leaky_relu", "linear"))


def m6(o, latent, h):
    decoder = chain([latent, latent, o, o, h, o], "leaky_relu", "leaky_relu")
    return vae([o, 2 * o, o, o, o, h], latent, decoder)


def m7(o):
    encoder = [
        *(dense(o, 2 * o), dropout(2 * o, 0.2), norm(2 * o)),
        *(dense(2 * o, o), dropout(o, 0.2), norm(o)),
        dense(o, o),
    ]
    return {"encoder": encoder, "decoder": [dense(o, o), norm(o), dense(o, 2 * o), norm(2 * o), dense(2 * o, o)]}


def normed(sizes):
    return [layer for i, o in zip(sizes, sizes[1:]) for layer in (dense(i, o), norm(o))]


def m9(o, latent):
    h = round(o / 2)
    return {
        "encoder": normed([o, 2 * o, o, o, o, h]),
        "mean": dense(h, latent),
        "log_variance": dense(h, latent),
        "decoder": [dense(latent, h), *normed([h, h, o, o]), dense(o, o, "leaky_relu")],
    }


def m10(given, head="hard_sigmoid", **more):
    width = {"LATENT": 7, "RECONSTRUCTION_LOSS": 1, "LOSSES": 2, "INPUTS": 14}[given]
    return classified(extended(14, 20, 10, 7, 7), given, width, 10, "relu", head, **more)


def learned_variance():
    network = vae([9, 13], 3, chain([3, 13, 9], "tanh", "linear"))
    return {**network, "output_log_variance": dense(13, 9)}


def lstm_vae(steps, columns, units, latent, decoder):
    return {
        "encoder": [lstm(steps, columns, units)],
        "mean": dense(units, latent),
        "log_variance": dense(units, latent),
        "decoder": decoder,
    }


def lstm_decoder(steps, columns, units, latent, activation):
    return [repeat(steps, latent), lstm(steps, latent, units, True), step_dense(steps, units, columns, activation)]


M10_LOSS = objective(weight=0.01, beta=1e-8, classifier_weight=1)
M11 = classified(extended(14, 30, 15, 7, 3), "LOSSES", 2, 12, "softmax", "hard_sigmoid", start=(6, 3))

CASES = {
    "vae-weighted": case(
        "VAE with mean squared error, summed KL divergence and weighted rows.",
        vae([9, 13], 3, chain([3, 13, 9], "tanh", "linear")),
        objective(beta=0.25, kl_reduction="SUM"),
        24,
        rate=1e-2,
        weighted=True,
    ),
    "m1": case("ML4Anomalies' extended VAE 20/10/7/3.", extended(14, 20, 10, 7, 3), objective(beta=1e-6), 24),
    "m1-two-batches": case(
        "ML4Anomalies' extended VAE 20/10/7/3, batches of 16 and 7 rows.",
        extended(14, 20, 10, 7, 3),
        objective(beta=1e-6),
        23,
        batch=16,
    ),
    "m3": case("ML4Anomalies' VAE_model3, latent 3.", m3(14, 3), objective(beta=1e-8), 16),
    "m6": case(
        "ML4Anomalies' weighted VAE: weights count for the reconstruction; batches of 16 and 4 rows.",
        m6(14, 6, 7),
        objective(beta=1e-6),
        20,
        batch=16,
        weighted=True,
    ),
    "m7": case("ML4Anomalies' plain autoencoder with dropout and batch normalisation.", m7(14), objective(), 24, rate=1e-3),
    "m7-two-batches": case(
        "ML4Anomalies' plain autoencoder with dropout and batch normalisation, batches of 16 and 7 rows.",
        m7(14),
        objective(),
        23,
        rate=1e-3,
        batch=16,
    ),
    "m9": case(
        "ML4Anomalies' weighted VAE with batch normalisation: weights count for both losses.",
        m9(14, 4),
        objective(weight=10000, beta=1, kl_weighted=True),
        24,
        weighted=True,
    ),
    "m10-a": case("ML4Anomalies' VAE + DNN, classifier on the latent.", m10("LATENT"), M10_LOSS, 24),
    "m10-b": case("ML4Anomalies' VAE + DNN, classifier on the reconstruction loss.", m10("RECONSTRUCTION_LOSS", start=(6, 3)), M10_LOSS, 24),
    "m10-c": case("ML4Anomalies' VAE + DNN, classifier on both losses.", m10("LOSSES", start=(4, 2)), M10_LOSS, 24),
    "m10-x": case(
        "ML4Anomalies' VAE + DNN, classifier on the inputs, wide start: some rows saturate the hard sigmoid.",
        m10("INPUTS", start=(1, 6)),
        M10_LOSS,
        24,
    ),
    "m10-c-sigmoid": case("ML4Anomalies' VAE + DNN on both losses, sigmoid.", m10("LOSSES", "sigmoid", start=(4, 2)), M10_LOSS, 24),
    "m10-c-detached": case(
        "ML4Anomalies' VAE + DNN on both losses, which the classifier leaves alone.", m10("LOSSES", detach=True, start=(4, 2)), M10_LOSS, 24
    ),
    "m10-a-detached": case(
        "ML4Anomalies' VAE + DNN on the latent, which the classifier leaves alone.", m10("LATENT", detach=True), M10_LOSS, 24
    ),
    "m11": case(
        "ML4Anomalies' VAE_separate, narrowed: two streams, softmax as hidden activation.",
        M11,
        objective(beta=1e-6, classifier_weight=10, two_streams=True),
        20,
    ),
    "m11-two-batches": case(
        "ML4Anomalies' VAE_separate, narrowed: two streams, batches of 16 and 6 rows of each.",
        M11,
        objective(beta=1e-6, classifier_weight=10, two_streams=True),
        22,
        batch=16,
    ),
    "dynamic": case(
        "Dynamic beta-VAE, two layers: cross-entropy and KL divergence summed, beta 1.5.",
        dynamic([24, 13], 2),
        objective("BCE", "SUM", beta=1.5, kl_reduction="SUM"),
        20,
        rate=1e-3,
        epsilon=1e-8,
    ),
    "dynamic-prior": case(
        "Dynamic VAE with two samples of the latent per row and another prior, batches of 12 and 5 rows.",
        dynamic([24, 13], 2),
        objective("BCE", "SUM", beta=1, kl_reduction="SUM", prior=((2.0, 5.0), (3.0, 1.0)), samples=2),
        17,
        rate=1e-3,
        epsilon=1e-8,
        batch=12,
    ),
    "learned-variance": case(
        "VAE with learned variance of its outputs.",
        learned_variance(),
        objective("GAUSSIAN", "SUM", beta=0.5, kl_reduction="SUM"),
        20,
        rate=1e-2,
    ),
    "learned-variance-mean": case(
        "VAE with learned variance of its outputs, means over features, two samples, weighted rows.",
        learned_variance(),
        objective("GAUSSIAN", "MEAN", beta=0.1, samples=2),
        20,
        rate=1e-2,
        weighted=True,
    ),
    "lstm-dense-decoder": case(
        "LSTM-encoder VAE: the last state, a dense decoder; cross-entropy and KL divergence summed, batches of 12 and 5 rows.",
        lstm_vae(6, 4, 18, 3, chain([3, 18, 24], "relu", "sigmoid")),
        objective("BCE", "SUM", beta=1, kl_reduction="SUM"),
        17,
        rate=1e-3,
        batch=12,
    ),
    "lstm-decoder": case(
        "VAE of two LSTMs before the latent and one behind it; squares and KL divergence summed.",
        {
            **lstm_vae(5, 3, 10, 2, lstm_decoder(5, 3, 10, 2, "linear")),
            "encoder": [lstm(5, 3, 17, True), lstm(5, 17, 10)],
        },
        objective("MSE", "SUM", beta=0.5, kl_reduction="SUM"),
        20,
        rate=1e-2,
    ),
}

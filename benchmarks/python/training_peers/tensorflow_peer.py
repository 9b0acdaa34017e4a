#!/usr/bin/env python3
"""TensorFlow in the training comparison: tensorflow_peer.py CASE_FOLDER MODE THREADS (packages: tensorflow-cpu, numpy).

graph: many steps in one tf.function, with the library's Adam kernel. xla: the step compiled by XLA, the loop over steps in
the graph. xla-loop: the loop compiled too.
"""
import os
import sys

folder, mode, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
if threads == 1:
    # XLA's own pool has a thread per processor that it sees.
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})

import tensorflow as tf

from peer import Case, Permutations, serve

tf.config.threading.set_intra_op_parallelism_threads(threads)
tf.config.threading.set_inter_op_parallelism_threads(1)
case = Case(folder)
data = tf.constant(case.data)
layers = case.layers()
tensors = [[tf.Variable(a) for a in own] for own in case.tensors]
variables = [v for own in tensors for v in own]
firsts = [tf.Variable(tf.zeros_like(v)) for v in variables]
seconds = [tf.Variable(tf.zeros_like(v)) for v in variables]
BETA1, BETA2 = 0.9, 0.999
power1, power2 = tf.Variable(1.0), tf.Variable(1.0)
STEPS = max(1, min(128, case.rows // case.batch // 2))


def activate(layer, x):
    name = layer["activation"]
    if name == "linear":
        return x
    if name == "relu":
        return tf.nn.relu(x)
    if name == "leaky_relu":
        return tf.nn.leaky_relu(x, layer["alpha"])
    if name == "sigmoid":
        return tf.sigmoid(x)
    raise ValueError(layer["activation"])


def lstm(layer, x, w, u, b):
    """The last state. The steps are unrolled: a loop in the graph, which keras.layers.LSTM has, is slower."""
    steps, units = layer["steps"], layer["outputs"]
    rows = tf.reshape(x, (case.batch * steps, layer["inputs"]))
    given = tf.unstack(tf.reshape(tf.nn.bias_add(tf.matmul(rows, w), b), (case.batch, steps, 4 * units)), axis=1)
    h = cell = tf.zeros((case.batch, units))
    for step in range(steps):
        i, f, c, o = tf.split(given[step] + tf.matmul(h, u), 4, axis=1)
        cell = tf.sigmoid(f) * cell + tf.sigmoid(i) * tf.tanh(c)
        h = tf.sigmoid(o) * tf.tanh(cell)
    return h


def loss_of(x, eps):
    dense = lambda h, i: tf.nn.bias_add(tf.matmul(h, tensors[i][0]), tensors[i][1])
    e = len(case.encoder)
    h = x
    for i in range(e):
        h = lstm(layers[i], h, *tensors[i]) if "steps" in layers[i] else activate(layers[i], dense(h, i))
    mean, log_variance = dense(h, e), dense(h, e + 1)
    h = mean + tf.exp(0.5 * log_variance) * eps
    for i in range(e + 2, len(layers) - 1):
        h = activate(layers[i], dense(h, i))
    y = dense(h, len(layers) - 1)
    if case.reconstruction == "bce":
        cross_entropy = tf.nn.sigmoid_cross_entropy_with_logits(labels=x, logits=y)
        reconstruction = tf.reduce_sum(cross_entropy) / case.batch
    else:
        reconstruction = tf.reduce_mean(tf.square(activate(layers[-1], y) - x))
    kl = -0.5 * tf.reduce_sum(1 + log_variance - tf.square(mean) - tf.exp(log_variance)) / case.batch
    return reconstruction + case.kl_factor * kl


def step(x, eps):
    with tf.GradientTape() as tape:
        loss = loss_of(x, eps)
    gradients = tape.gradient(loss, variables)
    p1, p2 = power1.assign(power1 * BETA1), power2.assign(power2 * BETA2)
    for v, m1, m2, g in zip(variables, firsts, seconds, gradients):
        tf.raw_ops.ResourceApplyAdam(
            var=v.handle, m=m1.handle, v=m2.handle, beta1_power=p1, beta2_power=p2, lr=case.learning_rate,
            beta1=BETA1, beta2=BETA2, epsilon=case.epsilon, grad=g)
    return loss


def learn(rows):
    return step(tf.gather(data, rows), tf.random.normal((case.batch, case.latent)))


if mode == "xla":
    learn = tf.function(learn, jit_compile=True)


def many(order):
    loss = 0.0
    for s in tf.range(STEPS):
        loss = learn(order[s])
    return loss


given = tf.function(step, jit_compile=mode != "graph")
many = tf.function(many, jit_compile=mode == "xla-loop")
losses = [given(data[:case.batch], tf.constant(eps)).numpy() for eps in case.noise]
order = Permutations(case, STEPS)
shape = (STEPS, case.batch)
serve(losses, lambda: many(tf.constant(order.take().reshape(shape).astype("i4"))).numpy(), STEPS * case.batch)

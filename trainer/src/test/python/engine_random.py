"""The engine's random numbers, computed here again from the published algorithms.

Philox4x32-10: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011. Normal numbers: Box and Muller, 1958.
Integers below a bound: Lemire, "Fast random integer generation in an interval", 2019. Shuffle: Fisher and Yates.
"""
import math

import numpy as np

WEIGHTS, SPLIT, SHUFFLE, NOISE, VALIDATION_NOISE, DROPOUT = range(6)
LOW = 0xFFFFFFFF


def philox(c0, c1, c2, c3, key):
    k0, k1 = key & LOW, key >> 32 & LOW
    for _ in range(10):
        p0, p1 = 0xD2511F53 * c0, 0xCD9E8D57 * c2
        c0, c1, c2, c3 = (p1 >> 32) ^ c1 ^ k0, p1 & LOW, (p0 >> 32) ^ c3 ^ k1, p0 & LOW
        k0, k1 = (k0 + 0x9E3779B9) & LOW, (k1 + 0xBB67AE85) & LOW
    return c0, c1, c2, c3


class RandomStream:
    """Consecutive counters of one seed, purpose and index."""

    def __init__(self, seed, purpose, index):
        self.seed, self.purpose, self.index = seed, purpose, index
        self.counter, self.words = 0, []

    def next_int(self):
        if not self.words:
            self.words = list(philox(self.counter & LOW, self.counter >> 32, self.index, self.purpose, self.seed))
            self.counter += 1
        return self.words.pop(0)

    def next_below(self, bound):
        product = self.next_int() * bound
        if product & LOW < bound:
            while product & LOW < (1 << 32) % bound:
                product = self.next_int() * bound
        return product >> 32

    def next_double(self):
        high, low = self.next_int(), self.next_int()
        return ((high << 21) ^ (low >> 11)) * 2.0**-53

    def shuffle(self, values):
        for i in range(len(values) - 1, 0, -1):
            j = self.next_below(i + 1)
            values[i], values[j] = values[j], values[i]


def uniform(seed, index, count, limit):
    """[count] floats in [-limit, limit)."""
    stream = RandomStream(seed, WEIGHTS, index)
    return np.array([(2 * stream.next_double() - 1) * limit for _ in range(count)], dtype=np.float32)


def normals(seed, epoch, row, sample, latent):
    """[latent] noise of a row of the data."""
    quads = (latent + 3) // 4
    result = []
    for quad in range(sample * quads, (sample + 1) * quads):
        w = philox(quad, row, epoch, NOISE, seed)
        for radius, angle in ((w[0], w[1]), (w[2], w[3])):
            u = ((radius >> 8) + 0.5) * 2.0**-24
            signed = angle - 2**32 if angle >= 2**31 else angle
            v = (signed >> 8) * 2.0**-23
            r = math.sqrt(-2 * math.log(u))
            result += [r * math.cos(math.pi * v), r * math.sin(math.pi * v)]
    return result[:latent]


def dropout_factors(seed, epoch, row, layer, columns, rate):
    """[columns] 0 or 1 / (1 - rate)."""
    rate = float(np.float32(rate))
    words = []
    for quad in range((columns + 3) // 4):
        words += philox(quad, row, epoch | layer << 24, DROPOUT, seed)
    return [1 / (1 - rate) if (word >> 8) * 2.0**-24 >= rate else 0.0 for word in words[:columns]]

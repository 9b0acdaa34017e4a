"""Writes tail_golden.json: what SciPy makes of excesses of known distributions.

Usage: python tail_golden.py > ../resources/io/weir/trainer/measure/tail_golden.json
Needs numpy and scipy.
"""

import json

import numpy as np
from scipy import optimize, stats


def case(name, excesses):
    x = np.sort(np.asarray(excesses, dtype=np.float64))

    def loss(parameters):
        return -stats.genpareto.logpdf(x, parameters[0], 0, np.exp(parameters[1])).sum()

    shape, _, scale = stats.genpareto.fit(x, floc=0)
    # SciPy stops early; from its answer on to the maximum itself.
    best = optimize.minimize(
        loss, [shape, np.log(scale)], method="Nelder-Mead", options={"xatol": 1e-10, "fatol": 1e-12}
    )
    shape, scale = best.x[0], np.exp(best.x[1])
    n = len(x)
    i = np.arange(1, n + 1)
    below = stats.genpareto.logcdf(x, shape, 0, scale)
    above = stats.genpareto.logsf(x[::-1], shape, 0, scale)
    return {
        "name": name,
        "excesses": [float(v) for v in x],
        "ml_shape": float(shape),
        "ml_scale": float(scale),
        "anderson_darling": float(-n - ((2 * i - 1) * (below + above)).sum() / n),
    }


random = np.random.default_rng(11)
print(
    json.dumps(
        [
            case("exponential", random.exponential(size=200)),
            case("heavy", stats.genpareto.rvs(0.4, scale=2, size=300, random_state=random)),
            case("ending", stats.genpareto.rvs(-0.3, scale=0.5, size=200, random_state=random)),
            case("log-normal", np.exp(random.normal(size=150))),
        ]
    )
)

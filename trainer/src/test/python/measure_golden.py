"""Writes measure_golden.json: what scikit-learn and NumPy make of scores with ties.

Usage: python measure_golden.py > ../resources/io/weir/trainer/measure/measure_golden.json
Needs numpy and scikit-learn.
"""

import json

import numpy as np
from sklearn.metrics import average_precision_score, precision_recall_curve, roc_auc_score


def case(name, scores, labels):
    scores = np.asarray(scores, dtype=np.float32)
    labels = np.asarray(labels, dtype=np.int64)
    precision, recall, _ = precision_recall_curve(labels, scores)
    with np.errstate(invalid="ignore"):
        f1 = np.nan_to_num(2 * precision * recall / (precision + recall))
    wide = scores.astype(np.float64)
    return {
        "name": name,
        "scores": [float(s) for s in scores],
        "labels": labels.tolist(),
        "auroc": float(roc_auc_score(labels, scores)),
        "average_precision": float(average_precision_score(labels, scores)),
        "best_f1": float(f1.max()),
        "mean": float(wide.mean()),
        "standard_deviation": float(wide.std()),
        "quantiles": {str(p): float(np.quantile(wide, p)) for p in (0, 0.25, 0.5, 0.9, 0.99, 0.999, 1)},
    }


random = np.random.default_rng(7)
labels = (random.random(300) < 0.1).astype(int)
noise = random.normal(size=300)
print(
    json.dumps(
        [
            case("separated", [0.1, 0.2, 0.3, 0.9, 0.8], [0, 0, 0, 1, 1]),
            case("reversed", [0.9, 0.8, 0.1], [0, 0, 1]),
            case("all equal", [1, 1, 1, 1], [0, 1, 0, 1]),
            case("negative and zero", [-1.5, -0.0, 0.0, 2.5, -3, 1e-30], [0, 1, 0, 1, 0, 1]),
            case("random", noise + 1.5 * labels, labels),
            case("random with ties", np.round(noise + 1.5 * labels, 1), labels),
            case("mostly ties", np.round(noise + 1.5 * labels), labels),
            case("long tail", np.exp(3 * noise + 4 * labels), labels),
        ]
    )
)

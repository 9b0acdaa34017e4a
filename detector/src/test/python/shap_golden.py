#!/usr/bin/env python3
"""Writes shap_golden.json: kernel SHAP of a published model's score as Python's shap computes it.

    pip install shap onnxruntime numpy
    python shap_golden.py ../resources/io/weir/detector/shap/payments.onnx \
        > ../resources/io/weir/detector/shap/shap_golden.json

The background is that of the model's card, with its weights; the explained rows are those of its golden vectors. All
coalitions are evaluated (nsamples = 2^features, no regularisation), so the values are exact but for rounding.

The model was published by

    ./weir train --data payments.csv --exclude id --label fraud --log10 amount --layers 12 --latent 3 --epochs 40 \
        --background-rows 25 --created 2026-01-01T00:00:00Z --out payments.onnx

from the rows that this script writes with --rows payments.csv.
"""
import csv
import json
import math
import random
import sys

import numpy as np


def write_rows(path):
    draw = random.Random(5)
    with open(path, "w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["id", "amount", "items", "distance", "speed", "age", "night", "shop", "at", "fraud"])
        for row in range(2000):
            fraud = row % 20 == 19
            wealth, far = draw.gauss(0, 1), draw.gauss(0, 1)
            other = draw.gauss(0, 1) if fraud else wealth
            out.writerow([
                row,
                round(math.exp(3 + 0.7 * wealth + 0.05 * draw.gauss(0, 1)), 4),
                "" if draw.random() < 0.1 else round(20 + 5 * other + 0.4 * draw.gauss(0, 1), 4),
                round(50 + 12 * far + draw.gauss(0, 1), 4),
                round(abs(30 + 10 * far + draw.gauss(0, 2)), 4),
                draw.randrange(18, 90),
                str((far > 1) != fraud).lower(),
                ["grocery", "fuel", "travel"][2 if far > 0.7 else 0 if wealth > 0 else 1],
                f"2026-03-{1 + row % 28:02d}T{(8 + int(4 * abs(far))) % 24:02d}:{row % 60:02d}:00Z",
                int(fraud),
            ])


def floats(row):
    return [math.nan if value is None else value for value in row]


def main(path):
    import onnxruntime
    import shap
    from shap.utils._legacy import DenseData

    session = onnxruntime.InferenceSession(path)
    card = json.loads(session.get_modelmeta().custom_metadata_map["weir.card"])
    names = [feature["name"] for feature in card["features"]]
    background = np.array([floats(row["features"]) for row in card["background"]["rows"]])
    weights = np.array([row["weight"] for row in card["background"]["rows"]])

    def score(rows):
        return session.run(["score"], {"features": np.asarray(rows, dtype=np.float32)})[0].astype(np.float64)

    explainer = shap.KernelExplainer(score, DenseData(background, names, None, weights))
    cases = []
    for golden in card["golden"]:
        row = np.array(floats(golden["features"]))
        phi = explainer.shap_values(row, nsamples=2 ** len(names), l1_reg=False, silent=True)
        cases.append({"features": golden["features"], "score": golden["score"], "phi": [float(p) for p in phi]})
    print(json.dumps({
        "about": f"shap {shap.__version__}, onnxruntime {onnxruntime.__version__}; written by shap_golden.py",
        "base": float(explainer.expected_value),
        "cases": cases,
    }, indent=1))


if sys.argv[1] == "--rows":
    write_rows(sys.argv[2])
else:
    main(sys.argv[1])

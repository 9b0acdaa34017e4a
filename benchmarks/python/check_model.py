#!/usr/bin/env python3
"""Runs a Weir model with Python's onnxruntime and says whether it gives what Weir says it gives.

    check_model.py MODEL                                  replays the golden vectors of the model card
    check_model.py MODEL --data ROWS.csv --scores S.csv   also compares with the output of `weir score`

ROWS.csv(.gz) has a header with the model's fields; S.csv is what `weir score --model MODEL --data ROWS.csv`
printed. Prints the largest deviation of every output, as a number and in multiples of what is allowed.
Exit code: 0 they agree, 1 they do not, 2 wrong usage. Needs: numpy, onnxruntime; checks the file's form with
onnx.checker where the package onnx is installed.

The rule (the same as io.weir.detector.Agreement): values agree within a relative 1e-5. A loss is what remains of
two nearly equal float32 numbers and cannot be reproduced below their rounding; so every value inside the network
may be off by d = 2e-6 x the largest network input or latent of the row (at least 1): a squared loss T, summed over n
outputs, by 2 d sqrt(n T) + n d^2; an absolute loss or a cross-entropy by n d; a KL divergence K, summed over l
latents, by d (l + 2 sqrt(2 l K)). Expected values and latents may be off by 1e-5 of that unit.
"""

import argparse
import csv
import datetime
import gzip
import json
import math
import sys

import numpy as np
import onnxruntime

RELATIVE = 1e-5
ROUNDING = 2e-6
CYCLE_SHARE = 1e-3
CYCLE_SECONDS = {"TIME_OF_DAY": 86_400, "DAY_OF_WEEK": 604_800, "DAY_OF_YEAR": 31_622_400}
TRUE = {"1", "true", "t", "yes", "1.0"}


class Worst:
    """The largest deviation of each output."""

    def __init__(self):
        self.outputs = {}

    def add(self, output, expected, actual, allowed, difference=None):
        if difference is None:
            same = expected == actual or (math.isnan(expected) and math.isnan(actual))
            difference = 0.0 if same else abs(expected - actual)
        if not math.isfinite(difference):
            difference = math.inf
        allowed = allowed if math.isfinite(allowed) else sys.float_info.max
        ratio = 0.0 if difference == 0 else difference / allowed if allowed else math.inf
        if output not in self.outputs or ratio > self.outputs[output][0]:
            self.outputs[output] = (ratio, difference, expected, actual)

    def agrees(self):
        return all(ratio <= 1 for ratio, _, _, _ in self.outputs.values())

    def print(self, title):
        print(title)
        for output, (ratio, difference, expected, actual) in self.outputs.items():
            print(
                f"  {output:<20} off by at most {difference:.3g}, {ratio:.3g} of what is allowed"
                f" ({actual:.9g} for {expected:.9g})"
            )


class Rule:
    """When two runtimes agree on a row of this model."""

    def __init__(self, card):
        self.features = card["features"]
        self.preprocessing = card["preprocessing"]
        self.outputs = card["architecture"]["inputs"]
        self.latents = card["architecture"]["latent"]
        training = card["training"]
        self.squared = training["reconstructionLoss"] == "mse"
        self.mean = training["reconstructionReduction"] == "mean"
        self.kl_mean = training["klReduction"] == "mean"
        self.kl_weight = card["scoring"]["klWeight"]

    def compare_scores(self, worst, unit, expected, actual):
        """Each of expected and actual is (score, reconstruction loss, KL divergence)."""
        rounding = ROUNDING * unit
        loss = self.loss_allowed(max(abs(expected[1]), abs(actual[1])), rounding)
        kl = self.kl_allowed(max(abs(expected[2]), abs(actual[2])), rounding)
        worst.add("score", expected[0], actual[0], loss + self.kl_weight * kl)
        worst.add("reconstruction_loss", expected[1], actual[1], loss)
        worst.add("kl_divergence", expected[2], actual[2], kl)

    def compare_explanation(self, worst, unit, loss, expected, actual):
        """Each of expected and actual is (expected, contribution, latent)."""
        rounding = ROUNDING * unit
        total = loss * self.outputs if self.mean else loss
        for i in range(len(expected[0])):
            feature = self.features[i % len(self.features)]
            self.compare_expected(
                worst, i % len(self.features), float(expected[0][i]), float(actual[0][i]), unit
            )
            share = max(abs(float(expected[1][i])), abs(float(actual[1][i])))
            terms = {"category": len(feature.get("vocabulary", [])) + 1, "cyclic_time": 2}.get(feature["kind"], 1)
            rounded = self.rounded(share * total, terms, rounding) + share * self.rounded(total, self.outputs, rounding)
            allowed = RELATIVE + (rounded / total if total > 0 else 1)
            worst.add("contribution", float(expected[1][i]), float(actual[1][i]), allowed)
        for a, b in zip(expected[2], actual[2]):
            worst.add("latent", float(a), float(b), RELATIVE * unit)

    def compare_expected(self, worst, i, expected, actual, unit):
        feature = self.features[i]
        if feature["kind"] == "category":
            worst.add("expected", expected, actual, 0)
        elif feature["kind"] == "cyclic_time":
            period = CYCLE_SECONDS[feature["cycle"]]
            distance = abs(expected - actual) % period
            worst.add("expected", expected, actual, CYCLE_SHARE * period, min(distance, period - distance))
        else:
            raw = RELATIVE * max(abs(expected), abs(actual))
            a, b = self.network_input(i, expected), self.network_input(i, actual)
            if abs(expected - actual) <= raw:
                worst.add("expected", expected, actual, raw)
            else:
                worst.add("expected", expected, actual, RELATIVE * max(unit, abs(a), abs(b)), abs(a - b))

    def loss_allowed(self, loss, rounding):
        rounded = self.rounded(loss * self.outputs if self.mean else loss, self.outputs, rounding)
        return RELATIVE * loss + (rounded / self.outputs if self.mean else rounded)

    def rounded(self, total, terms, rounding):
        if self.squared:
            return 2 * rounding * math.sqrt(terms * total) + terms * rounding * rounding
        return terms * rounding

    def kl_allowed(self, kl, rounding):
        total = kl * self.latents if self.kl_mean else kl
        rounded = rounding * (self.latents + 2 * math.sqrt(2 * self.latents * total))
        exponent = max(1.0, math.log(kl)) if kl > 0 else 1.0
        return RELATIVE * exponent * kl + (rounded / self.latents if self.kl_mean else rounded)

    def unit(self, row, latent):
        unit = max([1.0] + [abs(float(value)) for value in latent])
        for at, given in enumerate(row):
            i = at % len(self.features)
            if self.features[i]["kind"] in ("numeric", "flag"):
                value = self.preprocessing[i]["fill"] if math.isnan(given) else float(given)
                unit = max(unit, abs(self.network_input(i, value)))
        return unit

    def network_input(self, i, raw):
        how = self.preprocessing[i]
        if how["transform"] == "LOG10":
            raw = math.log10(max(raw, how["floor"]))
        elif how["transform"] == "LOG1P":
            raw = math.log1p(max(raw, how["floor"]))
        return (raw - how["shift"]) * how["factor"]


def golden_vectors(session, card, rule):
    worst = Worst()
    names = ["score", "reconstruction_loss", "kl_divergence", "expected", "contribution", "latent"]
    for vector in card["golden"]:
        row = np.array([math.nan if v is None else v for v in vector["features"]], np.float32)
        # A recurrent network is never run with a single row, which has other last bits.
        rows = np.stack([row, row]).reshape(shape(card))
        score, loss, kl, expected, contribution, latent = (
            output[0] for output in session.run(names, {"features": rows})
        )
        promised = [float(np.float32(vector[name])) for name in ("score", "reconstructionLoss", "klDivergence")]
        unit = rule.unit(row, vector["latent"])
        rule.compare_scores(worst, unit, promised, (float(score), float(loss), float(kl)))
        rule.compare_explanation(
            worst,
            unit,
            max(promised[1], float(loss)),
            [np.array(vector[name], np.float32) for name in ("expected", "contribution", "latent")],
            (expected.reshape(-1), contribution.reshape(-1), latent),
        )
    worst.print(f"{len(card['golden'])} golden vectors:")
    return worst.agrees()


def shape(card):
    """Of the features tensor: a row is an event, or a window of several."""
    window = card.get("window")
    return (-1, len(card["features"])) if window is None else (-1, window["steps"], len(card["features"]))


def raw_value(feature, text):
    """The slot of the features tensor that a CSV cell becomes."""
    text = text.strip()
    if feature["kind"] == "category":
        vocabulary = feature["vocabulary"]
        return math.nan if text == "" else vocabulary.index(text) if text in vocabulary else len(vocabulary)
    if text == "" or text.lower() in ("nan", "null"):
        return math.nan
    if feature["kind"] == "flag":
        return 1.0 if text.lower() in TRUE else 0.0
    if feature["kind"] == "cyclic_time":
        return seconds_of_cycle(text, feature["cycle"])
    return float(text)


def seconds_of_cycle(text, cycle):
    instant = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    if instant.tzinfo is not None:
        instant = instant.astimezone(datetime.timezone.utc).replace(tzinfo=None)
    start = instant.replace(hour=0, minute=0, second=0, microsecond=0)
    if cycle == "DAY_OF_WEEK":
        start -= datetime.timedelta(days=start.weekday())
    elif cycle == "DAY_OF_YEAR":
        start = start.replace(month=1, day=1)
    return (instant - start).total_seconds()


def open_text(path):
    return gzip.open(path, "rt", newline="") if path.endswith(".gz") else open(path, newline="")


def scored_rows(session, card, rule, data, scores):
    with open_text(data) as file:
        reader = csv.DictReader(file)
        missing = [f["field"] for f in card["features"] if f["field"] not in reader.fieldnames]
        if missing:
            sys.exit(f"{data} lacks the fields {missing}; it has {reader.fieldnames}")
        rows = np.array([[raw_value(f, line[f["field"]]) for f in card["features"]] for line in reader], np.float32)
    with open_text(scores) as file:
        said = [
            (int(line["row"]), np.float32(line["score"]), np.float32(line["reconstruction_loss"]), np.float32(line["kl_divergence"]))
            for line in csv.DictReader(file)
        ]
    worst = Worst()
    same_bits = 0
    for start in range(0, len(said), 512):
        part = said[start : start + 512]
        batch = rows[[row for row, _, _, _ in part]]
        *outputs, latent = session.run(["score", "reconstruction_loss", "kl_divergence", "latent"], {"features": batch})
        for i, (_, *expected) in enumerate(part):
            actual = [output[i] for output in outputs]
            same_bits += expected[0].tobytes() == actual[0].tobytes()
            rule.compare_scores(worst, rule.unit(batch[i], latent[i]), [float(v) for v in expected], [float(v) for v in actual])
    worst.print(f"{len(said)} scored rows, {same_bits} with the same bits:")
    return worst.agrees() and len(said) > 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("--data", help="rows as CSV, .gz allowed")
    parser.add_argument("--scores", help="what `weir score` printed for them")
    arguments = parser.parse_args()
    if (arguments.data is None) != (arguments.scores is None):
        parser.error("--data and --scores belong together")

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(arguments.model, options, providers=["CPUExecutionProvider"])
    card = json.loads(session.get_modelmeta().custom_metadata_map["weir.card"])
    print(f"{card['name']} {card['version']}, onnxruntime {onnxruntime.__version__}")
    try:
        import onnx
    except ImportError:
        print("The package onnx is not installed: the form of the file is not checked")
    else:
        onnx.checker.check_model(arguments.model, full_check=True)
        print("onnx.checker: ok")
    rule = Rule(card)
    agrees = golden_vectors(session, card, rule)
    if arguments.data is not None and card.get("window") is not None:
        sys.exit("--data compares the rows of models of single events; this one takes windows")
    if arguments.data is not None:
        agrees = scored_rows(session, card, rule, arguments.data, arguments.scores) and agrees
    print("They agree" if agrees else "They do NOT agree")
    return 0 if agrees else 1


if __name__ == "__main__":
    sys.exit(main())

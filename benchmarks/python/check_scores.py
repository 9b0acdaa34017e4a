#!/usr/bin/env python3
"""Compares the scores topic of a demo with what `weir score` wrote for the same rows, bit for bit.

    apt-get install python3-confluent-kafka python3-avro
    check_scores.py BOOTSTRAP_SERVERS REGISTRY_URL SCORES.csv [--first ROW] [--topic scores]

SCORES.csv holds the rows that were streamed. An event says by its header `event` which row it is; ROW is the
number of the first one (default: the smallest). Exit code 0 if every row has the same three floats, 1 if
not.
"""
import argparse
import csv
import functools
import io
import json
import struct
import sys
import urllib.request

import avro.io
import avro.schema
from confluent_kafka import Consumer, TopicPartition

PARTS = ("score", "reconstruction_loss", "kl_divergence")


def bits(value):
    return struct.pack(">f", value)


def streamed(bootstrap, registry, topic):
    @functools.cache
    def reader(schema_id):
        with urllib.request.urlopen(f"{registry}/schemas/ids/{schema_id}") as answer:
            return avro.io.DatumReader(avro.schema.parse(json.load(answer)["schema"]))

    consumer = Consumer({
        "bootstrap.servers": bootstrap,
        "group.id": "check-scores",
        "enable.auto.commit": False,
        "isolation.level": "read_committed",
    })
    rows = {}
    for partition in consumer.list_topics(topic, timeout=10).topics[topic].partitions:
        at = TopicPartition(topic, partition, 0)
        _, end = consumer.get_watermark_offsets(at, timeout=10)
        consumer.assign([at])
        while end > 0:
            message = consumer.poll(5)
            if message is None:
                break  # what is left are transaction markers
            if message.error():
                sys.exit(f"{topic}: {message.error()}")
            value = message.value()
            score = reader(struct.unpack(">bI", value[:5])[1]).read(avro.io.BinaryDecoder(io.BytesIO(value[5:])))
            rows.setdefault(int(dict(message.headers())["event"]), []).append(score)
            if message.offset() + 1 >= end:
                break
    consumer.close()
    return rows


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("bootstrap")
    arguments.add_argument("registry")
    arguments.add_argument("scores")
    arguments.add_argument("--first", type=int)
    arguments.add_argument("--topic", default="scores")
    given = arguments.parse_args()
    with open(given.scores, newline="") as file:
        expected = list(csv.DictReader(file))
    rows = streamed(given.bootstrap, given.registry, given.topic)
    first = min(rows) if given.first is None else given.first
    same = 0
    for index, row in enumerate(expected):
        scores = rows.pop(first + index, [])
        if len(scores) == 1 and all(bits(scores[0][part]) == bits(float(row[part])) for part in PARTS):
            same += 1
        elif len(scores) != 1:
            print(f"row {index}: {len(scores)} scores")
        else:
            print(f"row {index}: {[scores[0][part] for part in PARTS]} streamed, {[row[part] for part in PARTS]} in the file")
    print(f"{same} of {len(expected)} rows have one score with the same bits; {len(rows)} further events were streamed")
    return 0 if same == len(expected) and not rows else 1


if __name__ == "__main__":
    sys.exit(main())

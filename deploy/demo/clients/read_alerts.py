#!/usr/bin/env python3
"""Reads Weir's alerts without a JVM: bytes from Kafka, the schema from the registry over HTTP.

    apt-get install python3-confluent-kafka python3-avro
    read_alerts.py BOOTSTRAP_SERVERS REGISTRY_URL [TOPIC]

Prints one JSON object per alert and ends when no further one comes for five seconds.
"""
import functools
import io
import json
import struct
import sys
import urllib.request

import avro.io
import avro.schema
from confluent_kafka import Consumer

bootstrap, registry = sys.argv[1:3]
topic = sys.argv[3] if len(sys.argv) > 3 else "alerts"


@functools.cache
def reader(schema_id):
    with urllib.request.urlopen(f"{registry}/schemas/ids/{schema_id}") as answer:
        return avro.io.DatumReader(avro.schema.parse(json.load(answer)["schema"]))


def decode(value):
    """The Confluent wire format: a zero byte, the schema's id in four bytes, Avro."""
    magic, schema_id = struct.unpack(">bI", value[:5])
    if magic != 0:
        raise ValueError(f"magic byte {magic} instead of 0")
    return reader(schema_id).read(avro.io.BinaryDecoder(io.BytesIO(value[5:])))


consumer = Consumer({
    "bootstrap.servers": bootstrap,
    "group.id": "read-alerts-py",
    "auto.offset.reset": "earliest",
    "enable.auto.commit": False,
    "isolation.level": "read_committed",
})
consumer.subscribe([topic])
count, wait = 0, 20
while (message := consumer.poll(wait)) is not None:
    if message.error():
        sys.exit(f"{topic}: {message.error()}")
    alert = decode(message.value())
    print(json.dumps(alert, default=lambda v: v.decode("utf-8", "replace") if isinstance(v, bytes) else str(v)))
    count, wait = count + 1, 5
consumer.close()
print(f"{count} alerts", file=sys.stderr)

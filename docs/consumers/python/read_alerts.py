#!/usr/bin/env python3
"""Reads Weir's alerts in Python and prints each as one line of JSON.

    apt-get install python3-confluent-kafka python3-avro    # or: pip install confluent-kafka avro
    read_alerts.py BROKERS REGISTRY_URL TOPIC [COUNT]

Ends after COUNT alerts, or never. The file alert.avsc, from ../../../schemas/src/main/avro, is the
schema that this program knows; the environment variable ALERT_SCHEMA names another place of it.
"""
import collections
import decimal
import functools
import io
import json
import os
import re
import struct
import sys
import urllib.request

import avro.io
import avro.schema
from confluent_kafka import Consumer

SCHEMA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../schemas/src/main/avro/alert.avsc")
REMEMBERED = 10_000

# What a terminal would obey instead of showing it.
OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def schema(text):
    """Times stay milliseconds, as they are on the wire."""
    plain = json.loads(text, object_hook=lambda each: {k: v for k, v in each.items() if k != "logicalType"})
    return avro.schema.parse(json.dumps(plain))


with open(os.environ.get("ALERT_SCHEMA", SCHEMA), encoding="utf-8") as file:
    KNOWN = schema(file.read())


@functools.lru_cache(maxsize=None)
def reader(registry, schema_id):
    """Alerts of older and newer Weirs are resolved to the schema that this program knows."""
    with urllib.request.urlopen(f"{registry}/schemas/ids/{schema_id}", timeout=10) as answer:
        return avro.io.DatumReader(schema(json.load(answer)["schema"]), KNOWN)


def decode(registry, value):
    """The Confluent wire format: a zero byte, the schema's id in four bytes, Avro."""
    magic, schema_id = struct.unpack(">bI", value[:5])
    if magic != 0:
        raise ValueError("not in the Confluent wire format")
    return reader(registry, schema_id).read(avro.io.BinaryDecoder(io.BytesIO(value[5:])))


def line(value):
    """JSON as the other consumers print it: see ../README.md."""
    if isinstance(value, dict):
        return "{" + ",".join(line(k) + ":" + line(v) for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(line, value)) + "]"
    if isinstance(value, bytes):
        return line(key(value))
    if isinstance(value, float):
        return number(value)
    text = json.dumps(value, ensure_ascii=False)
    return OBEYED.sub(lambda c: f"\\u{ord(c[0]):04x}", text)


def key(value):
    """Text where it can be shown, else hex."""
    try:
        text = value.decode("utf-8")
        if not text.startswith("0x") and not OBEYED.search(text):
            return text
    except UnicodeDecodeError:
        pass
    return "0x" + value.hex()


def number(value):
    """As JavaScript prints it (RFC 8785)."""
    if value - value != 0:  # infinite, or no number
        return {"nan": '"NaN"', "inf": '"Infinity"', "-inf": '"-Infinity"'}[repr(value)]
    if value == 0:
        return "0"
    sign, digits, exponent = decimal.Decimal(repr(value)).normalize().as_tuple()
    digits = "".join(map(str, digits))
    point = len(digits) + exponent
    if len(digits) <= point <= 21:
        text = digits + "0" * (point - len(digits))
    elif 0 < point <= 21:
        text = digits[:point] + "." + digits[point:]
    elif -6 < point <= 0:
        text = "0." + "0" * -point + digits
    else:
        text = digits[0] + ("." + digits[1:] if digits[1:] else "") + f"e{point - 1:+d}"
    return "-" + text if sign else text


def main(brokers, registry, topic, count=None):
    sys.stdout.reconfigure(encoding="utf-8", line_buffering=True)
    left = int(count) if count else float("inf")
    seen = collections.OrderedDict()
    consumer = Consumer({
        "bootstrap.servers": brokers,
        "group.id": "alert-consumer-python",
        "auto.offset.reset": "earliest",
        "enable.auto.commit": False,
        "isolation.level": "read_committed",
    })
    consumer.subscribe([topic])
    while left > 0:
        message = consumer.poll(1)
        if message is None:
            continue
        if message.error():
            sys.exit(f"{topic}: {message.error()}")
        alert = decode(registry, message.value())
        # The same at every redelivery; a closing alert repeats the event of the one before.
        identity = alert["id"], alert["incident"] and alert["incident"]["status"]
        if identity not in seen:
            seen[identity] = True
            if len(seen) > REMEMBERED:
                seen.popitem(last=False)
            print(line(alert))
            left -= 1
        consumer.commit(message, asynchronous=True)  # once it is printed: at least once
    consumer.close()


if __name__ == "__main__":
    if not 4 <= len(sys.argv) <= 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])

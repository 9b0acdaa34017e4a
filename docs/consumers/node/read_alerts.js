#!/usr/bin/env node
// Reads Weir's alerts in JavaScript and prints each as one line of JSON.
//
//     npm install
//     node read_alerts.js BROKERS REGISTRY_URL TOPIC [COUNT]
//
// Ends after COUNT alerts, or never. The file alert.avsc, from ../../../schemas/src/main/avro, is the schema that this program
// knows; the environment variable ALERT_SCHEMA names another place of it. Alerts that a producer compressed with anything but gzip
// need a codec for KafkaJS.
import { readFileSync } from 'node:fs';
import { Kafka, logLevel } from 'kafkajs';
import { SchemaRegistry, SchemaType } from '@kafkajs/confluent-schema-registry';

const REMEMBERED = 10_000;

// What a terminal would obey instead of showing it.
const OBEYED = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

const [brokers, registryUrl, topic, count] = process.argv.slice(2);
if (!topic) {
  console.error('usage: node read_alerts.js BROKERS REGISTRY_URL TOPIC [COUNT]');
  process.exit(2);
}
const known = JSON.parse(
  readFileSync(process.env.ALERT_SCHEMA ?? new URL('../../../schemas/src/main/avro/alert.avsc', import.meta.url), 'utf8'));
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

// JSON as the other consumers print it: see ../README.md.
function line(alert) {
  const text = JSON.stringify(alert, (name, value) => {
    if (value?.type === 'Buffer') return key(Buffer.from(value.data));
    return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
  });
  return text.replace(new RegExp(OBEYED, 'g'), (c) => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'));
}

// Text where it can be shown, else hex.
function key(bytes) {
  try {
    const text = utf8.decode(bytes);
    if (!text.startsWith('0x') && !OBEYED.test(text)) return text;
  } catch {
    // Not UTF-8.
  }
  return '0x' + bytes.toString('hex');
}

// Alerts of older and newer Weirs are resolved to the schema that this program knows.
const registry = new SchemaRegistry({ host: registryUrl });
const decode = (value) => registry.decode(value, { [SchemaType.AVRO]: { readerSchema: known } });

const kafka = new Kafka({ brokers: brokers.split(','), clientId: 'alert-consumer-node', logLevel: logLevel.ERROR });
const consumer = kafka.consumer({ groupId: 'alert-consumer-node', readUncommitted: false });
const seen = new Set();
let left = count ? Number(count) : Infinity;

await consumer.connect();
await consumer.subscribe({ topics: [topic], fromBeginning: true });
await new Promise((end, fail) => {
  consumer.on(consumer.events.CRASH, ({ payload }) => fail(payload.error));
  consumer.run({
    // Offsets are committed once alerts are printed: at least once.
    eachMessage: async ({ message }) => {
      const alert = await decode(message.value);
      // The same at every redelivery; a closing alert repeats the event of the one before.
      const identity = alert.id + (alert.incident ? '-' + alert.incident.status : '');
      if (left > 0 && !seen.has(identity)) {
        seen.add(identity);
        if (seen.size > REMEMBERED) seen.delete(seen.values().next().value);
        process.stdout.write(line(alert) + '\n');
        if (--left === 0) end();
      }
    },
  });
});
await consumer.disconnect();

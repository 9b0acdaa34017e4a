package io.weir.demo.source;

import io.weir.demo.payments.CardPayment;
import io.weir.demo.payments.PaymentGenerator;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/// Generated card payments: the first train, the next stream, without end.
public final class PaymentSource implements EventSource {
  private static final Schema SCHEMA = schemaFile();
  private static final String LABEL = "fraud";

  /// Amounts, distances and counts have long tails; their orders of magnitude tell more.
  private static final List<String> FLAGS =
      List.of(
          "--label",
          LABEL,
          "--exclude",
          "payment,card,country",
          "--key",
          "card",
          "--log10",
          "amount,amount_to_usual,seconds_since_last,spent_to_usual,payments_last_hour,"
              + "payments_last_day,device_age_days",
          "--log1p",
          "km_from_home,km_per_hour");

  private final PaymentGenerator generator;
  private final int history;
  private long number;

  /// @param seed of the generator
  /// @param history number of payments that train
  public PaymentSource(long seed, int history) {
    this.generator = new PaymentGenerator(seed);
    this.history = history;
  }

  @Override
  public String name() {
    return "payments";
  }

  @Override
  public String description() {
    return "generated card payments with fraud of five kinds";
  }

  @Override
  public String writeHistory(Path csv) throws IOException {
    int fraud = 0;
    try (BufferedWriter to = Files.newBufferedWriter(csv)) {
      to.write(
          SCHEMA.getFields().stream().map(Schema.Field::name).collect(Collectors.joining(",")));
      to.write("," + LABEL + "\n");
      for (int i = 0; i < history; i++) {
        CardPayment payment = generator.next();
        GenericRecord row = row(payment);
        for (Schema.Field field : SCHEMA.getFields()) {
          Object value = row.get(field.pos());
          if (value != null) {
            to.write(
                field.name().equals("time")
                    ? Instant.ofEpochMilli(payment.time()).toString()
                    : value.toString());
          }
          to.write(',');
        }
        fraud += payment.fraud() == null ? 0 : 1;
        to.write(payment.fraud() == null ? "0\n" : "1\n");
      }
    }
    return String.format(
        Locale.ROOT, "%,d payments, %.1f %% of them fraud", history, 100.0 * fraud / history);
  }

  @Override
  public List<String> trainingFlags() {
    return FLAGS;
  }

  @Override
  public void trained(Path model) {
    // The schema is the bank's own and does not depend on the model.
  }

  @Override
  public Schema schema() {
    return SCHEMA;
  }

  @Override
  public StreamEvent next() {
    CardPayment payment = generator.next();
    Truth truth =
        payment.fraud() == null
            ? new Truth.Normal()
            : new Truth.Anomaly(payment.fraud(), payment.card() + " " + payment.fraud());
    return new StreamEvent(
        number++, payment.card(), payment.time(), row(payment), truth, text(payment));
  }

  @Override
  public void close() {
    // Nothing is open.
  }

  private static String text(CardPayment p) {
    return String.format(
            Locale.ROOT, "%s %8.2f EUR %s, %s", p.card(), p.amount(), p.category(), p.channel())
        .replace('_', ' ');
  }

  private static GenericRecord row(CardPayment p) {
    GenericRecord row = new GenericData.Record(SCHEMA);
    row.put("payment", p.id());
    row.put("card", p.card());
    row.put("time", p.time());
    row.put("amount", p.amount());
    row.put("category", p.category());
    row.put("channel", p.channel());
    row.put("country", p.country());
    row.put("amount_to_usual", p.amountToUsual());
    row.put("seconds_since_last", p.secondsSinceLast());
    row.put("payments_last_hour", p.paymentsLastHour());
    row.put("payments_last_day", p.paymentsLastDay());
    row.put("merchants_last_hour", p.merchantsLastHour());
    row.put("spent_to_usual", p.spentToUsual());
    row.put("km_from_home", p.kmFromHome());
    row.put("km_per_hour", p.kmPerHour());
    row.put("category_habit", p.categoryHabit());
    row.put("hour_habit", p.hourHabit());
    row.put("new_merchants_last_day", p.newMerchantsLastDay());
    row.put("declined_last_day", p.declinedLastDay());
    row.put("device_age_days", p.deviceAgeDays());
    return row;
  }

  private static Schema schemaFile() {
    try (InputStream in = CardPayment.class.getResourceAsStream("card-payment.avsc")) {
      return new Schema.Parser().parse(in);
    } catch (IOException e) {
      throw new UncheckedIOException("card-payment.avsc is missing from the demo's jar", e);
    }
  }
}

package io.weir.schemas.card;

import io.weir.schemas.card.ModelCard.ScoreDistribution;
import io.weir.schemas.card.ModelCard.Threshold;
import io.weir.schemas.card.ThresholdPolicy.Budget;
import io.weir.schemas.card.ThresholdPolicy.FromCard;
import io.weir.schemas.card.ThresholdPolicy.Quantile;
import io.weir.schemas.card.ThresholdPolicy.Tail;
import io.weir.schemas.card.ThresholdPolicy.Value;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// Turns a threshold policy into a score, by what a card knows. Immutable.
///
/// @param scores of the validation rows that are judged alike; null if unknown
/// @param chosen the card's thresholds
/// @param eventsPerDay how many events come a day, empty if unknown
public record Thresholds(
    ScoreDistribution scores, List<Threshold> chosen, OptionalDouble eventsPerDay) {
  public Thresholds {
    chosen = List.copyOf(chosen);
  }

  /// Of all events of a model.
  ///
  /// @param eventsPerDay if empty, the card's
  public static Thresholds of(ModelCard card, OptionalDouble eventsPerDay) {
    OptionalDouble ofCard =
        card.eventsPerDay() == null
            ? OptionalDouble.empty()
            : OptionalDouble.of(card.eventsPerDay());
    return new Thresholds(
        card.scores(), card.thresholds(), eventsPerDay.isPresent() ? eventsPerDay : ofCard);
  }

  /// Applies a policy.
  ///
  /// @throws UnresolvableThresholdException if the card does not have what the policy needs
  public ResolvedThreshold resolve(ThresholdPolicy policy) throws UnresolvableThresholdException {
    return switch (policy) {
      case FromCard() -> new ResolvedThreshold(first(), Optional.empty());
      case Value(double score) -> resolved(policy, score, Optional.empty());
      case Quantile(double p) -> quantile(policy, 1 - p);
      case Tail(double p) -> tail(policy, p);
      case Budget(double alertsPerDay) -> tail(policy, share(policy, alertsPerDay));
    };
  }

  private Threshold first() throws UnresolvableThresholdException {
    if (chosen.isEmpty()) {
      throw new UnresolvableThresholdException(
          "The model card has no threshold, as the policy card wants it: take value:X,"
              + " quantile:P, tail:P or budget:N/day");
    }
    return chosen.getFirst();
  }

  private ResolvedThreshold quantile(ThresholdPolicy policy, double share)
      throws UnresolvableThresholdException {
    Calibration rows = Calibration.empirical(required(policy));
    if (!rows.reaches(share)) {
      throw tooRare(
          policy,
          share,
          "",
          "take a smaller P, a tail:P, value:X, or a model that was validated on more rows");
    }
    return resolved(policy, rows.threshold(share), Optional.empty());
  }

  private ResolvedThreshold tail(ThresholdPolicy policy, double share)
      throws UnresolvableThresholdException {
    ScoreDistribution distribution = required(policy);
    Calibration calibration = Calibration.of(distribution);
    ScoreTail tail = distribution.tail();
    boolean fitted = tail != null && tail.usable();
    String reason = tail == null ? "the card has none" : tail.refusal();
    if (!calibration.reaches(share)) {
      throw tooRare(
          policy,
          share,
          fitted
              ? String.format(
                  Locale.ROOT,
                  ", and its fitted tail is trusted up to one in %.0f",
                  calibration.rarest())
              : ", and there is no fitted tail that would go further: " + reason,
          "ask for more alerts, take value:X, or a model that was validated on more rows");
    }
    return resolved(
        policy,
        calibration.threshold(share),
        fitted
            ? Optional.empty()
            : Optional.of(
                "%s is taken from the quantiles of the %d validation rows, since the model has no usable fit of the tail: %s"
                    .formatted(policy, distribution.count(), reason)));
  }

  private double share(ThresholdPolicy policy, double alertsPerDay)
      throws UnresolvableThresholdException {
    if (eventsPerDay.isEmpty()) {
      throw new UnresolvableThresholdException(
          "%s needs to know how many events come a day, and the model card does not say: set weir.events.per.day, or train with --events-per-day or with rows that have times (--time)"
              .formatted(policy));
    }
    double share = alertsPerDay / eventsPerDay.getAsDouble();
    if (!(share < 1)) {
      throw new UnresolvableThresholdException(
          String.format(
              Locale.ROOT,
              "%s would be every event, of which there are %.1f a day: take a smaller budget",
              policy,
              eventsPerDay.getAsDouble()));
    }
    return share;
  }

  private ScoreDistribution required(ThresholdPolicy policy) throws UnresolvableThresholdException {
    if (scores == null) {
      throw new UnresolvableThresholdException(
          policy + " needs the distribution of scores, which the model card has not: take value:X");
    }
    return scores;
  }

  private UnresolvableThresholdException tooRare(
      ThresholdPolicy policy, double share, String also, String cure) {
    return new UnresolvableThresholdException(
        String.format(
            Locale.ROOT,
            "%s asks for one event in %.0f, the model was validated on %d rows only%s; %s",
            policy,
            1 / share,
            scores.count(),
            also,
            cure));
  }

  private static ResolvedThreshold resolved(
      ThresholdPolicy policy, double score, Optional<String> note) {
    return new ResolvedThreshold(new Threshold(policy.toString(), score), note);
  }
}

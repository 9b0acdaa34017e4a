package io.weir.streams.mute;

import io.weir.schemas.NearestNames;
import io.weir.schemas.features.FeatureSpec;
import io.weir.streams.judge.Severity;
import io.weir.streams.mute.IgnoreCondition.Slot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Reads ignore rules against the features of a model.
///
///     rule       condition { "and" condition }
///     condition  FEATURE ( "<" | "<=" | ">" | ">=" | "=" | "!=" ) NUMBER
///                FEATURE "in" NUMBER..NUMBER
///                FEATURE ( "=" | "!=" | "in" ) WORD { "|" WORD }
///                FEATURE "is" ( "missing" | "unknown" )
///                FEATURE ( "above" | "below" ) "expected" [ "by" NUMBER [ "%" ] ]
///                "cause" ( "=" | "in" ) FEATURE { "|" FEATURE }
///                "severity" ( "<" | "<=" | ">" | ">=" | "=" | "!=" ) LEVEL
///                "key" ( "=" | "!=" | "in" ) TEXT { "|" TEXT }  |  "key" "is" "missing"
///                "schedule" [ DAYS ] HH:MM-HH:MM [ ZONE ]
public final class IgnoreRules {
  /// What conditions look like, for messages.
  static final String FORMS =
      "amount < 5, amount in 10..20, country in DE|FR, amount above expected by 10%, cause ="
          + " amount, severity < HIGH, key = batch-job, schedule Mon-Fri 01:00-03:00 Europe/Berlin;"
          + " joined by and";

  private static final List<String> LEVELS =
      Arrays.stream(Severity.values()).map(Severity::name).toList();

  private final List<FeatureSpec> features;

  /// @param features of the model, in order
  public IgnoreRules(List<FeatureSpec> features) {
    this.features = List.copyOf(features);
  }

  /// Reads a rule.
  ///
  /// @param name what comes after `weir.ignore.`
  /// @throws InvalidRuleException if it is none, or names what the model does not have
  public IgnoreRule parse(String name, String text) throws InvalidRuleException {
    RuleText rule = new RuleText(name, text);
    List<IgnoreCondition> conditions = new ArrayList<>();
    do {
      conditions.add(condition(rule));
    } while (rule.skip("and"));
    if (!rule.atEnd()) {
      throw rule.wrong(
          "'and' or the end is wanted, not %s; conditions are %s".formatted(rule.peek(), FORMS));
    }
    return new IgnoreRule(name, text, conditions);
  }

  private IgnoreCondition condition(RuleText rule) throws InvalidRuleException {
    RuleText.Word subject = rule.take();
    if (subject.text().isEmpty()) {
      throw rule.wrong("a condition is missing; conditions are " + FORMS);
    }
    if (!subject.quoted()) {
      switch (subject.text()) {
        case "key" -> {
          return key(rule);
        }
        case "severity" -> {
          return severity(rule);
        }
        case "cause" -> {
          operator(rule, List.of("=", "in"));
          Set<Integer> causes = new HashSet<>();
          for (RuleText.Word feature : rule.values("a feature")) {
            causes.add(feature(rule, feature));
          }
          return new IgnoreCondition.Cause(causes, features.size());
        }
        case "schedule" -> {
          return new IgnoreCondition.InSchedule(ScheduleText.read(rule));
        }
        default -> {}
      }
    }
    int index = feature(rule, subject);
    Slot slot = new Slot(index, features.size());
    if (rule.skip("is")) {
      return state(rule, slot, features.get(index));
    }
    return switch (features.get(index)) {
      case FeatureSpec.Numeric _ -> NumberCondition.read(rule, slot);
      case FeatureSpec.Category category ->
          word(rule, slot, category.vocabulary(), category.name());
      case FeatureSpec.Flag flag -> word(rule, slot, List.of("false", "true"), flag.name());
      case FeatureSpec.CyclicTime time ->
          throw rule.wrong(
              "%s is a time of the %s; say times by a schedule, such as schedule Mon-Fri"
                      .formatted(time.name(), cycle(time))
                  + " 01:00-03:00 Europe/Berlin");
    };
  }

  private static String cycle(FeatureSpec.CyclicTime time) {
    return time.cycle().name().toLowerCase(Locale.ROOT).replaceAll(".*_", "");
  }

  private static IgnoreCondition state(RuleText rule, Slot slot, FeatureSpec feature)
      throws InvalidRuleException {
    if (rule.skip("missing")) {
      return new IgnoreCondition.Missing(slot);
    }
    if (feature instanceof FeatureSpec.Category category && rule.skip("unknown")) {
      return new IgnoreCondition.Words(slot, Set.of(category.unknownIndex()), false);
    }
    throw rule.wrong(
        "after 'is' comes missing, or unknown for a category, not %s".formatted(rule.peek()));
  }

  private static IgnoreCondition word(
      RuleText rule, Slot slot, List<String> vocabulary, String feature)
      throws InvalidRuleException {
    boolean others = operator(rule, List.of("=", "!=", "in")).equals("!=");
    Set<Integer> values = new HashSet<>();
    for (RuleText.Word word : rule.values("a value of " + feature)) {
      int index = vocabulary.indexOf(word.text());
      if (index < 0) {
        throw rule.wrong(
            "the model knows no %s %s%s"
                .formatted(feature, word, nearest(word.text(), vocabulary)));
      }
      values.add(index);
    }
    return new IgnoreCondition.Words(slot, values, others);
  }

  private static IgnoreCondition key(RuleText rule) throws InvalidRuleException {
    if (rule.skip("is")) {
      if (rule.skip("missing")) {
        return new IgnoreCondition.Keyless();
      }
      throw rule.wrong("after 'key is' comes missing, not %s".formatted(rule.peek()));
    }
    boolean others = operator(rule, List.of("=", "!=", "in")).equals("!=");
    List<byte[]> keys = new ArrayList<>();
    for (RuleText.Word key : rule.values("a key")) {
      keys.add(key.text().getBytes(StandardCharsets.UTF_8));
    }
    return new IgnoreCondition.Keys(keys, others);
  }

  private static IgnoreCondition severity(RuleText rule) throws InvalidRuleException {
    String operator = operator(rule, List.of("<", "<=", ">", ">=", "=", "!="));
    RuleText.Word word = rule.value("a severity");
    int level = LEVELS.indexOf(word.text());
    if (level < 0) {
      throw rule.wrong("there is no severity %s%s".formatted(word, nearest(word.text(), LEVELS)));
    }
    Set<Severity> levels = EnumSet.noneOf(Severity.class);
    for (Severity each : Severity.values()) {
      int difference = Integer.compare(each.ordinal(), level);
      boolean meant =
          switch (operator) {
            case "<" -> difference < 0;
            case "<=" -> difference <= 0;
            case ">" -> difference > 0;
            case ">=" -> difference >= 0;
            case "=" -> difference == 0;
            default -> difference != 0;
          };
      if (meant) {
        levels.add(each);
      }
    }
    return new IgnoreCondition.Severities(levels);
  }

  /// One of some operators.
  static String operator(RuleText rule, List<String> known) throws InvalidRuleException {
    for (String operator : known) {
      if (rule.skip(operator)) {
        return operator;
      }
    }
    throw rule.wrong("one of %s is wanted, not %s".formatted(String.join(" ", known), rule.peek()));
  }

  private int feature(RuleText rule, RuleText.Word word) throws InvalidRuleException {
    List<String> names = features.stream().map(FeatureSpec::name).toList();
    int index = names.indexOf(word.text());
    if (index < 0) {
      List<String> known = new ArrayList<>(names);
      known.addAll(List.of("key", "severity", "cause", "schedule"));
      throw rule.wrong(
          "the model has no feature %s%s".formatted(word, nearest(word.text(), known)));
    }
    return index;
  }

  private static String nearest(String wanted, List<String> known) {
    return NearestNames.of(wanted, known)
        .map(near -> "; the nearest is " + near)
        .orElse("; there are " + String.join(", ", known.stream().limit(20).toList()));
  }
}

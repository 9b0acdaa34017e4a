package io.weir.streams;

import io.weir.detector.Detector;
import io.weir.streams.gather.WindowRules;
import io.weir.streams.infer.LookAhead;
import io.weir.streams.judge.Judge;
import io.weir.streams.ops.Progress;
import java.util.Optional;
import java.util.OptionalInt;

/// What all tasks of an application share.
///
/// @param windows the rules of the model's windows, empty if it looks at single events
/// @param alertFeaturesMax most features that an alert explains
/// @param alertSchemaId what the registry calls the schema of alerts
/// @param scoreSchemaId what the registry calls the schema of scores, empty if scores are not
///   written
record Detection(
    Detector detector,
    Judge judge,
    LookAhead lookAhead,
    Optional<WindowRules> windows,
    int alertFeaturesMax,
    int alertSchemaId,
    OptionalInt scoreSchemaId,
    Progress progress) {}

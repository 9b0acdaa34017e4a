package io.weir.streams;

import io.weir.detector.Detector;
import io.weir.streams.infer.LookAhead;
import io.weir.streams.judge.Judge;
import io.weir.streams.ops.Progress;
import java.util.OptionalInt;

/// What all tasks of an application share.
///
/// @param alertFeaturesMax most features that an alert explains
/// @param alertSchemaId what the registry calls the schema of alerts
/// @param scoreSchemaId what the registry calls the schema of scores, empty if scores are not
///   written
record Detection(
    Detector detector,
    Judge judge,
    LookAhead lookAhead,
    int alertFeaturesMax,
    int alertSchemaId,
    OptionalInt scoreSchemaId,
    Progress progress) {}

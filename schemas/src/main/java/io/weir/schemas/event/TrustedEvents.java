package io.weir.schemas.event;

import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/// Avro makes objects only of classes that are trusted; Weir's events are.
///
/// A program that reads alerts as the generated classes calls [#trust()] first, or is started with
/// `-Dorg.apache.avro.SERIALIZABLE_PACKAGES=io.weir.schemas.event`.
public final class TrustedEvents {
  static {
    ClassSecurityPredicate before = ClassSecurityValidator.getGlobal();
    ClassSecurityPredicate events =
        type -> type.getPackageName().equals(Alert.class.getPackageName());
    ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(before, events));
  }

  private TrustedEvents() {}

  /// Trusts them in this process from now on.
  public static void trust() {
    // The first call loads the class.
  }
}

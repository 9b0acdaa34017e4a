package io.weir.local;

/// A request that the registry refuses, with the code and the words in which Confluent's registry
/// refuses it.
final class RegistryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final int code;

  private RegistryException(int status, int code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  /// The HTTP status: the first three digits of the code.
  int status() {
    return status;
  }

  /// The `error_code` of the answer: an HTTP status alone, or one followed by two digits that say
  /// more.
  int code() {
    return code;
  }

  static RegistryException http(int status, String message) {
    return new RegistryException(status, status, message);
  }

  static RegistryException unknownSubject(String subject) {
    return new RegistryException(404, 40401, "Subject '%s' not found.".formatted(subject));
  }

  static RegistryException unknownVersion(int version) {
    return new RegistryException(404, 40402, "Version %d not found.".formatted(version));
  }

  static RegistryException unknownSchema() {
    return new RegistryException(404, 40403, "Schema not found");
  }

  static RegistryException unknownSchema(int id) {
    return new RegistryException(404, 40403, "Schema %d not found".formatted(id));
  }

  static RegistryException subjectSoftDeleted(String subject) {
    return new RegistryException(
        404,
        40404,
        "Subject '%s' was soft deleted. Set permanent=true to delete permanently"
            .formatted(subject));
  }

  static RegistryException subjectNotSoftDeleted(String subject) {
    return new RegistryException(
        404,
        40405,
        "Subject '%s' was not deleted first before being permanently deleted".formatted(subject));
  }

  static RegistryException versionSoftDeleted(String subject, int version) {
    return new RegistryException(
        404,
        40406,
        "Subject '%s' Version %d was soft deleted. Set permanent=true to delete permanently"
            .formatted(subject, version));
  }

  static RegistryException versionNotSoftDeleted(String subject, int version) {
    return new RegistryException(
        404,
        40407,
        "Subject '%s' Version %d was not deleted first before being permanently deleted"
            .formatted(subject, version));
  }

  static RegistryException noLevelOfItsOwn(String subject) {
    return new RegistryException(
        404,
        40408,
        "Subject '%s' does not have subject-level compatibility configured".formatted(subject));
  }

  static RegistryException noModeOfItsOwn(String subject) {
    return new RegistryException(
        404, 40409, "Subject '%s' does not have subject-level mode configured".formatted(subject));
  }

  static RegistryException incompatible(String message) {
    return new RegistryException(409, 409, message);
  }

  static RegistryException invalidSchema(String message) {
    return new RegistryException(422, 42201, message);
  }

  static RegistryException invalidVersion(String version) {
    return new RegistryException(
        422,
        42202,
        "The specified version '%s' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \"latest\""
            .formatted(version));
  }

  static RegistryException invalidLevel(String level) {
    return new RegistryException(
        422,
        42203,
        "Invalid compatibility level %s. Valid values are none, backward, forward, full, backward_transitive, forward_transitive, and full_transitive"
            .formatted(level));
  }

  static RegistryException notPermitted(String message) {
    return new RegistryException(422, 42205, message);
  }
}

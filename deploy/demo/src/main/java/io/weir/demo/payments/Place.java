package io.weir.demo.payments;

/// A point on the globe, in degrees.
record Place(double latitude, double longitude) {
  private static final double EARTH_RADIUS_KM = 6371;
  private static final double KM_PER_DEGREE = 111.2;

  /// Great-circle distance in kilometres (haversine formula).
  double kmTo(Place other) {
    double lat1 = Math.toRadians(latitude);
    double lat2 = Math.toRadians(other.latitude);
    double sinLat = Math.sin((lat2 - lat1) / 2);
    double sinLon = Math.sin(Math.toRadians(other.longitude - longitude) / 2);
    double h = sinLat * sinLat + Math.cos(lat1) * Math.cos(lat2) * sinLon * sinLon;
    return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h)));
  }

  /// The place some kilometres to the north and to the east.
  Place shifted(double kmNorth, double kmEast) {
    return new Place(
        latitude + kmNorth / KM_PER_DEGREE,
        longitude + kmEast / (KM_PER_DEGREE * Math.cos(Math.toRadians(latitude))));
  }
}

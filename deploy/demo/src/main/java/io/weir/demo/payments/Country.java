package io.weir.demo.payments;

/// Where customers live and travel to.
enum Country {
  DE(52.5, 13.4, 0.24),
  FR(48.9, 2.4, 0.18),
  IT(41.9, 12.5, 0.15),
  ES(40.4, -3.7, 0.13),
  NL(52.4, 4.9, 0.09),
  PL(52.2, 21.0, 0.08),
  US(40.7, -74.0, 0.07),
  TH(13.8, 100.5, 0.06);

  final Place centre;

  /// Share of the customers at home here, and of the trips that lead here.
  final double share;

  Country(double latitude, double longitude, double share) {
    this.centre = new Place(latitude, longitude);
    this.share = share;
  }
}

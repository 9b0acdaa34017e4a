package io.weir.demo.payments;

/// What is bought: its usual amount, how often, how often online, and at which hours.
enum MerchantCategory {
  GROCERIES(32, 0.45, 0.24, 0.08, 8, 20),
  RESTAURANT(24, 0.50, 0.15, 0.05, 11, 23),
  TRANSIT(3.2, 0.45, 0.13, 0.25, 6, 20),
  FUEL(55, 0.35, 0.08, 0.00, 6, 22),
  PHARMACY(17, 0.45, 0.06, 0.10, 8, 20),
  FASHION(58, 0.45, 0.07, 0.55, 9, 22),
  ELECTRONICS(130, 0.50, 0.04, 0.60, 9, 23),
  DIGITAL_GOODS(7, 0.45, 0.09, 1.00, 8, 24),
  GIFT_CARDS(40, 0.45, 0.03, 0.75, 9, 23),
  TRAVEL(190, 0.50, 0.03, 0.80, 7, 23),
  JEWELLERY(160, 0.50, 0.02, 0.35, 10, 20),
  GAMBLING(30, 0.50, 0.02, 0.95, 16, 26),
  CASH(90, 0.45, 0.04, 0.00, 7, 23);

  /// Median amount of an average customer.
  final double median;

  /// Standard deviation of the logarithm of the amount.
  final double sigma;

  /// Share of all payments.
  final double share;

  /// Share of the category's payments made online.
  final double online;

  private final int opens;
  private final int closes;

  MerchantCategory(
      double median, double sigma, double share, double online, int opens, int closes) {
    this.median = median;
    this.sigma = sigma;
    this.share = share;
    this.online = online;
    this.opens = opens;
    this.closes = closes;
  }

  /// How likely a purchase is at this hour, 0 to 1: low outside the usual hours, never quite zero.
  double liveliness(int hour) {
    int h = hour < opens ? hour + 24 : hour;
    return h < closes ? 1 : 0.06;
  }
}

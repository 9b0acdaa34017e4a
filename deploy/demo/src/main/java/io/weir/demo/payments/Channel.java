package io.weir.demo.payments;

/// How a card is used.
enum Channel {
  CHIP,
  CONTACTLESS,
  ONLINE,
  CASH_MACHINE
}

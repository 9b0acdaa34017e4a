package io.weir.demo.payments;

/// One use of a card, before anybody looks at the customer's history.
///
/// @param time milliseconds since 1970, UTC
/// @param amount in euros
/// @param merchant number of the merchant within its category and country
/// @param place of the terminal, or of the network address when online
/// @param deviceSince when the device (online) was first seen, milliseconds since 1970
/// @param fraud the pattern that made it, null for the customer's own payment
record Payment(
    long time,
    Customer customer,
    double amount,
    MerchantCategory category,
    Channel channel,
    Country country,
    Place place,
    int merchant,
    boolean declined,
    long deviceSince,
    FraudPattern fraud) {}

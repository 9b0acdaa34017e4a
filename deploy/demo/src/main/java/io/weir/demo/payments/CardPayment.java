package io.weir.demo.payments;

/// A payment as the bank's event stream shows it: the payment itself and the features that a fraud
/// team computes from the card's history. The label travels beside it, never inside.
///
/// @param time milliseconds since 1970, UTC
/// @param amount in euros
/// @param amountToUsual the amount over what this customer usually pays in this category
/// @param secondsSinceLast since the card's last payment
/// @param paymentsLastHour on this card, this one included
/// @param paymentsLastDay on this card, this one included
/// @param merchantsLastHour different merchants paid in the last hour, this one included
/// @param spentToUsual spent in the last 24 hours over the customer's usual spending in a day
/// @param kmFromHome from the customer's address
/// @param kmPerHour the speed it takes to have made the card's payments of the last 24 hours in
///   person: the largest over all of them
/// @param categoryHabit share of the customer's earlier payments in this category, 0 to 1
/// @param hourHabit share of the customer's earlier payments within two hours of this time of day
/// @param newMerchantsLastDay merchants of the last 24 hours where the customer had never paid
///   before
/// @param declinedLastDay declined attempts on this card in the last 24 hours
/// @param deviceAgeDays days begun since the device was first seen with this customer, at least 1;
///   null away from the web
/// @param fraud name of the fraud pattern that made it, null for the customer's own payment
public record CardPayment(
    long id,
    String card,
    long time,
    double amount,
    String category,
    String channel,
    String country,
    double amountToUsual,
    long secondsSinceLast,
    int paymentsLastHour,
    int paymentsLastDay,
    int merchantsLastHour,
    double spentToUsual,
    double kmFromHome,
    double kmPerHour,
    double categoryHabit,
    double hourHabit,
    int newMerchantsLastDay,
    int declinedLastDay,
    Long deviceAgeDays,
    String fraud) {}

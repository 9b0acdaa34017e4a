/// A believable stream of card payments: customers with habits, seasons of the day and the week,
/// and fraud of several kinds. Seeded: the same seed gives the same payments.
package io.weir.demo.payments;

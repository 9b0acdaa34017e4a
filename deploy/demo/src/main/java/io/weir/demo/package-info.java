/// `weir demo`: the whole path on one machine, from a generated history to printed alerts.
package io.weir.demo;

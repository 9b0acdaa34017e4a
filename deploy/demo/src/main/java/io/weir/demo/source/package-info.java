/// Where the demo's history and its live events come from: the payment generator or a user's file.
package io.weir.demo.source;

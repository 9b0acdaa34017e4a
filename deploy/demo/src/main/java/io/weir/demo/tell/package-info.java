/// What the demo says on the terminal: phases, alerts, the summary.
package io.weir.demo.tell;

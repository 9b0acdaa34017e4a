/// What `docs/guarantees.md` promises, on a real broker: it, the processor and the tests are
/// processes of their own. The document names every test of this package.
package io.weir.streams.guarantees;

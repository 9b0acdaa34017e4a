/// Tests of Weir's image in the company it is made for: Kafka's image and a registry's.
///
/// Without a container engine they are skipped. The environment variable `WEIR_CONTAINERS` says
/// otherwise: with `required` they fail instead, with `never` they are skipped even if there is
/// one. `WEIR_IMAGE` names an image to test instead of the one that this tree builds.
package io.weir.containers;

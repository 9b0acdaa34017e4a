package io.weir.local;

/// What every registry must do that Weir may meet.
interface RegistryContract
    extends SchemaContract, CompatibilityContract, DeletionContract, ConfluentClientContract {}

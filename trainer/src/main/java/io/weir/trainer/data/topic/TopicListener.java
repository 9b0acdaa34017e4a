package io.weir.trainer.data.topic;

/// Whoever watches a topic being read. Called from the thread that asked for it.
public interface TopicListener {
  /// Nobody.
  TopicListener NONE =
      new TopicListener() {
        @Override
        public void tell(String line) {}

        @Override
        public void at(long offsets, long of) {}
      };

  /// Something people should know.
  void tell(String line);

  /// How far the reading is; the first call says where it begins.
  ///
  /// @param offsets passed so far, in all partitions
  /// @param of all offsets between the frozen ends
  void at(long offsets, long of);
}

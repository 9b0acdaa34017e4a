package io.weir.trainer.engine.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.Stream;

/// All kernels that exist: the scalar twin and the vector twin at every length, each in a class
/// loader of its own, because the length is a constant of the class.
public final class KernelTwins {
  private KernelTwins() {}

  public static Kernels scalar() {
    return new ScalarKernels();
  }

  public static Stream<Kernels> vectors() {
    return Stream.of(128, 256, 512).map(KernelTwins::vector);
  }

  public static Stream<Kernels> all() {
    return Stream.concat(Stream.of(scalar()), vectors());
  }

  private static Kernels vector(int bits) {
    String before = System.getProperty(KernelChoice.BITS_PROPERTY);
    System.setProperty(KernelChoice.BITS_PROPERTY, Integer.toString(bits));
    try {
      Class<?> type = new Loader().loadClass(VectorKernels.class.getName());
      var constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return (Kernels) constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    } finally {
      if (before == null) {
        System.clearProperty(KernelChoice.BITS_PROPERTY);
      } else {
        System.setProperty(KernelChoice.BITS_PROPERTY, before);
      }
    }
  }

  /// Defines the package anew, except for the type that callers see.
  private static final class Loader extends ClassLoader {
    private Loader() {
      super(KernelTwins.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      boolean own =
          name.startsWith(Kernels.class.getPackageName() + ".")
              && !name.equals(Kernels.class.getName());
      if (!own) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

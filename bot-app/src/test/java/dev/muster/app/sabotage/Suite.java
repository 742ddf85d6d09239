// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.sabotage;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.platform.engine.ConfigurationParameters;
import org.junit.platform.engine.DiscoveryFilter;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.OutputDirectoryCreator;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.store.Namespace;
import org.junit.platform.engine.support.store.NamespacedHierarchicalStore;

/** Runs one test method over classes of its own, and says what became of it. */
final class Suite implements EngineDiscoveryRequest, EngineExecutionListener {

  private final DiscoverySelector wanted;
  private final Path folder;
  private final List<String> failures = new ArrayList<>();
  private int ran;

  private Suite(DiscoverySelector wanted, Path folder) {
    this.wanted = wanted;
    this.folder = folder;
  }

  /**
   * What became of a test method.
   *
   * @param ran how many tests it was: none when it does not exist, several when it has parameters
   * @param failures what each that failed says
   */
  record Ended(int ran, List<String> failures) {}

  /** Runs {@code dev.muster.SomeTest#method} over the program with {@code inFront} before it. */
  static Ended run(String test, List<Path> inFront, Path folder) throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader usual = thread.getContextClassLoader();
    try (ChangedProgram program = new ChangedProgram(inFront)) {
      thread.setContextClassLoader(program);
      Suite suite = new Suite(method(program, test), folder);
      suite.execute();
      return new Ended(suite.ran, List.copyOf(suite.failures));
    } catch (ClassNotFoundException e) {
      throw new AssertionError(test + " is not there; build the other modules too, with -am", e);
    } finally {
      thread.setContextClassLoader(usual);
    }
  }

  private static DiscoverySelector method(ClassLoader program, String test)
      throws ClassNotFoundException {
    int at = test.indexOf('#');
    Class<?> type = program.loadClass(test.substring(0, at));
    String name = test.substring(at + 1);
    for (Class<?> declaring = type; declaring != null; declaring = declaring.getSuperclass()) {
      for (var method : declaring.getDeclaredMethods()) {
        if (method.getName().equals(name) && !method.isSynthetic()) {
          return selectMethod(type, method);
        }
      }
    }
    throw new ClassNotFoundException(test);
  }

  private void execute() {
    TestEngine engine =
        ServiceLoader.load(TestEngine.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(found -> found.getId().equals("junit-jupiter"))
            .findFirst()
            .orElseThrow();
    TestDescriptor root = engine.discover(this, UniqueId.forEngine(engine.getId()));
    try (NamespacedHierarchicalStore<Namespace> session = new NamespacedHierarchicalStore<>(null);
        NamespacedHierarchicalStore<Namespace> request = session.newChild()) {
      engine.execute(
          ExecutionRequest.create(
              root, this, getConfigurationParameters(), getOutputDirectoryCreator(), request));
    }
  }

  @Override
  public void executionFinished(TestDescriptor test, TestExecutionResult result) {
    if (test.isTest()) {
      ran++;
    }
    if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
      failures.add(result.getThrowable().map(Suite::words).orElse("stopped"));
    }
  }

  private static String words(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure + (cause == null ? "" : ", because of " + words(cause));
  }

  @Override
  public <T extends DiscoverySelector> List<T> getSelectorsByType(Class<T> type) {
    return type.isInstance(wanted) ? List.of(type.cast(wanted)) : List.of();
  }

  @Override
  public <T extends DiscoveryFilter<?>> List<T> getFiltersByType(Class<T> type) {
    return List.of();
  }

  @Override
  public ConfigurationParameters getConfigurationParameters() {
    return NOTHING_SET;
  }

  @Override
  public OutputDirectoryCreator getOutputDirectoryCreator() {
    return new OutputDirectoryCreator() {
      @Override
      public Path getRootDirectory() {
        return folder;
      }

      @Override
      public Path createOutputDirectory(TestDescriptor test) throws IOException {
        return Files.createTempDirectory(folder, "output");
      }
    };
  }

  private static final ConfigurationParameters NOTHING_SET =
      new ConfigurationParameters() {
        @Override
        public Optional<String> get(String key) {
          return Optional.empty();
        }

        @Override
        public Optional<Boolean> getBoolean(String key) {
          return Optional.empty();
        }

        @Override
        @SuppressWarnings("deprecation")
        public int size() {
          return 0;
        }

        @Override
        public Set<String> keySet() {
          return Set.of();
        }
      };
}

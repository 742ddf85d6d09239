// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.sabotage;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The program and its tests once more within this process, with a folder in front of everything.
 * Libraries are shared with the rest of the process.
 */
final class ChangedProgram extends URLClassLoader {

  private static final String OURS = "dev.muster.";

  private final List<Path> inFront;

  /**
   * @param inFront what stands first; empty for the program as it is
   */
  ChangedProgram(List<Path> inFront) {
    super(places(inFront), ChangedProgram.class.getClassLoader());
    this.inFront = List.copyOf(inFront);
  }

  private static URL[] places(List<Path> inFront) {
    List<Path> places = new ArrayList<>(inFront);
    Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .forEach(places::add);
    places.addAll(testsOfModules());
    return places.stream().map(ChangedProgram::url).toArray(URL[]::new);
  }

  /** Tests of the other modules, where Maven compiled them; of its jars we see only some. */
  private static List<Path> testsOfModules() {
    try (Stream<Path> modules = Files.list(Path.of(System.getProperty("muster.root")))) {
      return modules
          .map(module -> module.resolve("target").resolve("test-classes"))
          .filter(Files::isDirectory)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static URL url(Path place) {
    try {
      return place.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known != null ? known : findClass(name);
    }
  }

  @Override
  public URL getResource(String name) {
    URL found = findResource(name);
    return found != null ? found : super.getResource(name);
  }

  /**
   * A folder of resources that stands in front hides those behind it, or whoever reads them all
   * finds the sound one too. All that the process has is among our places already.
   */
  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    for (Path place : inFront) {
      if (!name.isEmpty() && Files.exists(place.resolve(name))) {
        return Collections.enumeration(List.of(url(place.resolve(name))));
      }
    }
    return findResources(name);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench.fill;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Fills a store by hand, to look at: {@code into=FOLDER incidents=100 open=10 spread=5000}. */
public final class Fill {

  private final Map<String, String> given = new HashMap<>();

  private Fill(String... arguments) {
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      given.put(parts[0], parts.length == 2 ? parts[1] : "");
    }
  }

  /** Fills a store and says where it is and how long that took. */
  public static void main(String[] arguments) throws Exception {
    Fill fill = new Fill(arguments);
    int incidents = fill.number("incidents", 1);
    StoreSize size =
        StoreSize.ofIncidents(incidents, fill.number("open", 1))
            .withEntries(fill.number("largest", 0), fill.number("spread", 0))
            .withWork(fill.number("alerts", 0), fill.number("effects", 0));
    Path into = Path.of(fill.text("into", "bench/target/filled"));
    String platform = fill.text("platform", "slack");
    Path kept = Path.of(fill.text("kept", "bench/target/stores"));
    if (!fill.given.isEmpty()) {
      throw new IllegalArgumentException("unknown: " + fill.given.keySet());
    }
    long begin = System.nanoTime();
    String url = new FilledStores(kept, platform).copy(size, into);
    say(System.out, url, System.nanoTime() - begin);
  }

  private static void say(PrintStream out, String url, long nanos) {
    out.printf("%s in %,.1f s%n", url, nanos / 1e9);
  }

  private int number(String name, int otherwise) {
    return Integer.parseInt(text(name, String.valueOf(otherwise)));
  }

  private String text(String name, String otherwise) {
    String value = given.remove(name);
    return value == null ? otherwise : value;
  }
}

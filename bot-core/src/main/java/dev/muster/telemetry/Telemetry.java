// SPDX-License-Identifier: Apache-2.0
package dev.muster.telemetry;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counters and gauges by name. Names and label values are enumerated words of ours: never titles,
 * people or tokens. Any thread may call.
 */
public final class Telemetry {

  private static final Logger LOG = LoggerFactory.getLogger(Telemetry.class);

  private final Map<Name, LongAdder> counters = new ConcurrentHashMap<>();
  private final Map<Name, DoubleSupplier> gauges = new ConcurrentHashMap<>();
  private final Set<Name> unread = ConcurrentHashMap.newKeySet();

  /** Adds one to a counter. */
  public void count(String name, String... labels) {
    add(name, 1, labels);
  }

  /** Adds to a counter; {@code labels} are name and value in turn. */
  public void add(String name, long amount, String... labels) {
    counters.computeIfAbsent(Name.of(name, labels), n -> new LongAdder()).add(amount);
  }

  /** Registers a gauge, read whenever somebody asks; replaces one of the same name and labels. */
  public void gauge(String name, DoubleSupplier value, String... labels) {
    gauges.put(Name.of(name, labels), value);
  }

  /** Returns a counter's value now; 0 when nothing was counted. */
  public long counted(String name, String... labels) {
    LongAdder adder = counters.get(Name.of(name, labels));
    return adder == null ? 0 : adder.sum();
  }

  /**
   * Returns everything in the text format of Prometheus 0.0.4. A gauge that cannot be read takes
   * nobody else with it: it has no value, a comment says so, and it is counted.
   */
  public String prometheusText() {
    StringBuilder out = new StringBuilder();
    Map<Name, String> lines = new TreeMap<>();
    gauges.forEach((name, value) -> lines.put(name, read(name, value)));
    counters.forEach((name, value) -> lines.put(name, sample(name, value.sum())));
    String family = "";
    for (Map.Entry<Name, String> line : lines.entrySet()) {
      Name name = line.getKey();
      if (!name.family().equals(family)) {
        family = name.family();
        String type = counters.containsKey(name) ? "counter" : "gauge";
        out.append("# TYPE ").append(family).append(' ').append(type).append('\n');
      }
      out.append(line.getValue()).append('\n');
    }
    return out.toString();
  }

  /** One line of log when it begins and one when it ends, however often somebody asks between. */
  private String read(Name name, DoubleSupplier gauge) {
    double value;
    try {
      value = gauge.getAsDouble();
    } catch (RuntimeException e) {
      count("muster_gauges_unread_total", "gauge", name.family());
      if (unread.add(name)) {
        LOG.warn("gauge_unread name={}{}", name.family(), name.labels(), e);
      }
      return "# " + name.family() + name.labels() + " could not be read";
    }
    if (unread.remove(name)) {
      LOG.info("gauge_read_again name={}{}", name.family(), name.labels());
    }
    return sample(name, value);
  }

  private static String sample(Name name, Number value) {
    return name.family() + name.labels() + " " + value;
  }

  private record Name(String family, String labels) implements Comparable<Name> {

    static Name of(String family, String... labels) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i + 1 < labels.length; i += 2) {
        text.append(text.isEmpty() ? "{" : ",").append(labels[i]).append("=\"");
        text.append(labels[i + 1].replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " "));
        text.append('"');
      }
      return new Name(family, text.isEmpty() ? "" : text.append('}').toString());
    }

    @Override
    public int compareTo(Name other) {
      int byFamily = family.compareTo(other.family);
      return byFamily != 0 ? byFamily : labels.compareTo(other.labels);
    }
  }
}

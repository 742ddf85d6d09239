// SPDX-License-Identifier: Apache-2.0
package dev.muster.alert.sender;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the lists that Alertmanager and Grafana write about each alert of a group: lines {@code -
 * name = value} below {@code Labels:} and {@code Annotations:}, and lines {@code Source: address}.
 *
 * @param labels those that all alerts of the message share
 * @param annotations those of the first alert
 * @param links addresses by the word before them, in lower case; the first of each
 */
record LabelBlocks(
    Map<String, String> labels, Map<String, String> annotations, Map<String, String> links) {

  private static final Pattern PAIR =
      Pattern.compile("^\\s*[-•]\\s+([A-Za-z_][A-Za-z0-9_.-]{0,100}) = (.{0,2000})$");
  private static final Pattern LINK =
      Pattern.compile("^\\s*(Source|Dashboard|Panel|Silence): (https?://\\S{1,3000})");

  static LabelBlocks of(List<String> lines) {
    LabelBlocks read = new LabelBlocks(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    Map<String, String> current = new TreeMap<>();
    boolean inLabels = false;
    boolean first = true;
    for (String line : lines) {
      Matcher pair = PAIR.matcher(line);
      Matcher link = LINK.matcher(line);
      if (line.strip().equals("Labels:")) {
        first = read.shared(current, first);
        current = new TreeMap<>();
        inLabels = true;
      } else if (line.strip().equals("Annotations:")) {
        inLabels = false;
      } else if (pair.matches()) {
        (inLabels ? current : read.annotations).putIfAbsent(pair.group(1), pair.group(2).strip());
      } else if (link.find()) {
        read.links.putIfAbsent(link.group(1).toLowerCase(Locale.ROOT), link.group(2));
      }
    }
    read.shared(current, first);
    return read;
  }

  /** Keeps what this alert and those before it share; returns whether none has come yet. */
  private boolean shared(Map<String, String> alert, boolean first) {
    if (alert.isEmpty()) {
      return first;
    }
    if (first) {
      labels.putAll(alert);
    } else {
      labels.entrySet().removeIf(each -> !each.getValue().equals(alert.get(each.getKey())));
    }
    return false;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.dashboard;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a browser calls itself, in words people know. */
final class Browsers {

  private static final Map<String, String> NAMES = names();
  private static final Map<String, String> SYSTEMS = systems();

  private Browsers() {}

  /** The first that fits counts: most browsers claim to be several others as well. */
  private static Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("Edg", "Edge");
    names.put("OPR/", "Opera");
    names.put("Firefox/", "Firefox");
    names.put("Chrome/", "Chrome");
    names.put("Safari/", "Safari");
    return names;
  }

  private static Map<String, String> systems() {
    Map<String, String> systems = new LinkedHashMap<>();
    systems.put("iPhone", "iPhone");
    systems.put("iPad", "iPad");
    systems.put("Android", "Android");
    systems.put("Windows", "Windows");
    systems.put("Mac OS", "macOS");
    systems.put("CrOS", "ChromeOS");
    systems.put("Linux", "Linux");
    return systems;
  }

  static String words(String agent) {
    String name = first(NAMES, agent);
    String system = first(SYSTEMS, agent);
    if (name.isEmpty()) {
      return agent.isBlank() ? "Unknown" : agent.substring(0, Math.min(agent.length(), 40));
    }
    return system.isEmpty() ? name : name + " on " + system;
  }

  private static String first(Map<String, String> known, String agent) {
    return known.entrySet().stream()
        .filter(each -> agent.contains(each.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }
}

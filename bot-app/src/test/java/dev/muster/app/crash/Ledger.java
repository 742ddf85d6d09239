// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What was acknowledged, as its senders remember it. Any thread may write. */
final class Ledger {

  private final List<Declared> declared = new CopyOnWriteArrayList<>();
  private final List<Said> said = new CopyOnWriteArrayList<>();
  private final List<String> alerts = new CopyOnWriteArrayList<>();
  private final List<Pressed> pressed = new CopyOnWriteArrayList<>();
  private final List<String> done = new CopyOnWriteArrayList<>();

  /** A declaration by command, by its unique title. */
  record Declared(String id, String user, String title) {}

  /** A message in an incident's channel, by its unique text. */
  record Said(String id, String user, String incident, String channel, String text) {}

  /** A press that a private answer or an entry must follow. */
  record Pressed(String id, String user, String incident, String channel, String action) {}

  void add(Declared entry) {
    declared.add(entry);
  }

  void add(Said entry) {
    said.add(entry);
  }

  void add(Pressed entry) {
    pressed.add(entry);
  }

  void addAlert(String title) {
    alerts.add(title);
  }

  void addDeed(String words) {
    done.add(words);
  }

  List<Declared> declared() {
    return List.copyOf(declared);
  }

  List<Said> said() {
    return List.copyOf(said);
  }

  List<Pressed> pressed() {
    return List.copyOf(pressed);
  }

  /** Returns the unique titles of the alerts. */
  List<String> alerts() {
    return List.copyOf(alerts);
  }

  /** Returns all of it that names something of its own. */
  List<Evidence.Heard> heard() {
    List<Evidence.Heard> heard = new ArrayList<>();
    declared.forEach(d -> heard.add(new Evidence.Heard(Evidence.Kind.DECLARED, d.title())));
    alerts.forEach(title -> heard.add(new Evidence.Heard(Evidence.Kind.ALERT, title)));
    said.forEach(s -> heard.add(new Evidence.Heard(Evidence.Kind.SAID, s.text())));
    done.forEach(words -> heard.add(new Evidence.Heard(Evidence.Kind.DONE, words)));
    return heard;
  }

  int size() {
    return declared.size() + said.size() + pressed.size() + alerts.size();
  }
}
